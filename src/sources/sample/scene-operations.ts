// What changed: the deletions of the last two hours, the half hour before an outage at 14:30 of the last full day,
// security groups opened and closed, volumes and snapshots, keys, and work across accounts.

import { type Caller, ciCaller, personCaller, roleCaller, serviceRoleCaller, through } from './callers.ts';
import {
  ACCOUNTS,
  BUCKETS,
  DATABASE,
  FUNCTIONS,
  findPerson,
  HOME_REGION,
  IMAGES,
  INSTANCES,
  SECURITY_GROUPS,
  SUBNETS,
  SUPPLIER_ACCOUNT,
  VOLUMES,
  VPC,
} from './company.ts';
import { ingressRequest, ingressResponse, instanceSet, runRequest, runResponse, stateChange } from './ec2-shapes.ts';
import { denial } from './record.ts';
import { directSnapshots, keys, nightlySnapshots } from './scene-storage.ts';
import { type RoleSession, roleSessionOf, sessionAnswer } from './session-answer.ts';
import { DAY, HOUR, MINUTE, type Stage } from './stage.ts';

const ACCOUNT = ACCOUNTS.prod;

export function operationScenes(stage: Stage): void {
  lastTwoHours(stage);
  beforeTheOutage(stage);
  openedToTheWorld(stage);
  for (const daysBefore of [2, 10, 19]) scaleOut(stage, daysBefore);
  for (let day = 0; day < stage.days - 1; day += 3) nightlySnapshots(stage, day);
  directSnapshots(stage);
  keys(stage);
  acrossAccounts(stage);
}

/** Ends just before `end`: alice may not terminate a production server, then changes hats and does. */
function lastTwoHours(stage: Stage): void {
  const start = stage.end - 104 * MINUTE;
  const { random } = stage;
  const bob = personCaller(random, findPerson('bob'), 'prod', start);
  const alice = personCaller(random, findPerson('alice'), 'prod', start);
  const [instance] = INSTANCES.web;
  const [volume, detached] = VOLUMES;
  const snapshot = `snap-${random.hex(17)}`;
  const at = (minutes: number) => stage.end - minutes * MINUTE;
  stage.call(at(104), bob, 'ec2', 'DetachVolume', {
    writes: true,
    request: { volumeId: volume, instanceId: instance, device: '/dev/sdf', force: false },
    response: { volumeId: volume, instanceId: instance, device: '/dev/sdf', status: 'detaching' },
  });
  stage.call(at(97), bob, 'ec2', 'DeleteVolume', {
    writes: true,
    request: { volumeId: volume },
    response: { _return: true },
  });
  stage.call(at(95), bob, 'ec2', 'DeleteVolume', {
    writes: true,
    request: { volumeId: detached },
    error: ['Client.VolumeInUse', `Volume ${detached} is currently attached to ${INSTANCES.batch[1]}`],
  });
  stage.call(at(81), bob, 'ec2', 'DeleteSnapshot', {
    writes: true,
    request: { snapshotId: snapshot },
    response: { _return: true },
  });
  stage.call(at(66), bob, 'rds', 'DeleteDBInstance', {
    writes: true,
    request: { dBInstanceIdentifier: 'orders-db-test', skipFinalSnapshot: true },
    response: { dBInstanceIdentifier: 'orders-db-test', dBInstanceStatus: 'deleting', engine: 'postgres' },
  });
  stage.call(at(52), alice, 's3', 'DeleteBucket', {
    writes: true,
    request: { bucketName: BUCKETS[1] },
    error: ['BucketNotEmpty', 'The bucket you tried to delete is not empty'],
  });
  stage.call(at(31), bob, 'ec2', 'TerminateInstances', {
    writes: true,
    request: instanceSet(instance),
    error: [
      'Client.UnauthorizedOperation',
      `You are not authorized to perform this operation. ${denial(bob, 'ec2:TerminateInstances', `arn:aws:ec2:${HOME_REGION}:${ACCOUNT}:instance/${instance}`, 'explicit deny')}`,
    ],
  });
  stage.call(at(18), alice, 'ec2', 'StopInstances', {
    writes: true,
    request: { ...instanceSet(instance), force: false },
    response: stateChange('running', 'stopping', instance),
  });
  stage.call(at(12), alice, 'ec2', 'TerminateInstances', {
    writes: true,
    request: instanceSet(instance),
    response: stateChange('stopped', 'shutting-down', instance),
  });
  stage.call(at(7), alice, 'lambda', 'DeleteFunction20150331', {
    writes: true,
    request: { functionName: FUNCTIONS[1] },
  });
  aroundTheTermination(stage, alice, bob, instance, at);
}

/** What was only looked at, minutes before and after: whoever asks why finds it when reads are shown. */
function aroundTheTermination(
  stage: Stage,
  alice: Caller,
  bob: Caller,
  instance: string,
  at: (minutes: number) => number,
): void {
  const scaler = serviceRoleCaller(stage.random, 'AWSServiceRoleForECS', 'ecs.amazonaws.com', at(30));
  const targetGroupArn = `arn:aws:elasticloadbalancing:${HOME_REGION}:${ACCOUNT}:targetgroup/shop/3b1f0c9d7e2a6854`;
  stage.call(at(16.5), alice, 'ec2', 'DescribeInstances', { request: instanceSet(instance) });
  stage.call(at(15.2), alice, 'ec2', 'DescribeInstanceAttribute', {
    request: { instanceId: instance, attribute: 'disableApiTermination' },
  });
  stage.call(at(12.6), alice, 'ec2', 'DescribeInstanceStatus', { request: instanceSet(instance) });
  stage.call(at(11.4), scaler, 'elasticloadbalancing', 'DescribeTargetHealth', { request: { targetGroupArn } });
  stage.call(at(10.1), bob, 'cloudwatch', 'DescribeAlarms', { request: { stateValue: 'ALARM' } });
  stage.call(at(9.3), bob, 'ec2', 'DescribeInstances', { request: instanceSet(instance) });
  stage.call(at(7.5), alice, 'lambda', 'GetFunction20150331v2', { request: { functionName: FUNCTIONS[1] } });
}

/** 14:00 to 14:30 of the last full day: five people and machines change things at once. */
function beforeTheOutage(stage: Stage): void {
  const from = stage.day(0) + 14 * HOUR;
  const { random } = stage;
  const carol = personCaller(random, findPerson('carol'), 'prod', from - HOUR);
  const katharina = personCaller(random, findPerson('katharina'), 'prod', from - HOUR);
  const ci = ciCaller(random, 'prod', 4711, from);
  const [order] = FUNCTIONS;
  const at = (minutes: number) => from + minutes * MINUTE + random.int(0, 50) * 1000;
  stage.call(at(2), ci, 'ecs', 'UpdateService', {
    writes: true,
    request: { cluster: 'shop', service: 'storefront', taskDefinition: 'storefront:318', desiredCount: 4 },
    response: { service: { serviceName: 'storefront', status: 'ACTIVE', desiredCount: 4 } },
  });
  stage.call(at(6), carol, 'lambda', 'UpdateFunctionConfiguration20150331v2', {
    writes: true,
    request: { functionName: order, timeout: 3, memorySize: 128 },
    response: { functionName: order, timeout: 3, memorySize: 128 },
  });
  stage.call(at(9), katharina, 'ec2', 'RevokeSecurityGroupIngress', {
    writes: true,
    request: ingressRequest(SECURITY_GROUPS.web, 5432, '10.20.0.0/16'),
    response: { _return: true },
  });
  stage.call(at(13), katharina, 'rds', 'ModifyDBInstance', {
    writes: true,
    request: {
      dBInstanceIdentifier: DATABASE,
      dBInstanceClass: 'db.t4g.medium',
      applyImmediately: true,
      allowMajorVersionUpgrade: false,
    },
    response: {
      dBInstanceIdentifier: DATABASE,
      dBInstanceStatus: 'modifying',
      pendingModifiedValues: { dBInstanceClass: 'db.t4g.medium' },
    },
  });
  stage.call(at(19), carol, 's3', 'PutBucketPolicy', {
    writes: true,
    request: {
      bucketName: BUCKETS[0],
      bucketPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKETS[0]}/*` },
        ],
      },
    },
  });
  stage.call(at(24), katharina, 'route53', 'ChangeResourceRecordSets', {
    writes: true,
    request: {
      hostedZoneId: 'Z0EXAMPLE4SHOP7K2',
      changeBatch: {
        changes: [{ action: 'UPSERT', resourceRecordSet: { name: 'shop.example.com.', type: 'A', tTL: 60 } }],
      },
    },
    response: { changeInfo: { status: 'PENDING' } },
  });
  stage.call(at(28), ci, 'cloudformation', 'UpdateStack', { writes: true, request: { stackName: 'shop-network' } });
  stage.call(at(29), through(ci, 'cloudformation.amazonaws.com'), 'ec2', 'ReplaceRoute', {
    writes: true,
    request: {
      routeTableId: 'rtb-0d3b8f6a1c9e75240',
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: 'nat-0a9c4e7b2d1f58360',
    },
    response: { _return: true },
  });
}

/** katarina opens SSH to everybody in dev; erin closes it two days later. */
function openedToTheWorld(stage: Stage): void {
  const { random } = stage;
  const opened = stage.day(15) + 10 * HOUR;
  const group = SECURITY_GROUPS.bastion;
  const dev = ACCOUNTS.dev;
  const katarina = personCaller(random, findPerson('katarina'), 'dev', opened);
  const alice = personCaller(random, findPerson('alice'), 'dev', opened + 2 * DAY);
  stage.call(opened, katarina, 'ec2', 'AuthorizeSecurityGroupIngress', {
    writes: true,
    request: ingressRequest(group, 22, '0.0.0.0/0'),
    response: ingressResponse(dev, group, `sgr-${random.hex(17)}`, 22, '0.0.0.0/0'),
  });
  stage.call(opened + 2 * DAY, alice, 'ec2', 'RevokeSecurityGroupIngress', {
    writes: true,
    request: ingressRequest(group, 22, '0.0.0.0/0'),
    response: { _return: true },
  });
  stage.call(opened + 2 * DAY + 3 * MINUTE, katarina, 'ec2', 'AuthorizeSecurityGroupIngress', {
    writes: true,
    request: ingressRequest(group, 22, '0.0.0.0/0'),
    error: [
      'Client.UnauthorizedOperation',
      `You are not authorized to perform this operation. ${denial(katarina, 'ec2:AuthorizeSecurityGroupIngress', `arn:aws:ec2:${HOME_REGION}:${dev}:security-group/${group}`, 'service control policy')}`,
    ],
  });
}

/** The autoscaler launches servers in the morning and terminates them in the evening. */
function scaleOut(stage: Stage, daysBefore: number): void {
  const { random } = stage;
  const morning = stage.day(daysBefore) + 7 * HOUR;
  const scaler = serviceRoleCaller(random, 'AWSServiceRoleForAutoScaling', 'autoscaling.amazonaws.com', morning);
  const ids = [`i-${random.hex(17)}`, `i-${random.hex(17)}`];
  const [image] = IMAGES;
  const subnet = random.pick(SUBNETS);
  stage.call(morning, scaler, 'ec2', 'RunInstances', {
    writes: true,
    request: runRequest(image, 'm7g.large', 2, subnet),
    response: runResponse(ACCOUNT, ids, image, 'm7g.large', subnet, VPC),
  });
  stage.call(morning + 13 * HOUR, scaler, 'ec2', 'TerminateInstances', {
    writes: true,
    request: instanceSet(...ids),
    response: stateChange('running', 'shutting-down', ...ids),
  });
}

/** The supplier's role assumed from their account: both accounts see the call. */
function acrossAccounts(stage: Stage): void {
  const { random } = stage;
  for (const daysBefore of [1, 8, 14]) {
    const time = stage.day(daysBefore) + 6 * HOUR + random.int(0, 59) * MINUTE;
    const supplier: Caller = {
      identity: { type: 'AWSAccount', principalId: `AROAEXAMPLESUPPLIER01:invoice-run`, accountId: SUPPLIER_ACCOUNT },
      account: ACCOUNT,
      address: '198.51.100.60',
      agent: 'aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.25.1',
      isConsole: false,
    };
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/SupplierReadOnly`;
    const session = roleCaller(random, 'prod', 'SupplierReadOnly', 'invoice-run', time, supplier.address);
    const issued = roleSessionOf(session) as RoleSession;
    stage.begun.add(issued.accessKeyId);
    stage.call(time, supplier, 'sts', 'AssumeRole', {
      request: { roleArn, roleSessionName: 'invoice-run', externalId: 'example-4711', durationSeconds: 3600 },
      response: sessionAnswer(issued),
      resources: [{ accountId: ACCOUNT, type: 'AWS::IAM::Role', ARN: roleArn }],
      sharedEventID: random.uuid(),
    });
    const key = 'invoices/2026/latest.json';
    stage.call(time + 4000, session, 's3', 'GetObject', {
      isData: true,
      request: { bucketName: BUCKETS[1], key },
      resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${BUCKETS[1]}/${key}` }],
    });
    stage.call(time + 9000, session, 's3', 'GetObject', {
      isData: true,
      request: { bucketName: BUCKETS[2], key: 'exports/2026/customers-001.csv.gz' },
      error: [
        'AccessDenied',
        denial(session, 's3:GetObject', `arn:aws:s3:::${BUCKETS[2]}/exports/2026/customers-001.csv.gz`, 'no policy'),
      ],
    });
  }
}
