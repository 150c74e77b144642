import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { type Bench, endAll, HOUR, startBench, startRun } from './harness.ts';

afterEach(async () => {
  vi.restoreAllMocks();
  await endAll();
});

const ids = (count: number, prefix = 'e') => Array.from({ length: count }, (_, index) => eventId(index, prefix));

/** Shared files with these profiles, over a simulator with two accounts. */
async function startProfiles(config: string): Promise<Bench & { readonly other: string }> {
  const first = String(300_000_000_000 + process.pid * 1000 + Math.floor(Math.random() * 1000));
  const other = String(Number(first) + 500_000_000_000);
  const bench = await startBench({
    accounts: [
      { id: first, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
      {
        id: other,
        accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
        roles: [{ name: 'Auditor', mfa: { serial: `arn:aws:iam::${other}:mfa/me`, code: '123456' } }],
      },
    ],
  });
  const folder = mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'aws-'));
  writeFileSync(join(folder, 'config'), config.replaceAll('OTHER', other));
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, ...rest } = bench.env;
  const env = { ...rest, AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };
  const add = (account: string, prefix: string) =>
    bench.server.add(account, 'us-east-1', madeUpRecords({ count: 70, newest: Date.now() - HOUR, account, prefix }));
  add(first, 'a');
  add(other, 'b');
  return { ...bench, account: first, other, env };
}

const KEYS = `
[profile one]
region = us-east-1
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = not-a-secret
[profile same]
region = us-east-1
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = not-a-secret
[profile two]
region = us-east-1
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = not-a-secret
[profile reader]
region = us-east-1
role_arn = arn:aws:iam::OTHER:role/Reader
source_profile = two
[profile auditor]
region = us-east-1
role_arn = arn:aws:iam::OTHER:role/Auditor
source_profile = two
mfa_serial = arn:aws:iam::OTHER:mfa/me
`;

test('accounts side by side; two profiles of one account share a lane; a profile in trouble stops nobody', async () => {
  const bench = await startProfiles(KEYS);
  const run = startRun(bench, {
    scope: { profiles: ['one', 'same', 'nobody', 'two'], regions: null, isInsights: false },
  });
  const status = await run.idle();
  expect(status.lanes.map(({ account }) => account)).toEqual([bench.account, bench.other]);
  expect(run.collected.ids).toEqual([...ids(70, 'a'), ...ids(70, 'b')]);
  expect(run.collected.handed).toBe(140);
  expect(status.faults).toHaveLength(1);
  expect(status.faults[0]?.message).toContain('nobody');
});

test('nothing but a profile that does not exist', async () => {
  const bench = await startProfiles(KEYS);
  const run = startRun(bench, { scope: { profiles: ['nobody'], regions: 'all', isInsights: false } });
  const status = await run.idle();
  expect(status.lanes).toEqual([]);
  expect(status.faults).toHaveLength(1);
  await expect(run.source.regions()).rejects.toMatchObject({ name: 'FaultError' });
  expect((await run.source.profiles()).map(({ name }) => name)).toEqual(['auditor', 'one', 'reader', 'same', 'two']);
});

test('the code of an MFA device is asked for; refused, it is a fault; asked again, it works', async () => {
  const bench = await startProfiles(KEYS);
  const run = startRun(bench, { scope: { profiles: ['auditor'], regions: null, isInsights: false } });
  const status = await run.idle();
  expect(status.faults).toHaveLength(1);
  expect(run.asked).toEqual(['auditor']);
  run.code = '123456';
  run.source.refresh();
  await run.until(({ isIdle, lanes }) => isIdle && lanes.length === 1);
  expect(run.collected.ids).toEqual(ids(70, 'b'));
});

test('all Regions, though the first try to log in has failed', async () => {
  const bench = await startProfiles(KEYS);
  const run = startRun(bench, { scope: { profiles: ['auditor'], regions: 'all', isInsights: false } });
  expect((await run.idle()).lanes).toEqual([]);
  run.code = '123456';
  run.source.refresh();
  const { lanes } = await run.until(({ isIdle, lanes }) => isIdle && lanes.length > 0);
  expect(lanes.length).toBeGreaterThan(10);
});

test('Regions that are a guess are asked for again with the next refresh, and then no more', async () => {
  const bench = await startProfiles(KEYS);
  const { server } = bench;
  server.fail({ operation: 'ListRegions', fault: { kind: 'reset' } });
  const run = startRun(bench, { scope: { profiles: ['one'], regions: 'all', isInsights: false } });
  const guessed = (await run.idle()).lanes.length;
  server.heal();
  const asked = () => server.requests.filter(({ operation }) => operation === 'ListRegions').length;
  const before = asked();
  for (let k = 0; k < 2; k++) {
    run.source.refresh();
    await run.idle();
    expect(asked()).toBe(before + 1);
  }
  expect((await run.idle()).lanes).toHaveLength(guessed);
});

test('a session that runs out in the middle is renewed, and nothing is lost', async () => {
  const bench = await startProfiles(KEYS);
  const { server, other } = bench;
  server.add(
    other,
    'us-east-1',
    madeUpRecords({ count: 600, newest: Date.now() - 2 * HOUR, account: other, prefix: 'c' }),
  );
  const run = startRun(bench, { scope: { profiles: ['reader'], regions: null, isInsights: false } });
  await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 200);
  // A minute later: a session that is only just there is not asked for again.
  const later = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => later() + 60_000);
  server.expire(other);
  const status = await run.idle();
  expect(status.lanes[0]).toMatchObject({ phase: 'done', fault: null });
  expect(run.collected.ids).toEqual([...ids(70, 'b'), ...ids(600, 'c')]);
  expect(server.requests.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(2);
});

test('a profile that is edited to another account in the middle: nothing of the one is filed under the other', async () => {
  const bench = await startProfiles(KEYS);
  const { server, account, other, env } = bench;
  const more = madeUpRecords({ count: 600, newest: Date.now() - 2 * HOUR, account, prefix: 'c' });
  server.add(account, 'us-east-1', more);
  const run = startRun(bench, { scope: { profiles: ['one'], regions: null, isInsights: false } });
  await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 100);
  const before = run.lane();
  const config = env.AWS_CONFIG_FILE as string;
  writeFileSync(config, readFileSync(config, 'utf8').replace('AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'));
  server.expire(account, true);
  const status = await run.idle();
  expect(status.lanes).toMatchObject([{ account: other, phase: 'done', events: 70, fault: null }]);
  expect(status.lanes[0]?.origin).not.toBe(before.origin);
  expect(status.notices).toContainEqual(expect.stringContaining(`one was of account ${account}`));
  for (const [id, origin] of run.collected.origins)
    expect(origin).toBe(id.startsWith('b') ? status.lanes[0]?.origin : before.origin);
  expect([...run.collected.origins.keys()].filter((id) => id.startsWith('b'))).toHaveLength(70);
});

test('a role that is another account since the session was renewed', async () => {
  const bench = await startProfiles(KEYS);
  const { server, account, other, env } = bench;
  server.add(other, 'us-east-1', madeUpRecords({ count: 600, newest: Date.now() - 2 * HOUR, account: other }));
  const run = startRun(bench, { scope: { profiles: ['reader'], regions: null, isInsights: false } });
  await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 100);
  const config = env.AWS_CONFIG_FILE as string;
  const text = readFileSync(config, 'utf8').replace(`${other}:role/Reader`, `${account}:role/Reader`);
  writeFileSync(config, text.replace('source_profile = two', 'source_profile = one'));
  const later = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => later() + 60_000);
  server.expire(other);
  const status = await run.idle();
  expect(status.lanes).toMatchObject([{ account, phase: 'done', events: 70 }]);
});

describe('who is asking cannot be found out', () => {
  const start = (env: Record<string, string>) => {
    const scope = { profiles: ['one'], regions: null, isInsights: false } as const;
    return startRun({ env }, { scope });
  };

  test('a refused connection is told while it is tried again, given up soon, and tried at once when asked', async () => {
    const bench = await startProfiles(KEYS);
    const run = start({ ...bench.env, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' });
    const [lane] = (await run.until(({ lanes }) => lanes[0]?.phase === 'retrying')).lanes;
    expect(lane?.fault).toMatchObject({ kind: 'network', message: expect.stringContaining('127.0.0.1:9 refuses') });
    const since = performance.now();
    const status = await run.idle();
    // 30 requests' time: 15 s at AWS's rate.
    expect(performance.now() - since).toBeLessThan(2000);
    expect(status).toMatchObject({ lanes: [], faults: [{ kind: 'network' }] });
    run.source.refresh();
    await run.until(({ lanes }) => lanes[0]?.phase === 'retrying');
  });

  test('trouble of STS that is over does not stay', async () => {
    const bench = await startProfiles(KEYS);
    const error = { kind: 'error', name: 'ServiceUnavailable', status: 503 } as const;
    bench.server.fail({ operation: 'GetCallerIdentity', times: 3, fault: error });
    const run = start(bench.env);
    const status = await run.idle();
    expect(run.statuses.some(({ lanes }) => lanes[0]?.phase === 'retrying' && lanes[0].account === null)).toBe(true);
    expect(status.lanes).toMatchObject([{ phase: 'done', fault: null, events: 70 }]);
  });

  test('a mistake of ours is called that', async () => {
    const bench = await startProfiles(KEYS);
    const broken = new Error("Cannot find module '@aws-sdk/client-sts'");
    const run = startRun(bench, { openAccess: () => Promise.reject(broken) });
    const [fault] = (await run.idle()).faults;
    expect(fault).toMatchObject({ kind: 'internal', message: expect.stringMatching(/mistake in trailx.*client-sts/) });
  });
});
