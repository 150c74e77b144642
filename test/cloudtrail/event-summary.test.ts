import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventKindOf, hasCaller, kindLines } from '../../src/cloudtrail/event-summary.ts';
import { bytesText, minutesText, numberOf, plural, roundText } from '../../src/cloudtrail/plain-number.ts';
import { summarize } from '../../src/cloudtrail/summary.ts';
import { formatBytes } from '../../src/text/format.ts';

const said = (record: unknown) => kindLines(record).map(({ label, text }) => `${label}: ${text}`);

test.each<readonly [object, string, boolean]>([
  [{ eventType: 'AwsApiCall', eventCategory: 'Management' }, 'management', true],
  [{}, 'management', true],
  [{ eventCategory: 'Data' }, 'data', true],
  [{ eventType: 'AwsApiCall', managementEvent: false }, 'data', true],
  [{ eventType: 'AwsVpceEvent' }, 'network activity', true],
  [{ eventType: 'AwsVpceEvents' }, 'network activity', true],
  [{ eventCategory: 'NetworkActivity', managementEvent: false }, 'network activity', true],
  [{ eventCategory: 'Insight' }, 'insight', false],
  [{ eventType: 'AwsCloudTrailInsight' }, 'insight', false],
  [{ eventCategory: 'Aggregated' }, 'aggregated', false],
  [{ eventType: 'AwsServiceEvent', managementEvent: true }, 'service event', true],
  [{ eventType: 'AwsConsoleSignIn' }, 'sign-in', true],
  [{ eventSource: 'signin.amazonaws.com' }, 'sign-in', true],
])('%j is of kind %s', (record, kind, isByCaller) => {
  expect(eventKindOf(record)).toBe(kind);
  expect(hasCaller(record)).toBe(isByCaller);
});

describe('Insights events', () => {
  const average = (value: string, rate: number) => ({ value, average: rate });
  const insight = (changes: object = {}) => ({
    eventCategory: 'Insight',
    awsRegion: 'eu-west-1',
    sharedEventID: 'shared',
    insightDetails: {
      state: 'Start',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      insightType: 'ApiCallRateInsight',
      insightContext: {
        statistics: {
          baseline: { average: 0.0166666667 },
          insight: { average: 41 },
          insightDuration: 5,
          baselineDuration: 10080,
        },
        attributions: [
          {
            attribute: 'userIdentityArn',
            insight: [average('arn:aws:iam::111122223333:role/a', 40), average('arn:aws:iam::111122223333:role/b', 1)],
            baseline: [average('arn:aws:iam::111122223333:role/b', 0.0142857143)],
          },
          { attribute: 'userAgent', insight: [average('aws-cli/2', 41)], baseline: [] },
        ],
      },
      ...changes,
    },
  });

  test('tell rate, length, state and what made the difference', () => {
    expect(said(insight())).toEqual([
      'call rate: 41 a minute, usually 0.017 (2,460 times as many)',
      'lasted: 5 minutes when this was written; the End event has the whole length',
      'usual: as measured over the 7 days before',
      'state: Start: its End event has the same sharedEventID',
      'by caller: arn:aws:iam::111122223333:role/a 40 a minute (usually not among them), arn:aws:iam::111122223333:role/b 1 a minute (usually 0.014)',
      'by user agent: aws-cli/2 41 a minute (usually not among them)',
      'caller: none of its own: it is about many calls; those of its time span tell who made them',
    ]);
    expect(summarize(insight())).toBe(
      'CloudTrail Insights: unusual call rate of RunInstances on ec2 began in eu-west-1: 41 a minute, usually 0.017 (2,460 times as many)',
    );
  });

  test('of errors, and at their end', () => {
    const record = insight({ state: 'End', insightType: 'ApiErrorRateInsight', errorCode: 'AccessDenied' });
    expect(said(record)[0]).toMatch(/^error rate: 41 a minute/);
    expect(said(record)).toContain('lasted: 5 minutes');
    expect(said(record)).toContain('error: AccessDenied');
    expect(summarize(record)).toMatch(/unusual rate of AccessDenied from RunInstances on ec2 ended after 5 minutes in/);
  });

  test('with attributions beside the context, one value each, or nothing', () => {
    const attributions = [{ insight: average('x', 2), baseline: average('x', 0) }];
    const record = insight({ insightContext: { statistics: {} }, attributions });
    expect(said(record)).toContain('by: x 2 a minute (usually 0)');
    expect(said({ eventCategory: 'Insight' })).toEqual([
      'state: not stated: whether it began or ended',
      'caller: none of its own: it is about many calls; those of its time span tell who made them',
    ]);
  });
});

test('network activity: the endpoint, whose it is, and what a denial there means', () => {
  const record = {
    eventCategory: 'NetworkActivity',
    eventType: 'AwsVpceEvent',
    errorCode: 'VpceAccessDenied',
    userIdentity: { type: 'AWSAccount', accountId: '999900001111' },
    vpcEndpointId: 'vpce-0ab12cd34ef567890',
    vpcEndpointAccountId: '111122223333',
    requestParameters: null,
    responseElements: null,
  };
  expect(said(record)).toEqual([
    'endpoint: vpce-0ab12cd34ef567890 of account 111122223333',
    "caller: account 999900001111: not the endpoint's own (111122223333), so little is told of the caller",
    "denied by: the endpoint's policy: the call did not reach the service, so neither the service's own events nor the caller's account tell of it",
    'sparse: network activity events carry no answer, and parameters only where the endpoint could see them',
  ]);
  expect(said({ ...record, vpcEndpointId: 'AWS Internal' })[0]).toBe('endpoint: of AWS itself (AWS Internal)');
});

test('aggregated events are counts by a dimension', () => {
  const statistics = (...counts: readonly (readonly [string, number])[]) =>
    counts.map(([name, value]) => ({ name, value }));
  const record = {
    eventVersion: '1.0',
    eventId: 'e',
    eventCategory: 'Aggregated',
    eventType: 'AwsAggregatedEvent',
    accountId: '111122223333',
    awsRegion: 'eu-west-1',
    eventSource: 's3.amazonaws.com',
    timeWindow: { windowStart: '2026-05-19T12:00:00Z', windowEnd: '2026-05-19T12:05:00Z', windowSize: 'PT5M' },
    summary: {
      primaryDimension: { dimension: 'eventName', statistics: statistics(['PutObject', 2], ['GetObject', 1200]) },
      details: [
        {
          dimension: 'sourceIpAddress',
          statistics: statistics(['a', 5], ['b', 4], ['c', 3], ['d', 2], ['e', 1], ['f', 1]),
        },
      ],
    },
  };
  expect(summarize(record)).toBe(
    'CloudTrail counted 1,202 data events on s3 in eu-west-1 (2026-05-19T12:00:00Z to 2026-05-19T12:05:00Z), GetObject most often, 1,200',
  );
  expect(said(record)).toEqual([
    'time span: 2026-05-19T12:00:00Z to 2026-05-19T12:05:00Z',
    'by call: GetObject 1,200, PutObject 2',
    'by address: a 5, b 4, c 3, d 2, 2 others',
    'account: 111122223333',
    'about: a count of many data events; who made each is in those events, where the trail keeps them',
  ]);
  expect(summarize({ eventCategory: 'Aggregated' })).toBe('CloudTrail counted data events');
});

test('data events: bytes, encryption, resources', () => {
  const record = {
    eventCategory: 'Data',
    additionalEventData: {
      bytesTransferredIn: 0,
      bytesTransferredOut: 1572864,
      SSEApplied: 'SSE_KMS',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
    },
    resources: [
      { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::example-data/a.csv' },
      { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::example-data', accountId: '111122223333' },
    ],
  };
  expect(said(record)).toEqual([
    'transferred: 1.57 MB out',
    'encryption: at rest SSE_KMS, in transit TLS_AES_128_GCM_SHA256',
    'S3 object: arn:aws:s3:::example-data/a.csv',
    'S3 bucket: arn:aws:s3:::example-data of account 111122223333',
    'data event: not in event history: only in trails that record data events',
  ]);
});

describe('sign-ins', () => {
  const signIn = (more: object, rest: object = {}) => ({
    eventType: 'AwsConsoleSignIn',
    eventName: 'ConsoleLogin',
    userIdentity: { type: 'IAMUser', userName: 'bob' },
    additionalEventData: more,
    ...rest,
  });

  test.each<readonly [string, object, readonly string[]]>([
    [
      'MFA and where to',
      signIn({
        MFAUsed: 'Yes',
        MFAIdentifier: 'arn:aws:iam::111122223333:mfa/bob',
        LoginTo: 'https://console.aws.amazon.com/console/home',
      }),
      ['MFA: used: arn:aws:iam::111122223333:mfa/bob', 'sign-in to: https://console.aws.amazon.com/console/home'],
    ],
    ['none', signIn({ MFAUsed: 'No', MobileVersion: 'No' }), ['MFA: not used']],
    ['a mobile site, MFA not stated', signIn({ MobileVersion: 'Yes' }), ['MFA: not stated', 'mobile: the mobile site']],
    [
      'an identity provider',
      signIn({ MFAUsed: 'No', SamlProviderArn: 'arn:aws:iam::111122223333:saml-provider/idp' }),
      [
        'MFA: not asked by AWS; the identity provider may have',
        'identity provider: arn:aws:iam::111122223333:saml-provider/idp',
      ],
    ],
    [
      'a failure with its reason',
      signIn(
        { MFAUsed: 'No' },
        { errorMessage: 'Failed authentication', responseElements: { ConsoleLogin: 'Failure' } },
      ),
      ['failed: Failed authentication: wrong password, or wrong MFA code', 'MFA: not used'],
    ],
    [
      'a failure without one',
      signIn({ MFAUsed: 'No' }, { responseElements: { ConsoleLogin: 'Failure' } }),
      ['failed: for a reason that is not stated', 'MFA: not used'],
    ],
  ])('%s', (_, record, lines) => {
    expect(said(record)).toEqual(lines);
  });
});

test('service events: their details in short', () => {
  const record = {
    eventType: 'AwsServiceEvent',
    eventSource: 'ec2.amazonaws.com',
    serviceEventDetails: { instanceIdSet: ['i-1', 'i-2'], keyId: 'k', nested: { a: 1, b: {} } },
  };
  expect(said(record)).toEqual([
    'instance id set: i-1, i-2',
    'key id: k',
    'nested: a 1, b …',
    'caller: none: the service reports this by itself',
  ]);
});

test('bytes are counted as everywhere else on the screen', () => {
  for (const bytes of [0, 1, 999, 999.5, 1000, 1024, 9_995, 99_950, 1_572_864, 1.34e9, 2 ** 50, 1e19])
    expect(bytesText(bytes)).toBe(formatBytes(bytes));
});

test('numbers in words', () => {
  expect([0.0166666667, 41, 9.96, 59.67, 12345, 0].map(roundText)).toEqual(['0.017', '41', '10', '60', '12,345', '0']);
  expect([1, 512, 1024, 1572864, 5e9, 2 ** 50].map(bytesText)).toEqual([
    '1 B',
    '512 B',
    '1.02 kB',
    '1.57 MB',
    '5 GB',
    '1.13 PB',
  ]);
  expect([1, 77, 180, 10080, 1440].map(minutesText)).toEqual([
    '1 minute',
    '77 minutes',
    '3 hours',
    '7 days',
    '24 hours',
  ]);
  expect([plural(1, 'block'), plural(1234, 'block')]).toEqual(['1 block', '1,234 blocks']);
  expect(['12', '1.5', 'x', '', '1e5', null, {}, Number.NaN].map(numberOf)).toEqual([
    12,
    1.5,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

const MEMBERS = [
  'insightDetails',
  'timeWindow',
  'summary',
  'serviceEventDetails',
  'additionalEventData',
  'resources',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'vpcEndpointId',
  'errorCode',
  'errorMessage',
] as const;

test('any record of any kind has lines that say something', () => {
  const record = fc.record(
    {
      eventCategory: fc.constantFrom('Insight', 'Data', 'NetworkActivity', 'Aggregated', 'Management', 7),
      eventType: fc.constantFrom('AwsServiceEvent', 'AwsConsoleSignIn', 'AwsApiCall', null),
      ...Object.fromEntries(MEMBERS.map((key) => [key, fc.jsonValue()])),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(record, (value) => {
      for (const { label, text } of kindLines(value)) {
        expect(label).not.toBe('');
        expect(text).not.toBe('');
        expect(typeof text).toBe('string');
      }
      expect(summarize(value).length).toBeLessThanOrEqual(400);
    }),
  );
});
