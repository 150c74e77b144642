// Each fault as the real SDK sees it (one attempt): what src/sources/aws has to turn into words.

import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ServerFault } from './faults.ts';
import { eventId, madeUpRecords } from './records.ts';
import { type CloudTrailServer, startCloudTrailServer } from './server.ts';

const ACCOUNT = '111122223333';
let server: CloudTrailServer;
let client: CloudTrailClient;

beforeEach(async () => {
  server = await startCloudTrailServer({ requestsPerSecond: 1000 });
  server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 120, newest: Date.now() }));
  client = new CloudTrailClient({
    endpoint: server.url,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ requestTimeout: 300, throwOnRequestTimeout: true }),
  });
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

function lookUp(NextToken?: string) {
  return client.send(new LookupEventsCommand(NextToken === undefined ? {} : { NextToken }));
}

test.each<[string, ServerFault, object]>([
  [
    'throttled',
    { kind: 'error', name: 'ThrottlingException' },
    { name: 'ThrottlingException', message: 'Rate exceeded' },
  ],
  [
    '500',
    { kind: 'error', name: 'InternalFailure', status: 500 },
    { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } },
  ],
  ['503', { kind: 'error', name: 'ServiceUnavailable', status: 503 }, { name: 'ServiceUnavailable' }],
  [
    '413',
    { kind: 'error', name: 'RequestEntityTooLargeException', status: 413 },
    { $metadata: { httpStatusCode: 413 } },
  ],
  ['a page of a proxy', { kind: 'html', status: 503 }, { name: 'SyntaxError', $metadata: { httpStatusCode: 503 } }],
  ['200 and HTML', { kind: 'html', status: 200 }, { name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }],
  ['truncated', { kind: 'truncated' }, { name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }],
  ['reset', { kind: 'reset' }, { code: 'ECONNRESET' }],
  ['hang', { kind: 'hang' }, { name: 'TimeoutError' }],
  ['short', { kind: 'short' }, { code: 'ECONNRESET' }],
  ['redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/login' }, { $metadata: { httpStatusCode: 302 } }],
])('%s', async (_, fault, seen) => {
  server.fail({ fault, times: 1 });
  await expect(lookUp()).rejects.toMatchObject(seen);
  expect(server.requests[0]).toMatchObject({ fault: fault.kind });
  expect((await lookUp()).Events).toHaveLength(50);
});

test('an empty 200 is an answer without Events', async () => {
  server.fail({ fault: { kind: 'empty' } });
  expect((await lookUp()).Events).toBeUndefined();
});

test('a slow body arrives whole', async () => {
  server.fail({ fault: { kind: 'slow', ms: 100 } });
  expect((await lookUp()).Events).toHaveLength(50);
});

test('x-amz-retry-after is on the response', async () => {
  server.fail({ fault: { kind: 'error', name: 'ServiceUnavailable', status: 503, retryAfterMs: 1500 } });
  const error = await lookUp().catch((error: unknown) => error);
  expect(error).toHaveProperty(['$response', 'headers', 'x-amz-retry-after'], '1500');
});

test('every third fails, after two, twice', async () => {
  server.fail({ every: 3, after: 2, times: 2, fault: { kind: 'error', name: 'InternalFailure', status: 500 } });
  const outcomes: string[] = [];
  for (let index = 0; index < 14; index++)
    outcomes.push(
      await lookUp().then(
        () => '.',
        () => 'x',
      ),
    );
  expect(outcomes.join('')).toBe('....x..x......');
});

test('a rule is for its account, Region and operation, and can be taken away', async () => {
  server.fail({ region: 'eu-west-1', fault: { kind: 'reset' } });
  server.fail({ account: '444455556666', fault: { kind: 'reset' } });
  server.fail({ operation: 'GetCallerIdentity', fault: { kind: 'reset' } });
  await lookUp();
  const stop = server.fail({ operation: '*', fault: { kind: 'reset' } });
  await expect(lookUp()).rejects.toMatchObject({ code: 'ECONNRESET' });
  stop();
  await lookUp();
});

test('a page can repeat the end of the one before', async () => {
  server.fail({ fault: { kind: 'repeat', events: 3 } });
  const first = await lookUp();
  expect(first.Events).toHaveLength(50);
  const second = await lookUp(first.NextToken);
  expect(second.Events?.map(({ EventId }) => EventId).slice(0, 4)).toEqual([47, 48, 49, 50].map((n) => eventId(n)));
  expect(second.Events).toHaveLength(50);
});

test('a page can be empty and go on', async () => {
  server.fail({ every: 2, fault: { kind: 'empty-page' } });
  const first = await lookUp();
  const second = await lookUp(first.NextToken);
  expect(second.Events).toEqual([]);
  expect((await lookUp(second.NextToken)).Events?.[0]?.EventId).toBe(eventId(50));
});

test('a page of the largest events', async () => {
  server.fail({ fault: { kind: 'padded', bytes: 256 * 1024 } });
  const { Events = [] } = await lookUp();
  expect(Events).toHaveLength(50);
  expect(Events.every(({ CloudTrailEvent = '' }) => CloudTrailEvent.length >= 256 * 1024)).toBe(true);
  expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toHaveProperty('eventID', eventId(0));
});

test('what no record gives can be listed word for word', async () => {
  server.addItems(ACCOUNT, 'eu-west-1', [
    { EventTime: Math.floor(Date.now() / 1000), EventId: 'odd', CloudTrailEvent: '{"not json', Resources: null },
  ]);
  const west = new CloudTrailClient({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1 });
  const { Events = [] } = await west.send(new LookupEventsCommand({}));
  west.destroy();
  expect(Events).toEqual([{ EventId: 'odd', EventTime: expect.any(Date), CloudTrailEvent: '{"not json' }]);
});
