// What people and their pipelines do on an ordinary day: mostly look, sometimes change, now and then be denied.

import { type Caller, ciCaller, personCaller, through } from './callers.ts';
import {
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
import { objectCall } from './object-call.ts';
import { type CallDetails, denial } from './record.ts';
import { clock, MINUTE, type Stage } from './stage.ts';

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

export function personAtWork(stage: Stage, time: number): void {
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
export function pipeline(stage: Stage, time: number): void {
  const { random } = stage;
  const build = 4000 + random.int(0, 700);
  const account = random.chance(0.7) ? 'dev' : 'prod';
  const tick = clock(random, time);
  const ci = ciCaller(random, account, build, tick(1));
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
export function analyst(stage: Stage, time: number): void {
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
  stage.call(tick(5), through(caller, 'athena.amazonaws.com'), 's3', 'GetObject', objectCall(BUCKETS[1], key));
  stage.call(tick(9), caller, 'athena', 'GetQueryResults', { request: { queryExecutionId } });
}
