// The ordinary days around the scenes: people in office hours, pipelines on weekdays, services and instances day and
// night. Events come in bursts of one caller, as they do in real trails.

import {
  type Caller,
  ciCaller,
  functionCaller,
  iamUserCaller,
  instanceCaller,
  personCaller,
  roleCaller,
  roleId,
  serviceCaller,
  serviceRoleCaller,
  through,
  webIdentityCaller,
} from './callers.ts';
import {
  ACCOUNTS,
  BUCKETS,
  DATABASE,
  FUNCTIONS,
  HOME_REGION,
  INSTANCES,
  KEY_ID,
  LOG_BUCKET,
  PEOPLE,
  SECRETS,
  SECURITY_GROUPS,
  VPC,
  WORK_REGIONS,
} from './company.ts';
import type { Random } from './random.ts';
import { type CallDetails, denial } from './record.ts';
import { clock, HOUR, MINUTE, type Stage } from './stage.ts';

type Burst = (stage: Stage, time: number) => void;

/** How often each kind of burst happens, and whether only people's hours will do. */
const BURSTS: readonly { readonly weight: number; readonly isOffice: boolean; readonly burst: Burst }[] = [
  { weight: 16, isOffice: true, burst: personAtWork },
  { weight: 6, isOffice: true, burst: pipeline },
  { weight: 3, isOffice: true, burst: analyst },
  { weight: 22, isOffice: false, burst: serviceAssumesRole },
  { weight: 12, isOffice: false, burst: instanceAtWork },
  { weight: 12, isOffice: false, burst: functionAtWork },
  { weight: 9, isOffice: false, burst: logDelivery },
  { weight: 6, isOffice: false, burst: scaling },
  { weight: 5, isOffice: false, burst: monitoring },
  { weight: 3, isOffice: false, burst: audit },
];
const TOTAL_WEIGHT = BURSTS.reduce((sum, { weight }) => sum + weight, 0);

/** Adds bursts over the days before `end` until the stage holds at least `events`. */
export function background(stage: Stage, events: number): void {
  while (stage.events.length < events) {
    const { isOffice, burst } = pickBurst(stage.random);
    const time = isOffice ? officeTime(stage) : stage.end - stage.random.next() * stage.days * 24 * HOUR;
    // A burst takes minutes: late ones would run past the end.
    if (time < stage.end - 20 * MINUTE) burst(stage, time);
  }
}

function pickBurst(random: Random) {
  let left = random.next() * TOTAL_WEIGHT;
  for (const entry of BURSTS) {
    left -= entry.weight;
    if (left < 0) return entry;
  }
  return BURSTS[0] as (typeof BURSTS)[number];
}

/** Weekdays from 7 to 18, mostly around 10 and 15. */
function officeTime({ random, end, days }: Stage): number {
  for (;;) {
    const time = end - random.next() * days * 24 * HOUR;
    const date = new Date(time);
    const hour = date.getUTCHours();
    const isWeekday = date.getUTCDay() % 6 !== 0;
    const busy = hour < 7 || hour > 17 ? 0.02 : hour === 12 ? 0.5 : 1;
    if (random.chance(isWeekday ? busy : 0.02)) return time;
  }
}

type Read = readonly [service: string, name: string, request?: unknown];

const READS: readonly Read[] = [
  ['ec2', 'DescribeInstances', { filterSet: { items: [{ name: 'vpc-id', valueSet: { items: [{ value: VPC }] } }] } }],
  ['ec2', 'DescribeInstances', { instancesSet: { items: [{ instanceId: INSTANCES.web[0] }] } }],
  ['ec2', 'DescribeInstanceStatus', { instancesSet: {}, filterSet: {}, includeAllInstances: false }],
  ['ec2', 'DescribeSecurityGroups', { securityGroupIdSet: { items: [{ groupId: SECURITY_GROUPS.web }] } }],
  ['ec2', 'DescribeVolumes', { volumeSet: {}, filterSet: {} }],
  ['ec2', 'DescribeSnapshots', { ownersSet: { items: [{ owner: 'self' }] }, filterSet: {} }],
  ['ec2', 'DescribeVpcs'],
  ['ec2', 'DescribeSubnets'],
  ['ec2', 'DescribeImages', { ownersSet: { items: [{ owner: 'self' }] } }],
  ['s3', 'ListBuckets', { Host: 's3.amazonaws.com' }],
  ['s3', 'GetBucketPolicy', { bucketName: BUCKETS[0], policy: '' }],
  ['s3', 'GetBucketEncryption', { bucketName: BUCKETS[2], encryption: '' }],
  ['rds', 'DescribeDBInstances', { dBInstanceIdentifier: DATABASE }],
  ['rds', 'DescribeDBSnapshots'],
  ['lambda', 'ListFunctions20150331', { maxItems: 50 }],
  ['lambda', 'GetFunction20150331v2', { functionName: FUNCTIONS[0] }],
  ['lambda', 'GetFunction20150331v2', { functionName: FUNCTIONS[1] }],
  ['logs', 'DescribeLogGroups', { limit: 50 }],
  ['logs', 'FilterLogEvents', { logGroupName: `/aws/lambda/${FUNCTIONS[0]}`, interleaved: true }],
  ['cloudwatch', 'DescribeAlarms', { maxRecords: 100 }],
  ['iam', 'ListRoles', { maxItems: 100 }],
  ['iam', 'ListUsers', { maxItems: 100 }],
  ['iam', 'GetRole', { roleName: 'ci-deploy' }],
  ['iam', 'ListAccessKeys', { userName: 'backup-script' }],
  ['cloudtrail', 'LookupEvents', { maxResults: 50 }],
  ['cloudtrail', 'DescribeTrails'],
  ['kms', 'DescribeKey', { keyId: KEY_ID }],
  ['secretsmanager', 'DescribeSecret', { secretId: SECRETS[0] }],
  ['ssm', 'DescribeInstanceInformation', { maxResults: 50 }],
  ['ssm', 'GetParameter', { name: '/shop/prod/feature-flags', withDecryption: false }],
  ['cloudformation', 'DescribeStacks', { stackName: 'shop-network' }],
  ['autoscaling', 'DescribeAutoScalingGroups', { autoScalingGroupNames: ['shop-web'] }],
  ['elasticloadbalancing', 'DescribeLoadBalancers'],
  ['ecs', 'DescribeServices', { cluster: 'shop', services: ['storefront'] }],
  ['health', 'DescribeEventAggregates', { aggregateField: 'eventTypeCategory' }],
  ['ce', 'GetCostAndUsage'],
];

type Write = (stage: Stage, caller: Caller) => readonly [service: string, name: string, details: CallDetails];

const WRITES: readonly Write[] = [
  ({ random }) => [
    'ec2',
    'CreateTags',
    {
      request: {
        resourcesSet: { items: [{ resourceId: random.pick(INSTANCES.web) }] },
        tagSet: { items: [{ key: 'team', value: random.pick(['shop', 'data']) }] },
      },
      response: { _return: true },
    },
  ],
  ({ random }) => [
    'lambda',
    'UpdateFunctionCode20150331v2',
    { request: { functionName: random.pick(FUNCTIONS), publish: true, dryRun: false } },
  ],
  ({ random }) => ['s3', 'PutBucketTagging', { request: { bucketName: random.pick(BUCKETS), tagging: '' } }],
  ({ random }) => [
    'cloudwatch',
    'PutMetricAlarm',
    {
      request: {
        alarmName: `shop-${random.pick(['5xx', 'latency', 'cpu'])}`,
        metricName: 'CPUUtilization',
        threshold: random.int(60, 95),
      },
    },
  ],
  () => [
    'ssm',
    'PutParameter',
    {
      request: {
        name: '/shop/prod/feature-flags',
        value: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        type: 'SecureString',
        overwrite: true,
      },
    },
  ],
  () => [
    'rds',
    'CreateDBSnapshot',
    { request: { dBInstanceIdentifier: DATABASE, dBSnapshotIdentifier: 'orders-db-before-migration' } },
  ],
  ({ random }) => [
    'ec2',
    'StartInstances',
    { request: { instancesSet: { items: [{ instanceId: random.pick(INSTANCES.batch) }] } } },
  ],
  ({ random }) => [
    'ec2',
    'StopInstances',
    { request: { instancesSet: { items: [{ instanceId: random.pick(INSTANCES.batch) }] }, force: false } },
  ],
  ({ random }) => [
    'logs',
    'PutRetentionPolicy',
    { request: { logGroupName: `/aws/lambda/${random.pick(FUNCTIONS)}`, retentionInDays: 30 } },
  ],
  () => ['ecs', 'UpdateService', { request: { cluster: 'shop', service: 'storefront', forceNewDeployment: true } }],
];

const DENIED: readonly (readonly [service: string, action: string, resource: string])[] = [
  ['iam', 'CreateUser', 'arn:aws:iam::*:user/*'],
  ['iam', 'PassRole', 'arn:aws:iam::*:role/ci-deploy'],
  ['s3', 'GetBucketAcl', `arn:aws:s3:::${LOG_BUCKET}`],
  ['ce', 'GetCostForecast', '*'],
  ['secretsmanager', 'GetSecretValue', SECRETS[1]],
  ['organizations', 'DescribeOrganization', '*'],
];

function personAtWork(stage: Stage, time: number): void {
  const { random } = stage;
  const person = random.pick(PEOPLE);
  const account = random.pick(person.accounts);
  const region = random.chance(0.8) ? HOME_REGION : random.pick(WORK_REGIONS);
  const terraform = person.permissionSet === 'Ops' && random.chance(0.3) ? ({ tool: 'terraform' } as const) : {};
  const caller = personCaller(random, person, account, time - random.int(1, 50) * MINUTE, terraform);
  const mayWrite = person.permissionSet === 'Admin' || person.permissionSet === 'Ops' || account === 'dev';
  const tick = clock(random, time);
  for (let i = random.int(4, 13); i > 0; i--) {
    const chance = random.next();
    if (chance < 0.16 && mayWrite) {
      const [service, name, details] = random.pick(WRITES)(stage, caller);
      stage.call(tick(25), caller, service, name, { ...details, region, writes: true });
    } else if (chance > 0.95) deny(stage, tick(8), caller);
    else {
      const [service, name, request] = random.pick(READS);
      stage.call(tick(9), caller, service, name, { request, ...(service === 'iam' ? {} : { region }) });
    }
  }
}

function deny(stage: Stage, time: number, caller: Caller): void {
  const [service, name, pattern] = stage.random.pick(DENIED);
  const resource = pattern.replace('::*:', `::${caller.account}:`);
  const reason = service === 'organizations' ? 'service control policy' : 'no policy';
  // iam:PassRole is never called by itself: it is what RunInstances lacks.
  const isPassRole = name === 'PassRole';
  stage.call(time, caller, isPassRole ? 'ec2' : service, isPassRole ? 'RunInstances' : name, {
    writes: isPassRole || name === 'CreateUser',
    ...(service === 'secretsmanager' && { request: { secretId: resource } }),
    error: [
      isPassRole
        ? 'Client.UnauthorizedOperation'
        : service === 's3' || service === 'iam'
          ? 'AccessDenied'
          : 'AccessDeniedException',
      denial(caller, `${service}:${name}`, resource, reason),
    ],
  });
}

/** A build takes a web identity's session and deploys, partly through CloudFormation. */
function pipeline(stage: Stage, time: number): void {
  const { random } = stage;
  const build = 4000 + random.int(0, 700);
  const account = random.chance(0.7) ? 'dev' : 'prod';
  const tick = clock(random, time);
  const roleArn = `arn:aws:iam::${ACCOUNTS[account]}:role/ci-deploy`;
  stage.call(tick(1), webIdentityCaller(account, build), 'sts', 'AssumeRoleWithWebIdentity', {
    request: { roleArn, roleSessionName: `build-${build}`, durationSeconds: 3600 },
    response: {
      audience: 'sts.amazonaws.com',
      provider: `arn:aws:iam::${ACCOUNTS[account]}:oidc-provider/ci.example.com`,
    },
    resources: [{ accountId: ACCOUNTS[account], type: 'AWS::IAM::Role', ARN: roleArn }],
    recipient: ACCOUNTS[account],
  });
  const ci = ciCaller(random, account, build, time);
  stage.call(tick(4), ci, 'ecr', 'GetAuthorizationToken', {});
  stage.call(tick(30), ci, 'ecr', 'PutImage', {
    writes: true,
    request: { repositoryName: 'storefront', imageTag: String(build) },
  });
  stage.call(tick(8), ci, 'ecs', 'RegisterTaskDefinition', {
    writes: true,
    request: { family: 'storefront', requiresCompatibilities: ['FARGATE'] },
  });
  if (random.chance(0.4)) {
    stage.call(tick(10), ci, 'cloudformation', 'UpdateStack', { writes: true, request: { stackName: 'shop-service' } });
    const cloudFormation = through(ci, 'cloudformation.amazonaws.com');
    stage.call(tick(6), cloudFormation, 'iam', 'GetRole', { request: { roleName: 'storefront-task' } });
    stage.call(tick(6), cloudFormation, 'logs', 'DescribeLogGroups', {
      request: { logGroupNamePrefix: '/ecs/storefront' },
    });
  }
  stage.call(tick(12), ci, 'ecs', 'UpdateService', {
    writes: true,
    request: { cluster: 'shop', service: 'storefront', taskDefinition: `storefront:${build - 4000}` },
  });
}

/** Athena and S3 on behalf of an Identity Center user (trusted identity propagation). */
function analyst(stage: Stage, time: number): void {
  const { random } = stage;
  const dave = PEOPLE.find((person) => person.name === 'dave') as (typeof PEOPLE)[number];
  const caller = personCaller(random, dave, 'prod', time, { propagates: true });
  const tick = clock(random, time);
  const queryExecutionId = random.uuid();
  stage.call(tick(3), caller, 'athena', 'StartQueryExecution', {
    writes: true,
    request: { workGroup: 'analytics', queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    response: { queryExecutionId },
  });
  const key = `orders/2026/${String(random.int(1, 12)).padStart(2, '0')}.parquet`;
  stage.call(tick(5), through(caller, 'athena.amazonaws.com'), 's3', 'GetObject', object(BUCKETS[1], key));
  stage.call(tick(9), caller, 'athena', 'GetQueryResults', { request: { queryExecutionId } });
}

function object(bucketName: string, key: string): CallDetails {
  return {
    isData: true,
    request: { bucketName, key },
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/${key}` },
      { accountId: ACCOUNTS.prod, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` },
    ],
  };
}

const SERVICE_ROLES = [
  ['lambda.amazonaws.com', `${FUNCTIONS[0]}-role`],
  ['lambda.amazonaws.com', `${FUNCTIONS[3]}-role`],
  ['ec2.amazonaws.com', 'web'],
  ['ec2.amazonaws.com', 'batch'],
  ['ecs-tasks.amazonaws.com', 'storefront-task'],
  ['config.amazonaws.com', 'AWSServiceRoleForConfig'],
] as const;

function serviceAssumesRole(stage: Stage, time: number): void {
  const { random } = stage;
  const [service, role] = random.pick(SERVICE_ROLES);
  const account = random.chance(0.75) ? 'prod' : 'dev';
  const roleArn = `arn:aws:iam::${ACCOUNTS[account]}:role/${role}`;
  const session = service === 'ec2.amazonaws.com' ? random.pick(INSTANCES.web) : (service.split('.')[0] as string);
  stage.call(time, serviceCaller(service, account), 'sts', 'AssumeRole', {
    request: { roleArn, roleSessionName: session },
    response: {
      credentials: { accessKeyId: `ASIA${random.base32(16)}` },
      assumedRoleUser: {
        assumedRoleId: `${roleId(ACCOUNTS[account], role)}:${session}`,
        arn: `arn:aws:sts::${ACCOUNTS[account]}:assumed-role/${role}/${session}`,
      },
    },
    resources: [{ accountId: ACCOUNTS[account], type: 'AWS::IAM::Role', ARN: roleArn }],
  });
}

function instanceAtWork(stage: Stage, time: number): void {
  const { random } = stage;
  const isWeb = random.chance(0.6);
  const instance = random.pick(isWeb ? INSTANCES.web : INSTANCES.batch);
  const caller = instanceCaller(random, isWeb ? 'web' : 'batch', instance, time - HOUR);
  const tick = clock(random, time);
  stage.call(tick(2), caller, 'ssm', 'UpdateInstanceInformation', {
    writes: true,
    request: { instanceId: instance, agentVersion: '3.3.2299.0', agentStatus: 'Active', platformType: 'Linux' },
  });
  if (isWeb) stage.call(tick(20), caller, 's3', 'GetObject', object(BUCKETS[0], `static/app.${random.hex(8)}.js`));
  else stage.call(tick(20), caller, 'secretsmanager', 'GetSecretValue', { request: { secretId: SECRETS[0] } });
}

function functionAtWork(stage: Stage, time: number): void {
  const { random } = stage;
  const name = random.pick(FUNCTIONS);
  const caller = functionCaller(random, name, time);
  const tick = clock(random, time);
  if (name === 'nightly-report') {
    const report = object(BUCKETS[1], `daily/${random.int(1, 30)}.csv`);
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
function logDelivery(stage: Stage, time: number): void {
  const { random } = stage;
  const account = random.pick(['prod', 'dev', 'security'] as const);
  const key = `AWSLogs/o-exampleorg1/${ACCOUNTS[account]}/CloudTrail/${HOME_REGION}/${random.base32(16)}.json.gz`;
  const caller = serviceCaller('cloudtrail.amazonaws.com', 'security');
  const data = object(LOG_BUCKET, key);
  stage.call(time, caller, 's3', 'PutObject', { ...data, writes: true });
  stage.call(time + 1000, caller, 'kms', 'GenerateDataKey', {
    request: {
      keyId: KEY_ID,
      keySpec: 'AES_256',
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${LOG_BUCKET}/${key}` },
    },
  });
}

function scaling(stage: Stage, time: number): void {
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
function monitoring(stage: Stage, time: number): void {
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

function audit(stage: Stage, time: number): void {
  const { random } = stage;
  const account = random.pick(['prod', 'dev'] as const);
  const caller = roleCaller(random, account, 'AuditReader', 'weekly-audit', time, '203.0.113.71');
  const tick = clock(random, time);
  for (const name of ['GetCredentialReport', 'ListPolicies', 'GetAccountPasswordPolicy']) {
    stage.call(tick(2), caller, 'iam', name, {});
  }
}
