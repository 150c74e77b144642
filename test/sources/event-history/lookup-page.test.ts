import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, test } from 'vitest';
import type { Access } from '../../../src/sources/aws/access.ts';
import { type Fault, FaultError } from '../../../src/sources/aws/fault.ts';
import { createLookupClient, type LookupRequest, PAGE_SIZE } from '../../../src/sources/event-history/lookup-page.ts';
import { createPageBatches } from '../../../src/sources/event-history/page-batches.ts';
import { type CloudTrailServer, startCloudTrailServer } from '../../helpers/cloudtrail-server/server.ts';
import { recordWith, unpack } from '../log-files/read.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const NOW = Date.parse('2026-05-20T12:00:00Z');
const DAY = 86_400_000;

function accessTo(url: string, requestTimeout = 5000): Access {
  const requestHandler = new NodeHttpHandler({ requestTimeout, throwOnRequestTimeout: true });
  closing.push(() => requestHandler.destroy());
  const credentials = async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' });
  return {
    profile: 'prod',
    label: 'prod',
    region: REGION,
    partition: 'aws',
    env: {},
    fingerprint: 'f',
    credentials,
    endpoint: () => url,
    requestHandler,
    caller: () => Promise.reject(new Error('not asked')),
    regions: () => Promise.reject(new Error('not asked')),
    renew() {},
    close() {},
  };
}

async function simulator(): Promise<CloudTrailServer> {
  const server = await startCloudTrailServer({ requestsPerSecond: 1000, now: () => NOW });
  closing.push(() => server.close());
  return server;
}

/** A server that says just this. */
async function saying(body: string, status = 200, headers: Record<string, string> = {}): Promise<Access> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return accessTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const LAST_DAY: LookupRequest = { from: NOW - DAY, to: NOW, attribute: null, isInsights: false, nextToken: null };

async function faultIn(promise: Promise<unknown>): Promise<Fault> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FaultError)) throw new Error(`no fault but ${String(error)}`);
  return error.fault;
}

function recordAt(time: number, parts: Readonly<Record<string, unknown>> = {}) {
  return recordWith({ eventTime: new Date(time).toISOString().replace('.000Z', 'Z'), ...parts });
}

describe('a page', () => {
  test('newest first, with what LookupEvents tells beside the record, and the token of the next', async () => {
    const server = await simulator();
    server.add(
      ACCOUNT,
      REGION,
      Array.from({ length: 60 }, (_, k) => recordAt(NOW - 3_600_000 - k * 1000)),
    );
    const client = createLookupClient(accessTo(server.url), REGION);
    const first = await client.page(LAST_DAY);
    expect(first.events).toHaveLength(PAGE_SIZE);
    expect([first.newest, first.oldest]).toEqual([NOW - 3_600_000, NOW - 3_649_000]);
    expect(first.events[0]).toMatchObject({
      eventTime: NOW - 3_600_000,
      eventName: 'TerminateInstances',
      eventSource: 'ec2.amazonaws.com',
      username: 'alice',
      readOnly: 'false',
      accessKeyId: 'ASIAEXAMPLE000000001',
      resources: [{ type: 'AWS::EC2::Instance', name: 'i-0ab12cd34ef567890' }],
    });
    expect(JSON.parse(first.events[0]?.record ?? '')).toMatchObject({ eventID: first.events[0]?.eventId });
    const second = await client.page({ ...LAST_DAY, nextToken: first.nextToken });
    expect(second.events).toHaveLength(10);
    expect(second.nextToken).toBeNull();
    expect(server.requests.map(({ parameters }) => parameters.MaxResults)).toEqual([50, 50]);
  });

  test('the one condition goes along, Insights are asked for as such', async () => {
    const server = await simulator();
    server.add(ACCOUNT, REGION, [
      recordAt(NOW - 60_000),
      recordAt(NOW - 120_000, { eventName: 'RunInstances' }),
      recordAt(NOW - 180_000, { eventName: 'runinstances' }),
    ]);
    const client = createLookupClient(accessTo(server.url), REGION);
    const page = await client.page({ ...LAST_DAY, attribute: { key: 'EventName', value: 'RunInstances' } });
    expect(page.events.map(({ eventName }) => eventName)).toEqual(['RunInstances']);
    const insights = await client.page({ ...LAST_DAY, isInsights: true });
    expect(insights).toEqual({ events: [], nextToken: null, newest: null, oldest: null, date: expect.any(Number) });
    expect(server.requests.at(-1)?.parameters).toMatchObject({ EventCategory: 'insight' });
  });

  test('an empty page with a token is a page', async () => {
    const server = await simulator();
    server.add(ACCOUNT, REGION, [recordAt(NOW - 60_000)]);
    server.fail({ fault: { kind: 'empty-page' }, times: 1 });
    const client = createLookupClient(accessTo(server.url), REGION);
    const empty = await client.page(LAST_DAY);
    expect(empty.events).toEqual([]);
    expect(empty.nextToken).not.toBeNull();
    expect((await client.page({ ...LAST_DAY, nextToken: empty.nextToken })).events).toHaveLength(1);
  });

  test('the request says who asks, and asks once', async () => {
    const seen: { agent: string; attempt: string }[] = [];
    const server = createServer((request, response) => {
      const header = (name: string) => String(request.headers[name] ?? '');
      seen.push({ agent: header('user-agent'), attempt: header('amz-sdk-request') });
      request.resume();
      request.on('end', () => response.writeHead(500).end('{"__type":"InternalFailure"}'));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const access = accessTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect((await faultIn(createLookupClient(access, REGION).page(LAST_DAY))).kind).toBe('transient');
    expect(seen).toEqual([{ agent: expect.stringContaining('app/trailx'), attempt: 'attempt=1; max=1' }]);
  });
});

describe('odd answers', () => {
  test.for([
    ['no body', ''],
    ['no list', '{}'],
    ['null', '{"Events":null}'],
  ])('200 with %s is not "no events"', async ([, body]) => {
    const fault = await faultIn(createLookupClient(await saying(body as string), REGION).page(LAST_DAY));
    expect(fault).toMatchObject({ kind: 'transient', name: 'EmptyAnswer' });
    expect(fault.message).toBe('prod, eu-west-1: the answer of AWS is empty');
  });

  test.for(['null', '[]', '7', '{"Events":7}', '{"Events":[{"EventTime":"yesterday"}]}'])(
    '200 with JSON that is not of AWS: %s',
    async (body) => {
      const page = createLookupClient(await saying(body), REGION).page(LAST_DAY);
      expect((await faultIn(page)).kind).toBe('transient');
    },
  );

  test('200 that breaks off', async () => {
    const server = await simulator();
    server.add(ACCOUNT, REGION, [recordAt(NOW - 60_000)]);
    server.fail({ fault: { kind: 'truncated' }, times: 1 });
    const client = createLookupClient(accessTo(server.url), REGION);
    expect(await faultIn(client.page(LAST_DAY))).toMatchObject({ kind: 'transient', name: 'SyntaxError' });
    expect((await client.page(LAST_DAY)).events).toHaveLength(1);
  });

  test.for(['reset', 'short', 'hang'] as const)('%s is worth another try', async (kind) => {
    const server = await simulator();
    server.add(ACCOUNT, REGION, [recordAt(NOW - 60_000)]);
    server.fail({ fault: { kind }, times: 1 });
    const client = createLookupClient(accessTo(server.url, 200), REGION);
    expect((await faultIn(client.page(LAST_DAY))).kind).toBe('transient');
    expect((await client.page(LAST_DAY)).events).toHaveLength(1);
  });

  test('given up by the person', async () => {
    const server = await simulator();
    server.fail({ fault: { kind: 'hang' } });
    const stop = new AbortController();
    const page = createLookupClient(accessTo(server.url), REGION).page(LAST_DAY, stop.signal);
    setTimeout(() => stop.abort(), 30);
    expect((await faultIn(page)).kind).toBe('cancelled');
  });

  test('members that are absent, null or of another type', async () => {
    const time = (NOW - 60_000) / 1000;
    const record = JSON.stringify(recordAt(NOW - 60_000, { eventID: 'e-1' }));
    const body = JSON.stringify({
      Events: [
        { CloudTrailEvent: record },
        { EventTime: time, EventId: 'e-2', Username: null, Resources: null, ReadOnly: null, AccessKeyId: null },
        { EventTime: time, EventId: 'e-3', Resources: [null, {}, { ResourceName: null }, { ResourceName: 'n' }] },
        {},
      ],
      NextToken: '',
      Unknown: 1,
    });
    const page = await createLookupClient(await saying(body), REGION).page(LAST_DAY);
    expect(page.events.map(({ eventId }) => eventId)).toEqual(['e-1', 'e-2', 'e-3', '']);
    expect(page.events.map(({ eventTime }) => eventTime)).toEqual([NOW - 60_000, NOW - 60_000, NOW - 60_000, null]);
    expect(page.events[2]?.resources).toEqual([{ type: '', name: 'n' }]);
    expect(page.nextToken).toBeNull();
    const [batch] = createPageBatches().toBatches(page.events, 7, 0);
    expect(batch?.count).toBe(4);
  });
});

describe('batches', () => {
  test('cells as those of a file, filled up by what LookupEvents knows', async () => {
    const server = await simulator();
    server.add(ACCOUNT, REGION, [recordAt(NOW - 60_000), recordAt(NOW - 50_000)]);
    server.addItems(ACCOUNT, REGION, [
      {
        EventTime: (NOW - 70_000) / 1000,
        EventId: 'e-3',
        EventName: 'Custom',
        Username: 'carol',
        Resources: [
          { ResourceType: null, ResourceName: 'vol-only-the-server-knows' },
          { ResourceType: 'AWS::EC2::Instance', ResourceName: 'i-0ab12cd34ef567890' },
        ],
        CloudTrailEvent: JSON.stringify(
          recordAt(NOW - 70_000, {
            eventID: 'e-3',
            eventName: 'Custom',
            userIdentity: { invokedBy: 'x.amazonaws.com' },
          }),
        ),
      },
    ]);
    const page = await createLookupClient(accessTo(server.url), REGION).page(LAST_DAY);
    const batches = createPageBatches().toBatches(page.events, 7, 100);
    expect(batches.map(({ origin }) => origin)).toEqual([7]);
    expect([...(batches[0]?.sequence ?? [])]).toEqual([100, 101, 102]);
    const { rows, times, records } = unpack(batches);
    expect(times).toEqual([NOW - 70_000, NOW - 60_000, NOW - 50_000]);
    expect(records[2]).toBe(page.events[0]?.record);
    expect(rows[2]).toMatchObject({ user: 'alice', resource: 'i-0ab12cd34ef567890' });
    expect(rows[0]).toMatchObject({
      user: 'carol',
      who: 'x.amazonaws.com',
      resource: 'i-0ab12cd34ef567890\u001fvol-only-the-server-knows',
    });
  });

  test('an event whose record cannot be read keeps all that is known', async () => {
    const item = {
      EventTime: (NOW - 60_000) / 1000,
      EventId: 'e-1',
      EventName: 'DeleteTrail',
      EventSource: 'cloudtrail.amazonaws.com',
      ReadOnly: 'false',
      AccessKeyId: 'AKIAEXAMPLE000000002',
      Username: 'mallory',
      Resources: [{ ResourceType: 'AWS::CloudTrail::Trail', ResourceName: 'main' }],
    };
    const texts = [
      undefined,
      '',
      'not JSON',
      '{"eventName":"Del',
      '[]',
      '"text"',
      '{}',
      '{"eventSource":"aws:s3","eventTime":1}',
    ];
    const server = await simulator();
    server.addItems(
      ACCOUNT,
      REGION,
      texts.map((CloudTrailEvent) => ({ ...item, CloudTrailEvent })),
    );
    const page = await createLookupClient(accessTo(server.url), REGION).page(LAST_DAY);
    const { rows, times, records } = unpack(createPageBatches().toBatches(page.events, 1, 0));
    expect(rows).toHaveLength(texts.length);
    expect(new Set(times)).toEqual(new Set([NOW - 60_000]));
    for (const row of rows) {
      expect(row).toMatchObject({
        name: 'DeleteTrail',
        source: 'cloudtrail.amazonaws.com',
        user: 'mallory',
        who: 'mallory',
        key: 'AKIAEXAMPLE000000002',
        readOnly: 'false',
        resource: 'main',
      });
    }
    const made = records.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(made.every(({ eventID }) => eventID === 'e-1')).toBe(true);
    const kept = made.map(({ CloudTrailEvent }) => CloudTrailEvent ?? '');
    expect(kept.sort()).toEqual(texts.map((text) => text ?? '').sort());
    expect(made[0]?.additionalEventData).toEqual({ note: expect.stringContaining('CloudTrailEvent was') });
  });

  test('events without an id are known by what they say', async () => {
    const server = await simulator();
    const item = { EventTime: NOW / 1000 - 60, EventSource: 'x.amazonaws.com' };
    const names = ['One', 'Two', 'Three'];
    server.addItems(
      ACCOUNT,
      REGION,
      names.map((EventName) => ({ ...item, EventName })),
    );
    const client = createLookupClient(accessTo(server.url), REGION);
    const pages = createPageBatches();
    const read = async () => unpack(pages.toBatches((await client.page(LAST_DAY)).events, 1, 0)).identities;
    const identities = await read();
    expect(new Set(identities).size).toBe(3);
    expect(await read()).toEqual(identities);
  });

  test('50 records of 256 KB are several batches and lose nothing', async () => {
    const server = await simulator();
    server.add(
      ACCOUNT,
      REGION,
      Array.from({ length: 50 }, (_, k) => recordAt(NOW - 60_000 - k * 1000)),
    );
    server.fail({ fault: { kind: 'padded', bytes: 256 * 1024 } });
    const page = await createLookupClient(accessTo(server.url), REGION).page(LAST_DAY);
    const pages = createPageBatches();
    const batches = pages.toBatches(page.events, 1, 0);
    expect(batches.length).toBeGreaterThan(1);
    const { records, rows } = unpack(batches);
    expect(records.toReversed()).toEqual(page.events.map(({ record }) => record));
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['TerminateInstances']));
    expect(pages.toBatches([], 1, 50)).toEqual([]);
  });

  test('a small page does not hold a large buffer', async () => {
    const server = await simulator();
    server.add(ACCOUNT, REGION, [recordAt(NOW - 60_000)]);
    const page = await createLookupClient(accessTo(server.url), REGION).page(LAST_DAY);
    for (const { records } of createPageBatches().toBatches(page.events, 1, 0)) {
      expect((records as Uint8Array).buffer.byteLength).toBeLessThan(4000);
    }
  });
});
