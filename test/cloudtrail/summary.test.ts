import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordOfConsoleRow } from '../../src/cloudtrail/console-csv.ts';
import { insightName } from '../../src/cloudtrail/insight.ts';
import { noteOfOrigin, summarize } from '../../src/cloudtrail/summary.ts';

const ALICE = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/alice',
};
const BASE = {
  userIdentity: ALICE,
  eventSource: 'ec2.amazonaws.com',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.9',
};
const WHO = 'alice (role Admin)';
const WHERE = 'in eu-west-1 from 203.0.113.9';
const INSTANCE = 'i-0ab12cd34ef567890';
const instances = (...ids: string[]) => ({ instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } });

test.each<readonly [string, object, string]>([
  ['TerminateInstances', { requestParameters: instances(INSTANCE) }, `${WHO} terminated ${INSTANCE} ${WHERE}, ok`],
  [
    'TerminateInstances',
    { requestParameters: instances(INSTANCE, 'i-0ff12cd34ef567890'), errorCode: 'Client.UnauthorizedOperation' },
    `${WHO} tried to terminate ${INSTANCE} and 1 more ${WHERE}, denied`,
  ],
  [
    'RunInstances',
    { requestParameters: { instanceType: 'm5.large' }, responseElements: instances(INSTANCE, 'i-0ff12cd34ef567890') },
    `${WHO} launched 2 instances (m5.large) ${INSTANCE} and 1 more ${WHERE}, ok`,
  ],
  ['DescribeInstances', {}, `${WHO} looked at instances ${WHERE}, ok`],
  ['ListBuckets', {}, `${WHO} listed buckets ${WHERE}, ok`],
  [
    'GetSecretValue',
    { requestParameters: { secretId: 'db/main' }, errorCode: 'ThrottlingException' },
    `${WHO} tried to read secret value of db/main ${WHERE}, failed with ThrottlingException`,
  ],
  ['CreateUser', { requestParameters: { userName: 'mallory' } }, `${WHO} created user mallory ${WHERE}, ok`],
  [
    'AttachUserPolicy',
    { requestParameters: { userName: 'mallory', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' } },
    `${WHO} attached policy AdministratorAccess to user mallory ${WHERE}, ok`,
  ],
  [
    'AssumeRole',
    { requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/Deploy', roleSessionName: 'ci' } },
    `${WHO} assumed role Deploy as ci ${WHERE}, ok`,
  ],
  [
    'SendSSHPublicKey ',
    { requestParameters: { instanceId: INSTANCE, osUser: 'ec2-user' } },
    `${WHO} pushed an SSH key for ec2-user to ${INSTANCE} ${WHERE}, ok`,
  ],
  [
    'AuthorizeSecurityGroupIngress',
    {
      requestParameters: {
        groupId: 'sg-01234567',
        ipPermissions: {
          items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
        },
      },
    },
    `${WHO} opened port 22 to 0.0.0.0/0 in sg-01234567 ${WHERE}, ok`,
  ],
  [
    'ModifySnapshotAttribute',
    {
      requestParameters: {
        snapshotId: 'snap-01234567',
        createVolumePermission: { add: { items: [{ userId: '444455556666' }] } },
      },
    },
    `${WHO} shared snap-01234567 with account 444455556666 ${WHERE}, ok`,
  ],
  [
    'StopLogging',
    { requestParameters: { name: 'org-trail' } },
    `${WHO} stopped the logging of trail org-trail ${WHERE}, ok`,
  ],
  ['ConfigureThing', { requestParameters: { name: 'x' } }, `${WHO} called ConfigureThing on ec2 for x ${WHERE}, ok`],
  [
    'UpdateFunctionCode20150331v2',
    { requestParameters: { functionName: 'resize' } },
    `${WHO} updated function code of resize ${WHERE}, ok`,
  ],
  ['__proto__', {}, `${WHO} called __proto__ on ec2 ${WHERE}, ok`],
])('%s', (eventName, rest, sentence) => {
  expect(summarize({ ...BASE, eventName, ...rest })).toBe(sentence);
});

test.each([
  [{ MFAUsed: 'Yes' }, 'Success', 'root signed in to the console with MFA in us-east-1 from 203.0.113.9, ok'],
  [{ MFAUsed: 'No' }, 'Success', 'root signed in to the console without MFA in us-east-1 from 203.0.113.9, ok'],
  [undefined, 'Success', 'root signed in to the console, MFA not stated, in us-east-1 from 203.0.113.9, ok'],
  [
    { MFAUsed: 'No' },
    'Failure',
    'root tried to sign in to the console without MFA in us-east-1 from 203.0.113.9, failed',
  ],
])('a sign-in that states %j, %s', (additionalEventData, ConsoleLogin, sentence) => {
  const record = {
    userIdentity: { type: 'Root' },
    eventName: 'ConsoleLogin',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.9',
    responseElements: { ConsoleLogin },
    additionalEventData,
  };
  expect(summarize(record)).toBe(sentence);
});

test('who acted, when it was not simply a person', () => {
  const by = (userIdentity: unknown, rest: object = {}) =>
    summarize({ userIdentity, eventName: 'DescribeVolumes', eventSource: 'ec2.amazonaws.com', ...rest });
  expect(by({ type: 'AWSService', invokedBy: 'backup.amazonaws.com' })).toBe(
    'backup.amazonaws.com looked at volumes, ok',
  );
  expect(by({ type: 'AWSAccount', accountId: '444455556666' })).toBe('account 444455556666 looked at volumes, ok');
  expect(
    by({ ...ALICE, invokedBy: 'cloudformation.amazonaws.com' }, { sourceIPAddress: 'cloudformation.amazonaws.com' }),
  ).toBe('alice (role Admin), through cloudformation.amazonaws.com, looked at volumes, ok');
  expect(by(null)).toBe('somebody (not stated) looked at volumes, ok');
  expect(by(null, { eventType: 'AwsServiceEvent' })).toBe('ec2.amazonaws.com looked at volumes, ok');
});

test('a row of the console CSV says what it lacks', () => {
  const row = ['alice', '', '2024-08-18T11:48:43Z', 'ec2.amazonaws.com', 'CreateTags', 'eu-west-1', '203.0.113.9'];
  const record = JSON.parse(recordOfConsoleRow(row));
  expect(summarize(record)).toBe('alice created tags in eu-west-1 from 203.0.113.9, ok');
  expect(noteOfOrigin(record)).toBe('console CSV: no requestParameters');
  expect(noteOfOrigin({})).toBe('');
});

const INSIGHT = {
  eventType: 'AwsCloudTrailInsight',
  eventCategory: 'Insight',
  awsRegion: 'eu-west-1',
  insightDetails: {
    state: 'Start',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    insightType: 'ApiCallRateInsight',
    insightContext: { statistics: { baseline: { average: 0.1 }, insight: { average: 12.5 } } },
  },
};

test('Insights events have a name and a sentence', () => {
  expect(insightName(INSIGHT)).toBe('Insight Start: ApiCallRateInsight RunInstances');
  expect(summarize(INSIGHT)).toBe(
    'CloudTrail Insights: unusual call rate of RunInstances on ec2 began in eu-west-1: 13 a minute, usually 0.1 (125 times as many)',
  );
  expect(insightName({ eventName: 'RunInstances' })).toBe('');
  expect(insightName({ eventCategory: 'Insight' })).toBe('Insight');
});

test('every value gives a sentence without undefined', () => {
  const record = fc.record(
    Object.fromEntries(
      [
        'userIdentity',
        'eventName',
        'eventSource',
        'awsRegion',
        'sourceIPAddress',
        'requestParameters',
        'responseElements',
        'errorCode',
        'additionalEventData',
        'insightDetails',
      ].map((key) => [
        key,
        fc.oneof(
          fc.jsonValue(),
          fc.constantFrom('RunInstances', 'ConsoleLogin', 'OpenTunnel', 'ModifySnapshotAttribute'),
        ),
      ]),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(record, (value) => {
      fc.pre(!JSON.stringify(value).includes('undefined'));
      expect(summarize(value)).not.toMatch(/undefined|\[object|NaN(?!")/);
    }),
  );
});
