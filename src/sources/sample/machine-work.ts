// What services, instances and functions do day and night.

import {
  type Caller,
  functionCaller,
  iamUserCaller,
  instanceCaller,
  personCaller,
  roleCaller,
  roleId,
  serviceCaller,
  serviceRoleCaller,
  through,
} from './callers.ts';
import {
  ACCOUNTS,
  BUCKETS,
  FUNCTIONS,
  findPerson,
  HOME_REGION,
  INSTANCES,
  KEY_ID,
  LOG_BUCKET,
  SECRETS,
} from './company.ts';
import { objectCall } from './object-call.ts';
import { credentials } from './session-answer.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

const SERVICE_ROLES = [
  ['lambda.amazonaws.com', `${FUNCTIONS[0]}-role`],
  ['lambda.amazonaws.com', `${FUNCTIONS[3]}-role`],
  ['ec2.amazonaws.com', 'web'],
  ['ec2.amazonaws.com', 'batch'],
  ['ecs-tasks.amazonaws.com', 'storefront-task'],
  ['config.amazonaws.com', 'AWSServiceRoleForConfig'],
] as const;

export function serviceAssumesRole(stage: Stage, time: number): void {
  const { random } = stage;
  const [service, role] = random.pick(SERVICE_ROLES);
  const account = random.chance(0.75) ? 'prod' : 'dev';
  const roleArn = `arn:aws:iam::${ACCOUNTS[account]}:role/${role}`;
  const instances = role === 'batch' ? INSTANCES.batch : INSTANCES.web;
  const session = service === 'ec2.amazonaws.com' ? random.pick(instances) : (service.split('.')[0] as string);
  stage.call(time, serviceCaller(service, account), 'sts', 'AssumeRole', {
    request: { roleArn, roleSessionName: session },
    response: {
      credentials: credentials(`ASIA${random.base32(16)}`, time + 6 * HOUR),
      assumedRoleUser: {
        assumedRoleId: `${roleId(ACCOUNTS[account], role)}:${session}`,
        arn: `arn:aws:sts::${ACCOUNTS[account]}:assumed-role/${role}/${session}`,
      },
    },
    resources: [{ accountId: ACCOUNTS[account], type: 'AWS::IAM::Role', ARN: roleArn }],
  });
}

export function instanceAtWork(stage: Stage, time: number): void {
  const { random } = stage;
  const isWeb = random.chance(0.6);
  const instance = random.pick(isWeb ? INSTANCES.web : INSTANCES.batch);
  const caller = instanceCaller(random, isWeb ? 'web' : 'batch', instance, time - HOUR);
  const tick = clock(random, time);
  stage.call(tick(2), caller, 'ssm', 'UpdateInstanceInformation', {
    writes: true,
    request: { instanceId: instance, agentVersion: '3.3.2299.0', agentStatus: 'Active', platformType: 'Linux' },
  });
  if (isWeb) stage.call(tick(20), caller, 's3', 'GetObject', objectCall(BUCKETS[0], `static/app.${random.hex(8)}.js`));
  else stage.call(tick(20), caller, 'secretsmanager', 'GetSecretValue', { request: { secretId: SECRETS[0] } });
}

export function functionAtWork(stage: Stage, time: number): void {
  const { random } = stage;
  const name = random.pick(FUNCTIONS);
  const caller = functionCaller(random, name, time);
  const tick = clock(random, time);
  if (name === 'nightly-report') {
    const report = objectCall(BUCKETS[1], `daily/${random.int(1, 30)}.csv`);
    stage.call(tick(2), caller, 's3', 'PutObject', { ...report, writes: true });
    return;
  }
  stage.call(tick(1), caller, 'secretsmanager', 'GetSecretValue', { request: { secretId: SECRETS[0] } });
  stage.call(tick(1), through(caller, 'secretsmanager.amazonaws.com'), 'kms', 'Decrypt', {
    request: {
      encryptionContext: {
        SecretARN: `arn:aws:secretsmanager:${HOME_REGION}:${ACCOUNTS.prod}:secret:${SECRETS[0]}-Xk2PqL`,
      },
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    },
    resources: [
      {
        accountId: ACCOUNTS.prod,
        type: 'AWS::KMS::Key',
        ARN: `arn:aws:kms:${HOME_REGION}:${ACCOUNTS.prod}:key/${KEY_ID}`,
      },
    ],
  });
  if (random.chance(0.06)) {
    stage.call(tick(1), caller, 'dynamodb', 'DescribeTable', {
      request: { tableName: 'orders' },
      error: ['ThrottlingException', 'Rate exceeded'],
    });
  }
}

/** CloudTrail delivers log files, and asks for the key to write them with. */
export function logDelivery(stage: Stage, time: number): void {
  const { random } = stage;
  const account = random.pick(['prod', 'dev', 'security'] as const);
  const key = `AWSLogs/o-exampleorg1/${ACCOUNTS[account]}/CloudTrail/${HOME_REGION}/${random.base32(16)}.json.gz`;
  const caller = serviceCaller('cloudtrail.amazonaws.com', 'security');
  const data = objectCall(LOG_BUCKET, key);
  stage.call(time, caller, 's3', 'PutObject', { ...data, writes: true });
  stage.call(time + 1000, caller, 'kms', 'GenerateDataKey', {
    request: {
      keyId: KEY_ID,
      keySpec: 'AES_256',
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${LOG_BUCKET}/${key}` },
    },
  });
}

export function scaling(stage: Stage, time: number): void {
  const caller = serviceRoleCaller(stage.random, 'AWSServiceRoleForECS', 'ecs.amazonaws.com', time);
  const tick = clock(stage.random, time);
  stage.call(tick(1), caller, 'elasticloadbalancing', 'DescribeTargetHealth', {
    request: {
      targetGroupArn: `arn:aws:elasticloadbalancing:${HOME_REGION}:${ACCOUNTS.prod}:targetgroup/shop/3b1f0c9d7e2a6854`,
    },
  });
  stage.call(tick(3), caller, 'ec2', 'DescribeNetworkInterfaces', { request: { filterSet: {} } });
}

/** An IAM user that should have become a role long ago. */
export function monitoring(stage: Stage, time: number): void {
  const probe = iamUserCaller(
    'prod',
    'monitoring-probe',
    'AKIAEXAMPLE7PROBE3AA',
    '203.0.113.180',
    'Boto3/1.34.2 md/Botocore#1.34.2 lang/python#3.9.18',
  );
  const tick = clock(stage.random, time);
  stage.call(tick(1), probe, 'cloudwatch', 'DescribeAlarms', { request: { stateValue: 'ALARM' } });
  stage.call(tick(2), probe, 'ec2', 'DescribeInstanceStatus', { request: { includeAllInstances: true } });
}

export function audit(stage: Stage, time: number): void {
  const { random } = stage;
  const account = random.pick(['prod', 'dev'] as const);
  const erin = findPerson('erin');
  const caller: Caller = {
    ...roleCaller(random, account, 'AuditReader', 'weekly-audit', time, erin.address, { sourceIdentity: erin.name }),
    by: personCaller(stage.side, erin, 'security', time - 20 * MINUTE),
  };
  const tick = clock(random, time);
  for (const name of ['GetCredentialReport', 'ListPolicies', 'GetAccountPasswordPolicy']) {
    stage.call(tick(2), caller, 'iam', name, {});
  }
}
