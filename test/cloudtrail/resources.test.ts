import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameOfArn, resourcesOf } from '../../src/cloudtrail/resources.ts';

type Case = readonly [
  what: string,
  request: unknown,
  response: unknown,
  resources: unknown,
  expected: readonly string[],
];

const CASES: readonly Case[] = [
  [
    'TerminateInstances',
    { instancesSet: { items: [{ instanceId: 'i-0ab12cd34ef567890' }, { instanceId: 'i-0ff12cd34ef567890' }] } },
    {
      instancesSet: {
        items: [{ instanceId: 'i-0ab12cd34ef567890', currentState: { code: 32, name: 'shutting-down' } }],
      },
    },
    undefined,
    ['i-0ab12cd34ef567890', 'i-0ff12cd34ef567890'],
  ],
  [
    'RunInstances: what was made comes first',
    {
      instancesSet: { items: [{ imageId: 'ami-0123456789abcdef0', minCount: 1 }] },
      instanceType: 't3.micro',
      subnetId: 'subnet-01234567',
    },
    {
      instancesSet: {
        items: [{ instanceId: 'i-0ab12cd34ef567890', imageId: 'ami-0123456789abcdef0', vpcId: 'vpc-01234567' }],
      },
    },
    undefined,
    ['i-0ab12cd34ef567890', 'ami-0123456789abcdef0', 'subnet-01234567', 'vpc-01234567'],
  ],
  [
    'CreateSnapshot',
    { volumeId: 'vol-01234567' },
    { snapshotId: 'snap-01234567', volumeId: 'vol-01234567' },
    undefined,
    ['snap-01234567', 'vol-01234567'],
  ],
  [
    'CreateVolume from a snapshot',
    { snapshotId: 'snap-01234567', size: '8' },
    { volumeId: 'vol-01234567', snapshotId: 'snap-01234567' },
    undefined,
    ['vol-01234567', 'snap-01234567'],
  ],
  [
    'GetObject',
    { bucketName: 'reports', key: '2026/may.csv', Host: 'reports.s3.amazonaws.com' },
    null,
    [
      { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::reports/2026/may.csv' },
      { accountId: '111122223333', ARN: 'arn:aws:s3:::reports' },
    ],
    ['reports/2026/may.csv', 'reports', 'arn:aws:s3:::reports/2026/may.csv', 'arn:aws:s3:::reports'],
  ],
  [
    'AssumeRole: the role name, then its ARN',
    { roleArn: 'arn:aws:iam::111122223333:role/teams/Deploy', roleSessionName: 'ci' },
    { assumedRoleUser: { assumedRoleId: 'AROAEXAMPLE:ci', arn: 'arn:aws:sts::111122223333:assumed-role/Deploy/ci' } },
    undefined,
    [
      'Deploy',
      'arn:aws:iam::111122223333:role/teams/Deploy',
      'arn:aws:sts::111122223333:assumed-role/Deploy/ci',
      'AROAEXAMPLE:ci',
      'ci',
    ],
  ],
  [
    'CreateUser',
    { userName: 'mallory' },
    { user: { userName: 'mallory', userId: 'AIDAEXAMPLE' } },
    undefined,
    ['mallory', 'AIDAEXAMPLE'],
  ],
  [
    'Decrypt by a service: the key of resources',
    { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    null,
    [{ ARN: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b', accountId: '111122223333', type: 'AWS::KMS::Key' }],
    ['0a1b', 'arn:aws:kms:eu-west-1:111122223333:key/0a1b'],
  ],
  ['StopLogging', { name: 'org-trail' }, null, undefined, ['org-trail']],
  [
    'DescribeInstances by filter',
    { filterSet: { items: [{ name: 'vpc-id', valueSet: { items: [{ value: 'vpc-01234567' }] } }] } },
    null,
    undefined,
    ['vpc-01234567'],
  ],
  [
    'AuthorizeSecurityGroupIngress',
    { groupId: 'sg-01234567', ipPermissions: { items: [{ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] } },
    { securityGroupRuleSet: { items: [{ groupId: 'sg-01234567', securityGroupRuleId: 'sgr-0123456789abcdef0' }] } },
    undefined,
    ['sg-01234567', 'sgr-0123456789abcdef0'],
  ],
  ['a list of names', { names: ['/db/password', '/db/user'] }, null, undefined, ['/db/password', '/db/user']],
  ['lists of numbers and wrong types', { instanceIds: [7, null, ['i-01234567']] }, 'x', { a: 1 }, ['7', 'i-01234567']],
  [
    'tags and free text name nothing',
    { tagSet: { items: [{ key: 'i-01234567', value: 'arn:aws:s3:::x' }] }, description: 'arn:aws:s3:::y' },
    null,
    undefined,
    [],
  ],
  ['hidden values name nothing', { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS', name: '***' }, null, undefined, []],
  [
    'a row of the console CSV',
    undefined,
    undefined,
    [{ resourceType: null, resourceName: 'vpc-01234567' }],
    ['vpc-01234567'],
  ],
];

test.each(CASES)('%s', (_, requestParameters, responseElements, resources, expected) => {
  expect(resourcesOf({ resources, requestParameters, responseElements })).toEqual(expected);
});

test.each([
  ['arn:aws:iam::111122223333:role/teams/Deploy', 'Deploy'],
  ['arn:aws:lambda:eu-west-1:111122223333:function:resize', 'resize'],
  ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:db/main-AbCdEf', 'db/main-AbCdEf'],
  ['arn:aws:s3:::reports/2026/may.csv', 'reports/2026/may.csv'],
  ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-date', 'orders'],
  ['arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/resize:*', '/aws/lambda/resize'],
  ['arn:aws:ssm:eu-west-1:111122223333:parameter/db/password', '/db/password'],
  ['arn:aws:sns:eu-west-1:111122223333:alarms', 'alarms'],
  ['arn:aws', ''],
])('%s is called %s', (arn, name) => {
  expect(nameOfArn(arn)).toBe(name);
});

test('at most 64, each once, from parameters of any size', () => {
  const items = Array.from({ length: 100_000 }, (_, i) => ({ instanceId: `i-${i % 70_000}` }));
  const names = resourcesOf({
    resources: items,
    requestParameters: { instancesSet: { items } },
    responseElements: null,
  });
  expect(names).toHaveLength(64);
  expect(new Set(names).size).toBe(64);
});

test('nesting a thousand deep is no trouble', () => {
  let deep: unknown = { instanceId: 'i-01234567' };
  for (let i = 0; i < 1000; i++) deep = [{ a: deep }];
  expect(resourcesOf({ resources: deep, requestParameters: { deep }, responseElements: deep })).toEqual([]);
});

test('any values give strings', () => {
  fc.assert(
    fc.property(fc.anything(), fc.object(), fc.anything(), (resources, requestParameters, responseElements) => {
      const names = resourcesOf({ resources, requestParameters, responseElements });
      expect(names.every((name) => typeof name === 'string' && name !== '')).toBe(true);
    }),
  );
});
