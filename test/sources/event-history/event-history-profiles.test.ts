import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
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
