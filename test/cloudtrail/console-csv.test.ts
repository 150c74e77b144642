import { expect, test } from 'vitest';
import {
  CONSOLE_CSV_COLUMNS,
  consoleRowOf,
  isFromConsoleCsv,
  recordOfConsoleRow,
} from '../../src/cloudtrail/console-csv.ts';
import { resourcesOf } from '../../src/cloudtrail/resources.ts';

const ROW = [
  'alice',
  'ASIAEXAMPLE000000001',
  '2024-08-18T11:48:43Z',
  'ec2.amazonaws.com',
  'CreateTags',
  'eu-west-1',
  '203.0.113.9',
  'aws-cli/2.17 "quoted", with, commas',
  '',
  '[{"resourceType":null,"resourceName":"vpc-01234567"}]',
  '7c0a5e0e-1111-4222-8333-444455556666',
  '0f1e2d3c-1111-4222-8333-444455556666',
  'false',
  'AwsApiCall',
  '111122223333',
  'Management',
] as const;

test('a row becomes a record in CloudTrail’s own words', () => {
  const record = JSON.parse(recordOfConsoleRow(ROW));
  expect(record).toEqual({
    userIdentity: { userName: 'alice', accessKeyId: 'ASIAEXAMPLE000000001' },
    eventTime: '2024-08-18T11:48:43Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'CreateTags',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.17 "quoted", with, commas',
    resources: [{ resourceType: null, resourceName: 'vpc-01234567' }],
    requestID: '7c0a5e0e-1111-4222-8333-444455556666',
    eventID: '0f1e2d3c-1111-4222-8333-444455556666',
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    consoleCsv: ROW,
  });
  expect(isFromConsoleCsv(record)).toBe(true);
  expect(resourcesOf(record)).toEqual(['vpc-01234567']);
});

test.each<readonly [string, readonly string[]]>([
  ['as downloaded', ROW],
  ['without anything', CONSOLE_CSV_COLUMNS.map(() => '')],
  [
    'with cells of the wrong kind',
    CONSOLE_CSV_COLUMNS.map((_, i) => (i === 9 ? '[broken' : i === 12 ? 'maybe' : `x${i}`)),
  ],
])('a row comes back cell by cell: %s', (_, row) => {
  expect(consoleRowOf(JSON.parse(recordOfConsoleRow(row)))).toEqual(row);
});

test('a row of any other record is what the console would show', () => {
  const record = {
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
      accessKeyId: 'ASIA1',
    },
    eventTime: '2026-05-20T08:00:00Z',
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-west-1',
    readOnly: true,
    resources: [
      { ARN: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b', accountId: '111122223333', type: 'AWS::KMS::Key' },
    ],
  };
  expect(consoleRowOf(record)).toEqual([
    'alice',
    'ASIA1',
    '2026-05-20T08:00:00Z',
    'kms.amazonaws.com',
    'Decrypt',
    'eu-west-1',
    '',
    '',
    '',
    '[{"resourceType":"AWS::KMS::Key","resourceName":"arn:aws:kms:eu-west-1:111122223333:key/0a1b"}]',
    '',
    '',
    'true',
    '',
    '',
    '',
  ]);
  expect(consoleRowOf({ userIdentity: { type: 'Root', userName: 'an-alias' } })[0]).toBe('root');
  expect(consoleRowOf(null)).toHaveLength(16);
});
