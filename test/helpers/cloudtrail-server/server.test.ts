// Through the real SDK over real HTTP, as everything else meets the server.

import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import {
  CloudTrailClient,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, test } from 'vitest';
import { eventId, madeUpRecords } from './records.ts';
import { type CloudTrailServer, type ServerOptions, startCloudTrailServer } from './server.ts';

const ACCOUNT = '111122223333';
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
const DAY = 24 * 3600_000;

const ended: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function start(options: ServerOptions = {}): Promise<CloudTrailServer> {
  const server = await startCloudTrailServer({ requestsPerSecond: 1000, ...options });
  ended.push(() => server.close());
  return server;
}

type ClientOptions = { readonly region?: string; readonly maxAttempts?: number; readonly credentials?: typeof KEYS };

function config(server: CloudTrailServer, options: ClientOptions) {
  return {
    endpoint: server.url,
    region: 'us-east-1',
    credentials: KEYS,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ requestTimeout: 500, throwOnRequestTimeout: true }),
    ...options,
  };
}

function cloudTrail(server: CloudTrailServer, options: ClientOptions = {}): CloudTrailClient {
  const client = new CloudTrailClient(config(server, options));
  ended.push(() => client.destroy());
  return client;
}

function lookUp(client: CloudTrailClient, input: LookupEventsCommandInput = {}) {
  return client.send(new LookupEventsCommand(input));
}

async function allIds(client: CloudTrailClient, input: LookupEventsCommandInput = {}): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of paginateLookupEvents({ client }, input))
    ids.push(...(page.Events ?? []).map(({ EventId }) => EventId as string));
  return ids;
}

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => eventId(from + index));

describe('LookupEvents', () => {
  test('pages give every event once, newest first', async () => {
    const server = await start();
    server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 333, newest: Date.now(), stepMs: 100 }));
    const found = await allIds(cloudTrail(server));
    expect(found).toHaveLength(333);
    expect([...found].sort()).toEqual(ids(333));
    expect(server.requests).toHaveLength(7);
  });

  test('an event is listed with the members that it has, in the types that AWS uses', async () => {
    const server = await start();
    const newest = Math.floor(Date.now() / 1000) * 1000;
    server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 1, newest }));
    server.add(ACCOUNT, 'us-east-1', [
      {
        eventTime: new Date(newest - 1000).toISOString(),
        eventName: 'CreateTags',
        eventID: 'bare',
        userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
        requestParameters: { resourcesSet: { items: [{ resourceId: 'vol-1' }] } },
      },
    ]);
    const { Events: [full, bare] = [] } = await lookUp(cloudTrail(server));
    expect(full).toMatchObject({
      EventId: eventId(0),
      EventTime: new Date(newest),
      ReadOnly: 'true',
      Username: 'user-0',
      AccessKeyId: 'AKIAEXAMPLE0',
      Resources: [{ ResourceType: 'AWS::EC2::Instance', ResourceName: 'i-00000000000000000' }],
    });
    expect(JSON.parse(full?.CloudTrailEvent ?? '')).toMatchObject({ readOnly: true });
    expect(Object.keys(bare ?? {}).sort()).toEqual([
      'CloudTrailEvent',
      'EventId',
      'EventName',
      'EventTime',
      'Resources',
    ]);
    expect(bare?.Resources).toEqual([{ ResourceName: 'vol-1' }]);
  });

  test('both ends of the time range belong to it', async () => {
    const server = await start();
    const newest = Math.floor(Date.now() / 1000) * 1000;
    server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 20, newest }));
    const range = { StartTime: new Date(newest - 9000), EndTime: new Date(newest - 5000) };
    expect(await allIds(cloudTrail(server), range)).toEqual(ids(5, 5));
  });

  test.each([
    ['EventId', eventId(13), 1],
    ['EventName', 'RunInstances', 40],
    ['ReadOnly', 'false', 80],
    ['Username', 'user-3', 29],
    ['ResourceType', 'AWS::EC2::Instance', 200],
    ['ResourceName', 'i-00000000000000042', 2],
    ['EventSource', 'iam.amazonaws.com', 80],
    ['AccessKeyId', 'AKIAEXAMPLE4', 40],
    ['EventName', 'runinstances', 0],
    ['EventName', 'RunInst', 0],
  ] as const)('looks up by %s = %s', async (AttributeKey, AttributeValue, count) => {
    const server = await start();
    server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 200, newest: Date.now() }));
    const attributes = { LookupAttributes: [{ AttributeKey, AttributeValue }] };
    expect(await allIds(cloudTrail(server), attributes)).toHaveLength(count);
  });

  test('keeps accounts and Regions apart, data events out, and 90 days', async () => {
    const server = await start();
    const newest = Date.now();
    server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 3, newest, stepMs: 40 * DAY }));
    server.add(ACCOUNT, 'eu-west-1', madeUpRecords({ count: 2, newest, prefix: 'w' }));
    server.add('444455556666', 'us-east-1', madeUpRecords({ count: 1, newest, prefix: 'd' }));
    const [data] = madeUpRecords({ count: 1, newest, prefix: 'x' });
    expect(server.add(ACCOUNT, 'us-east-1', [{ ...JSON.parse(data as string), eventCategory: 'Data' }])).toBe(0);
    expect(await allIds(cloudTrail(server))).toEqual(ids(3));
    expect(await allIds(cloudTrail(server, { region: 'eu-west-1' }))).toEqual(['w0000000', 'w0000001']);
    const other = { ...KEYS, accessKeyId: 'AKIAI44QH8DHBEXAMPLE' };
    expect(await allIds(cloudTrail(server, { credentials: other }))).toEqual(['d0000000']);
  });

  test('Insights events come with EventCategory=insight only', async () => {
    const server = await start();
    const [plain] = madeUpRecords({ count: 1, newest: Date.now() });
    const insight = {
      ...JSON.parse(plain as string),
      eventID: 'i',
      eventCategory: 'Insight',
      managementEvent: undefined,
    };
    server.add(ACCOUNT, 'us-east-1', [plain, insight]);
    expect(await allIds(cloudTrail(server))).toEqual([eventId(0)]);
    expect(await allIds(cloudTrail(server), { EventCategory: 'insight' })).toEqual(['i']);
  });

  test('an event is not there before it arrives', async () => {
    let now = Date.now();
    const server = await start({ now: () => now });
    server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 2, newest: now }), { arrivesAt: (time) => time + 60_000 });
    const client = cloudTrail(server);
    expect(await allIds(client)).toEqual([]);
    now += 61_000;
    expect(await allIds(client)).toEqual(ids(2));
    now += 91 * DAY;
    expect(await allIds(client)).toEqual([]);
  });

  test('a token holds for the same parameters and some time', async () => {
    let now = Date.now();
    const server = await start({ now: () => now, tokenLifeMs: 60_000 });
    server.add(ACCOUNT, 'us-east-1', madeUpRecords({ count: 120, newest: now }));
    const client = cloudTrail(server);
    const { NextToken } = await lookUp(client);
    expect((await lookUp(client, { NextToken })).Events?.[0]?.EventId).toBe(eventId(50));
    const wrong = { name: 'InvalidNextTokenException' };
    await expect(lookUp(client, { NextToken, EndTime: new Date(now) })).rejects.toMatchObject(wrong);
    await expect(lookUp(client, { NextToken, MaxResults: 10 })).rejects.toMatchObject(wrong);
    await expect(lookUp(cloudTrail(server, { region: 'eu-west-1' }), { NextToken })).rejects.toMatchObject(wrong);
    await expect(lookUp(client, { NextToken: 'made up' })).rejects.toMatchObject(wrong);
    now += 61_000;
    await expect(lookUp(client, { NextToken })).rejects.toMatchObject(wrong);
  });

  test.each([
    ['InvalidEventCategoryException', { EventCategory: 'data' }],
    ['InvalidMaxResultsException', { MaxResults: 51 }],
    ['InvalidTimeRangeException', { StartTime: new Date(2000), EndTime: new Date(1000) }],
    ['InvalidLookupAttributesException', { LookupAttributes: [{ AttributeKey: 'Region', AttributeValue: 'x' }] }],
    ['InvalidLookupAttributesException', { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: '' }] }],
    [
      'InvalidLookupAttributesException',
      {
        LookupAttributes: [
          { AttributeKey: 'EventName', AttributeValue: 'x' },
          { AttributeKey: 'ReadOnly', AttributeValue: 'true' },
        ],
      },
    ],
  ])('%s for %j', async (name, input) => {
    const server = await start();
    await expect(lookUp(cloudTrail(server), input as LookupEventsCommandInput)).rejects.toMatchObject({ name });
  });

  test('the third request within a second is throttled, in this Region alone', async () => {
    const server = await start({ requestsPerSecond: 2 });
    const client = cloudTrail(server);
    await lookUp(client);
    await lookUp(client);
    await expect(lookUp(client)).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    await lookUp(cloudTrail(server, { region: 'eu-west-1' }));
    expect(server.peakRate(ACCOUNT, 'us-east-1')).toBe(3);
    expect(server.peakRate(ACCOUNT, 'eu-west-1')).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 510));
    await lookUp(client);
  });
});

describe('who may', () => {
  test.each([
    ['an unknown key', 'us-east-1', 'AKIANOBODYEXAMPLE', 'UnrecognizedClientException'],
    ['a Region that is not opted in', 'me-south-1', KEYS.accessKeyId, 'UnrecognizedClientException'],
    ['a Region of another partition', 'cn-north-1', KEYS.accessKeyId, 'UnrecognizedClientException'],
    ['a Region that a policy denies', 'sa-east-1', KEYS.accessKeyId, 'AccessDeniedException'],
  ])('%s', async (_, region, accessKeyId, name) => {
    const server = await start();
    server.deny(ACCOUNT, ['sa-east-1']);
    const client = cloudTrail(server, { region, credentials: { ...KEYS, accessKeyId } });
    await expect(lookUp(client)).rejects.toMatchObject({ name });
    expect(server.requests[0]).toMatchObject({ operation: 'LookupEvents', region, error: name });
  });

  test('the denial says what AWS says', async () => {
    const server = await start();
    server.deny(ACCOUNT, ['us-east-1']);
    await expect(lookUp(cloudTrail(server))).rejects.toThrow(
      'User: arn:aws:iam::111122223333:user/prod-reader is not authorized to perform: cloudtrail:LookupEvents with an ' +
        'explicit deny in a service control policy',
    );
  });

  test('a clock ten minutes off: the SDK learns the time and tries again', async () => {
    const server = await start({ clockSkewMs: 600_000 });
    await expect(lookUp(cloudTrail(server, { maxAttempts: 2 }))).resolves.toMatchObject({ Events: [] });
    expect(server.requests.map(({ error }) => error)).toEqual(['InvalidSignatureException', null]);
  });

  test('an assumed role is let in until it expires', async () => {
    const server = await start();
    const sts = new STSClient(config(server, {}));
    ended.push(() => sts.destroy());
    const RoleArn = 'arn:aws:iam::444455556666:role/auditor';
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken,
    };
    const client = cloudTrail(server, { credentials });
    await lookUp(client);
    expect(server.requests.at(-1)?.account).toBe('444455556666');
    server.expire('444455556666');
    await expect(lookUp(client)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
    server.heal();
    await lookUp(client);
  });
});

describe('what surrounds it', () => {
  test('GetCallerIdentity, and its errors by the names that STS has for them', async () => {
    const server = await start();
    const sts = new STSClient(config(server, {}));
    const stranger = new STSClient(config(server, { credentials: { ...KEYS, accessKeyId: 'AKIANOBODYEXAMPLE' } }));
    ended.push(() => sts.destroy());
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: ACCOUNT,
      Arn: 'arn:aws:iam::111122223333:user/prod-reader',
    });
    await expect(stranger.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });

  test('a role with MFA wants the right code, a refused role none', async () => {
    const serial = 'arn:aws:iam::111122223333:mfa/phone';
    const server = await start({
      accounts: [
        {
          id: ACCOUNT,
          accessKeyId: KEYS.accessKeyId,
          roles: [
            { name: 'admin', mfa: { serial, code: '123456' } },
            { name: 'closed', isRefused: true },
          ],
        },
      ],
    });
    const sts = new STSClient(config(server, {}));
    ended.push(() => sts.destroy());
    const assume = (role: string, TokenCode?: string) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
          RoleSessionName: 'test',
          ...(TokenCode && { SerialNumber: serial, TokenCode }),
        }),
      );
    await expect(assume('admin')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume('admin', '000000')).rejects.toThrow('MultiFactorAuthentication failed');
    await expect(assume('closed')).rejects.toThrow('is not authorized to perform: sts:AssumeRole on resource');
    expect((await assume('admin', '123456')).AssumedRoleUser?.Arn).toBe(
      'arn:aws:sts::111122223333:assumed-role/admin/test',
    );
  });

  test('ListRegions comes in pages', async () => {
    const accounts = [{ id: ACCOUNT, accessKeyId: KEYS.accessKeyId, optedIn: ['me-south-1'] }];
    const server = await start({ accounts });
    const client = new AccountClient(config(server, {}));
    ended.push(() => client.destroy());
    const first = await client.send(new ListRegionsCommand({ MaxResults: 20 }));
    const second = await client.send(new ListRegionsCommand({ MaxResults: 20, NextToken: first.NextToken }));
    expect(second.NextToken).toBeUndefined();
    const all = [...(first.Regions ?? []), ...(second.Regions ?? [])];
    expect(all).toHaveLength(34);
    expect(all.filter(({ RegionOptStatus }) => RegionOptStatus === 'ENABLED_BY_DEFAULT')).toHaveLength(17);
    expect(all.find(({ RegionName }) => RegionName === 'me-south-1')?.RegionOptStatus).toBe('ENABLED');
  });
});
