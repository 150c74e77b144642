import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BatchBuilder } from '../../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../../src/sources/log-files/record-reader.ts';
import { RecordStream } from '../../../src/sources/log-files/record-stream.ts';
import { readAll, readHere, recordWith, unpack } from './read.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailx-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(content: string | Buffer, name = `file-${files++}.json`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const a = recordWith();
const b = recordWith({ eventName: 'RunInstances' });
const compact = [a, b].map((record) => JSON.stringify(record));
const lookupItem = (record: unknown) => ({
  EventId: 'x',
  EventName: 'y',
  ReadOnly: 'false',
  EventTime: 1779199331,
  Username: 'alice',
  Resources: [],
  CloudTrailEvent: JSON.stringify(record),
});
const envelope = (record: unknown) => ({
  version: '0',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.ec2',
  detail: record,
});

const SHAPES: readonly (readonly [string, string])[] = [
  ['a log file on one line', JSON.stringify({ Records: [a, b] })],
  ['a log file, pretty', JSON.stringify({ Records: [a, b] }, null, 2)],
  ['a log file with members before and after its list', JSON.stringify({ version: 1, Records: [a, b], next: null })],
  ['a bare array', JSON.stringify([a, b])],
  ['NDJSON', compact.join('\n')],
  ['NDJSON with CRLF and empty lines', `\r\n${compact.join('\r\n\r\n')}\r\n`],
  ['concatenated objects', compact.join('')],
  ['concatenated pretty objects', [a, b].map((record) => JSON.stringify(record, null, 4)).join('\n')],
  ['NDJSON of whole log files', [a, b].map((record) => JSON.stringify({ Records: [record] })).join('\n')],
  ['a LookupEvents response of the CLI', JSON.stringify({ Events: [a, b].map(lookupItem), NextToken: 'x' }, null, 4)],
  [
    'a LookupEvents response of the SDK',
    JSON.stringify({ $metadata: { httpStatusCode: 200, attempts: 1 }, Events: [a, b].map(lookupItem) }),
  ],
  ['NDJSON of LookupEvents items', [a, b].map((record) => JSON.stringify(lookupItem(record))).join('\n')],
  ['EventBridge envelopes', [a, b].map((record) => JSON.stringify(envelope(record))).join('\n')],
  ['text under _raw', [a, b].map((record) => JSON.stringify({ _raw: JSON.stringify(record), host: 'h' })).join('\n')],
  ['text under message', JSON.stringify([a, b].map((record) => ({ message: JSON.stringify(record) })))],
  ['a byte order mark', `\ufeff${JSON.stringify({ Records: [a, b] })}`],
  ['NUL padding at the end', `${JSON.stringify({ Records: [a, b] })}\0\0\0\0`],
];

describe('every shape gives the records as they went in', () => {
  test.each(SHAPES)('%s', async (_, text) => {
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const { records, problems } = await readHere([write(bytes)]);
      expect(records).toEqual(compact);
      expect(problems).toEqual([]);
    }
  });

  test('two gzip members in one file', async () => {
    const members = [gzipSync(`${compact[0]}\n`), gzipSync(`${compact[1]}\n`)];
    const { records } = await readHere([write(Buffer.concat(members))]);
    expect(records).toEqual(compact);
  });

  test('all of them at once, through the threads', async () => {
    const paths = SHAPES.map(([, text], k) => write(k % 2 === 0 ? text : gzipSync(text)));
    const { records, report } = await readAll({ paths });
    expect(records).toEqual(SHAPES.flatMap(() => compact));
    expect(report).toMatchObject({ problems: [], filesDone: SHAPES.length, events: records.length });
  });

  test.each([1, 2])('a byte order mark torn after byte %i', (size) => {
    const builder = new BatchBuilder();
    const stream = new RecordStream(new RecordReader(builder));
    const bytes = Buffer.from(`\uFEFF${compact[0]}`);
    stream.push(bytes.subarray(0, size), false);
    stream.push(bytes.subarray(size), true);
    expect(unpack([builder.take()]).records).toEqual([compact[0]]);
    expect(stream.broken).toBe(0);
  });

  test('the same whatever the chunks are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHAPES), fc.array(fc.integer({ min: 1, max: 700 })), ([, text], sizes) => {
        const builder = new BatchBuilder();
        const stream = new RecordStream(new RecordReader(builder));
        const bytes = Buffer.from(text);
        let at = 0;
        for (const size of sizes) {
          if (at + size >= bytes.length) break;
          stream.push(bytes.subarray(at, at + size), false);
          at += size;
        }
        stream.push(bytes.subarray(at), true);
        expect(unpack([builder.take()]).records).toEqual(compact);
        expect(stream.broken).toBe(0);
        expect(stream.isTruncated).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

test('spelling is kept: numbers, order, doubled and odd keys, unicode, unknown fields', async () => {
  const odd =
    '{"eventTime":"2026-05-19T14:02:11Z","eventName":"X","n":1.688560107857E9,"big":123456789012345678901234567890,' +
    '"__proto__":{"a":1},"constructor":null,"dup":1,"dup":2,"10":1,"2":2,"u":"\\u00e9é\ud83d\ude00","e":"\\/","neg":-0.0}';
  const { records } = await readHere([write(`{"Records":[ ${odd.replaceAll(',"', ' ,\n\t"')} ]}`)]);
  expect(records).toEqual([odd]);
});

test('one event by eventID, account, time and name; without eventID none is the same as another', async () => {
  const { identities } = await readHere([
    write(
      [
        a,
        a,
        { ...a, eventName: 'Other' },
        { ...a, recipientAccountId: '444455556666' },
        { ...a, eventTime: '2026-05-19T14:02:12Z' },
      ]
        .map((record) => JSON.stringify(record))
        .join('\n'),
    ),
    write(
      [recordWith({ eventID: undefined }), recordWith({ eventID: undefined })].map((r) => JSON.stringify(r)).join('\n'),
    ),
  ]);
  expect(new Set(identities.slice(0, 5)).size).toBe(4);
  expect(identities[0]).toBe(identities[1]);
  expect(identities.slice(5)).toEqual(['0,0', '0,0']);
});

test('what is no event is passed over and counted', async () => {
  const digest = { awsAccountId: '111122223333', digestStartTime: '2026-05-19T13:00:00Z', logFiles: [] };
  const s3 = {
    Records: [{ eventVersion: '2.5', eventSource: 'aws:s3', eventTime: 'x', eventName: 'ObjectCreated:Put', s3: {} }],
  };
  const sns = { Type: 'Notification', MessageId: 'm', Message: JSON.stringify(s3) };
  const bridge = { 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'b' } } };
  const values = [digest, s3, sns, bridge, { a: 1 }];
  const { records, report } = await readAll({ paths: values.map((value) => write(JSON.stringify(value))) });
  expect(records).toEqual([]);
  expect(report.problems).toEqual([]);
  expect(report.passedOver).toEqual({ digests: 1, notifications: 3, otherValues: 1, otherFiles: 0 });
});

test('aggregated events have a name, a time and an account of their own', async () => {
  const aggregated = (dimension: string, ...names: readonly string[]) => ({
    eventVersion: '1.0',
    accountId: '111122223333',
    eventId: 'aggregated-1',
    eventCategory: 'Aggregated',
    eventType: 'AwsAggregatedEvent',
    awsRegion: 'eu-west-1',
    eventSource: 's3.amazonaws.com',
    timeWindow: { windowStart: '2026-05-19T12:00:00Z', windowEnd: '2026-05-19T12:05:00Z', windowSize: 'PT5M' },
    summary: { primaryDimension: { dimension, statistics: names.map((name) => ({ name, value: 1 })) }, details: [] },
  });
  const records = [
    aggregated('eventName', 'GetObject'),
    aggregated('resourceARN', 'a', 'b'),
    { ...aggregated(''), timeWindow: 7 },
  ];
  const { rows, times } = await readHere([write(JSON.stringify({ Records: records }))]);
  expect(rows.map(({ name }) => name)).toEqual(['Aggregated: GetObject', 'Aggregated by resourceARN', 'Aggregated']);
  expect(times).toEqual([Date.UTC(2026, 4, 19, 12, 5), Date.UTC(2026, 4, 19, 12, 5), Number.NaN]);
  expect(rows.map(({ account }) => account)).toEqual(Array(3).fill('111122223333'));
});

test('Insight events have a name of their own', async () => {
  const insight = {
    eventVersion: '1.07',
    eventTime: '2026-05-19T14:02:00Z',
    awsRegion: 'eu-west-1',
    eventID: 'i-1',
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: '111122223333',
    insightDetails: {
      state: 'Start',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      insightType: 'ApiCallRateInsight',
    },
    eventCategory: 'Insight',
  };
  const named = { ...insight, eventName: 'RunInstances', insightDetails: { state: 'End' } };
  const { rows } = await readHere([write(JSON.stringify({ Records: [insight, named] }))]);
  expect(rows.map(({ name }) => name)).toEqual([
    'Insight Start: ApiCallRateInsight RunInstances',
    // Where the record has an eventName of its own, it is no call either.
    'Insight End: RunInstances',
  ]);
  expect(rows[0]?.category).toBe('Insight');
});

test('cells of the columns', async () => {
  const { rows, times } = await readHere([
    write(JSON.stringify({ ...a, eventName: 'SendSSHPublicKey ', errorCode: 'Client.X', errorMessage: 'no "way"\n' })),
  ]);
  expect(times).toEqual([Date.UTC(2026, 4, 19, 14, 2, 11)]);
  expect(rows[0]).toMatchObject({
    name: 'SendSSHPublicKey',
    source: 'ec2.amazonaws.com',
    who: 'Admin/alice',
    role: 'Admin',
    session: 'alice',
    account: '111122223333',
    key: 'ASIAEXAMPLE000000001',
    ip: '203.0.113.9',
    error: 'Client.X',
    message: 'no "way"\n',
    readOnly: 'false',
    region: 'eu-west-1',
  });
  expect(rows[0]?.resource).toContain('i-0ab12cd34ef567890');
});

test('a console CSV: rows with line breaks and quotes, no requestParameters', async () => {
  const header =
    'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category';
  const row =
    'alice,,2026-05-19T14:02:11Z,ec2.amazonaws.com,StopInstances,eu-west-1,203.0.113.9,"agent ""x"",\nline",,"[{""resourceType"":""AWS::EC2::Instance"",""resourceName"":""i-0ab12cd34ef567890""}]",r-1,e-1,false,AwsApiCall,111122223333,Management';
  const { records, rows, problems } = await readHere([write(`${header}\n${row}\n`, 'event_history.csv')]);
  expect(problems).toEqual([]);
  expect(records).toHaveLength(1);
  expect(JSON.parse(records[0] as string)).not.toHaveProperty('requestParameters');
  expect(rows[0]).toMatchObject({ name: 'StopInstances', user: 'alice', agent: 'agent "x",\nline', readOnly: 'false' });
  expect(rows[0]?.resource).toContain('i-0ab12cd34ef567890');
});

test('an address is found in what a tool has put in its place; a list of facts without one is none', async () => {
  const enriched = { ...a, sourceIPAddress: { asn: { number: 64500 } } };
  const named = { ...a, sourceIPAddress: { asn: { number: 64500 }, ipaddress: '203.0.113.77' } };
  const { rows } = await readHere([write(JSON.stringify({ Records: [enriched, named, { ...a, eventID: 'other' }] }))]);
  expect(rows.map(({ ip }) => ip)).toEqual(['', '203.0.113.77', a.sourceIPAddress]);
});
