import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, expect, test } from 'vitest';
import type { Access } from '../../../src/sources/aws/access.ts';
import { Renewal } from '../../../src/sources/event-history/claim.ts';
import { createClaim } from '../../../src/sources/event-history/lookup-claim.ts';
import { madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { startCloudTrailServer } from '../../helpers/cloudtrail-server/server.ts';

const ACCOUNTS: Readonly<Record<string, string>> = {
  AKIAIOSFODNN7EXAMPLE: '111122223333',
  AKIAI44QH8DHBEXAMPLE: '444455556666',
};
const [FIRST, SECOND] = Object.keys(ACCOUNTS) as [string, string];

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('keys of another account that come between the check and the signing read nothing', async () => {
  const server = await startCloudTrailServer({
    requestsPerSecond: 1000,
    accounts: Object.entries(ACCOUNTS).map(([accessKeyId, id]) => ({ accessKeyId, id })),
  });
  const requestHandler = new NodeHttpHandler();
  closing.push(
    () => requestHandler.destroy(),
    () => server.close(),
  );
  for (const account of Object.values(ACCOUNTS))
    server.add(account, 'us-east-1', madeUpRecords({ count: 3, newest: Date.now() - 60_000, account }));
  let key = FIRST;
  let isSwapping = false;
  const access: Access = {
    profile: 'p',
    label: 'p',
    region: 'us-east-1',
    partition: 'aws',
    env: {},
    fingerprint: 'f',
    credentials: async () => ({ accessKeyId: key, secretAccessKey: 's' }),
    endpoint: () => server.url,
    requestHandler,
    caller: async () => {
      const account = ACCOUNTS[key] as string;
      // Another lane of the profile was refused, and renews.
      if (isSwapping) key = SECOND;
      return { account, arn: '', userId: '' };
    },
    regions: () => Promise.reject(new Error('not asked')),
    renew() {},
    close() {},
  };
  let losses = 0;
  const claim = createClaim(access, ACCOUNTS[FIRST] as string, new Renewal(() => {}), () => losses++);
  const reader = await claim.reader('us-east-1', false);
  const question = { attribute: null, from: Date.now() - 3_600_000, to: Date.now(), token: null };
  const { signal } = new AbortController();
  expect((await reader.read(question, signal)).events).toHaveLength(3);
  isSwapping = true;
  await expect(reader.read(question, signal)).rejects.toMatchObject({ fault: { name: 'OtherAccount' } });
  expect(losses).toBe(1);
  expect(new Set(server.requests.map(({ account }) => account))).toEqual(new Set([ACCOUNTS[FIRST]]));
});
