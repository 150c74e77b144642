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
  ['DescribeInstances', {}, `${WHO} looked at instances ${WHERE}`],
  ['ListThings', {}, `${WHO} listed things ${WHERE}`],
  ['ConfigureThing', { requestParameters: { name: 'x' } }, `${WHO} called ConfigureThing on ec2 for x ${WHERE}`],
  ['__proto__', {}, `${WHO} called __proto__ on ec2 ${WHERE}`],
  ['', {}, `${WHO} made a call on ec2 ${WHERE}`],
  ['ListVpcAttribute', {}, `${WHO} listed VPC attribute ${WHERE}`],
  [
    'DeregisterInstancesFromLoadBalancer',
    { requestParameters: { loadBalancerName: 'shop' } },
    `${WHO} deregistered instances from load balancer shop ${WHERE}`,
  ],
])('the general form: %s', (eventName, rest, sentence) => {
  expect(summarize({ ...BASE, eventName, ...rest })).toBe(sentence);
});

const SCP =
  'User: arn:aws:sts::111122223333:assumed-role/Admin/alice is not authorized to perform: ec2:TerminateInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0ab12cd34ef567890 with an explicit deny in a service control policy';
const PASS =
  'User: arn:aws:sts::111122223333:assumed-role/Admin/alice is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/web because no identity-based policy allows the iam:PassRole action';

test.each<readonly [string, object, string]>([
  [
    'denied, and by what',
    { errorCode: 'Client.UnauthorizedOperation', errorMessage: SCP },
    `; denied: explicit deny in a service control policy`,
  ],
  [
    'denied for want of another permission than that of the call',
    { errorCode: 'AccessDenied', errorMessage: PASS },
    '; denied iam:PassRole: no identity-based policy allows it',
  ],
  ['denied, and no more is stated', { errorCode: 'AccessDenied' }, '; denied'],
  [
    'an encoded reason',
    {
      errorCode: 'Client.UnauthorizedOperation',
      errorMessage: 'You are not authorized. Encoded authorization failure message: abcdefghijklmnopqrst',
    },
    '; denied: the reason is in the encoded message',
  ],
  ['another error', { errorCode: 'Client.InvalidInstanceID.NotFound' }, '; failed: InvalidInstanceID.NotFound'],
  ['an error without a code', { errorMessage: 'It went wrong' }, '; failed: It went wrong'],
])('how it ended: %s', (_, error, ending) => {
  const record = { ...BASE, eventName: 'TerminateInstances', requestParameters: instances(INSTANCE), ...error };
  expect(summarize(record)).toBe(`${WHO} tried to terminate ${INSTANCE} ${WHERE}${ending}`);
});

test('a dry run', () => {
  const record = {
    ...BASE,
    eventName: 'TerminateInstances',
    requestParameters: instances(INSTANCE),
    errorCode: 'Client.DryRunOperation',
  };
  expect(summarize(record)).toBe(
    `${WHO} tried to terminate ${INSTANCE} as a dry run ${WHERE}; it would have been allowed`,
  );
});

test('a denied call without parameters is about what the message names', () => {
  const errorMessage = PASS.replaceAll('iam:PassRole', 'iam:DeleteUser').replace(':role/web', ':user/bob');
  const record = { ...BASE, eventSource: 'iam.amazonaws.com', eventName: 'DeleteUser', requestParameters: null };
  expect(summarize({ ...record, errorCode: 'AccessDenied', errorMessage })).toBe(
    `${WHO} tried to delete user bob ${WHERE}; denied: no identity-based policy allows it`,
  );
});

test('the person behind a session, and calls that cross accounts', () => {
  const userIdentity = {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/etl-runner/nightly-etl',
    accountId: '111122223333',
  };
  const record = { ...BASE, userIdentity, eventName: 'DescribeVolumes', recipientAccountId: '444455556666' };
  expect(summarize(record, 'dave')).toBe(
    'dave (as etl-runner/nightly-etl, account 111122223333) looked at volumes in eu-west-1 of account 444455556666 from 203.0.113.9',
  );
  expect(summarize(record, 'nightly-etl')).toMatch(/^nightly-etl \(role etl-runner, account 111122223333\) looked/);
  const delegated = { ...userIdentity, invokedByDelegate: { accountId: '777788889999' } };
  expect(summarize({ ...record, userIdentity: delegated })).toMatch(
    /^nightly-etl \(role etl-runner, account 111122223333, by delegate account 777788889999\) looked/,
  );
});

test('a sentence ends with how it ended, however long the names are', () => {
  const long = 'x'.repeat(90);
  const record = {
    ...BASE,
    userIdentity: { type: 'IAMUser', userName: long, accountId: '111122223333' },
    eventName: 'AttachVolume',
    requestParameters: { volumeId: long, instanceId: long, device: long },
    errorCode: 'AccessDenied',
  };
  const sentence = summarize(record);
  expect(sentence).toHaveLength(400);
  expect(sentence).toMatch(/x…; denied$/);
});

test.each([
  [{ MFAUsed: 'Yes' }, 'Success', 'root signed in to the console with MFA in us-east-1 from 203.0.113.9'],
  [{ MFAUsed: 'No' }, 'Success', 'root signed in to the console without MFA in us-east-1 from 203.0.113.9'],
  [undefined, 'Success', 'root signed in to the console (MFA not stated) in us-east-1 from 203.0.113.9'],
  [
    { MFAUsed: 'No' },
    'Failure',
    'root tried to sign in to the console without MFA in us-east-1 from 203.0.113.9; failed',
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
  expect(by({ type: 'AWSService', invokedBy: 'backup.amazonaws.com' })).toBe('backup.amazonaws.com looked at volumes');
  expect(by({ type: 'AWSAccount', accountId: '444455556666' })).toBe('account 444455556666 looked at volumes');
  expect(
    by({ ...ALICE, invokedBy: 'cloudformation.amazonaws.com' }, { sourceIPAddress: 'cloudformation.amazonaws.com' }),
  ).toBe('alice (role Admin), through cloudformation.amazonaws.com, looked at volumes');
  expect(by(null)).toBe('somebody (not stated) looked at volumes');
  expect(by(null, { eventType: 'AwsServiceEvent' })).toBe('ec2.amazonaws.com looked at volumes');
});

test('a row of the console CSV says what it lacks', () => {
  const row = ['alice', '', '2024-08-18T11:48:43Z', 'ec2.amazonaws.com', 'CreateTags', 'eu-west-1', '203.0.113.9'];
  const record = JSON.parse(recordOfConsoleRow(row));
  expect(summarize(record)).toBe('alice tagged resources in eu-west-1 from 203.0.113.9');
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

test('a call through a VPC endpoint does not place its resource in the account of the endpoint', () => {
  const call = {
    eventCategory: 'NetworkActivity',
    eventType: 'AwsVpceEvent',
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    vpcEndpointAccountId: '111122223333',
    vpcEndpointId: 'vpce-0ab12cd34ef567890',
    userIdentity: { type: 'AWSAccount', accountId: '444455556666' },
    requestParameters: { bucketName: 'example', key: 'a' },
  };
  const endpoint = 'through the VPC endpoint vpce-0ab12cd34ef567890 of account 111122223333';
  expect(summarize(call)).toContain(`in eu-west-1 ${endpoint}`);
  expect(summarize(call)).not.toContain('eu-west-1 of account');
  expect(summarize({ ...call, vpcEndpointId: 'AWS Internal' })).not.toContain('VPC endpoint');
});

test('an Identity Center user whose name is known is called by it, and not by the id', () => {
  const userId = '9067123abc-a1b2c3d4-5678-90ab-cdef-0123456789ab';
  const userIdentity = { type: 'IdentityCenterUser', accountId: '111122223333', onBehalfOf: { userId } };
  const record = { ...BASE, userIdentity, eventName: 'ListThings' };
  expect(summarize(record)).toContain(userId);
  expect(summarize(record, 'dave')).toBe(`dave (Identity Center user, account 111122223333) listed things ${WHERE}`);
});
