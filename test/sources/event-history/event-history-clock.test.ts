import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openEventCache } from '../../../src/store/event-cache/open-event-cache.ts';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { endAll, HOUR, startBench, startRun } from './harness.ts';

afterEach(endAll);

const MINUTE = 60_000;
const ids = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => eventId(index, prefix));

test("a clock that is an hour ahead: nothing of AWS's future is called complete, in this run or the next", async () => {
  let passed = 0;
  const aws = () => Date.now() + passed;
  const bench = await startBench({ now: aws, clockSkewMs: () => passed });
  const { server, account } = bench;
  const folder = mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'cache-'));
  const cache = () => openEventCache({ folder, onNotice: (line) => expect(line).toBe('') });
  const set = { count: 100, stepMs: 1000, account };
  server.add(account, 'us-east-1', madeUpRecords({ ...set, newest: aws() - MINUTE, prefix: 'old' }));

  const first = startRun(bench, { cache: cache(), now: () => aws() + HOUR });
  const status = await first.idle();
  expect(first.collected.ids).toEqual(ids(100, 'old'));
  expect(status.notices).toEqual(["the clock of this machine is 60 min ahead of AWS's; AWS's time is used"]);
  expect(first.lane().askedAt).toBeLessThan(aws() + MINUTE);
  expect(first.lane().wanted.to).toBeLessThan(aws() + MINUTE);
  expect(first.lane().loaded[0]?.to).toBeLessThan(aws() - 14 * MINUTE);
  await first.source.close();

  // The clock is set right; twenty minutes go by.
  server.add(account, 'us-east-1', madeUpRecords({ ...set, newest: aws() + 10 * MINUTE, prefix: 'new' }));
  passed = 20 * MINUTE;
  const second = startRun(bench, { cache: cache(), now: aws });
  expect((await second.idle()).notices).toEqual([]);
  expect(second.collected.ids).toEqual([...ids(100, 'new'), ...ids(100, 'old')]);
});

test('a clock that is an hour behind: the newest hour is asked for, and what comes while following', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  const set = { stepMs: 1000, account };
  server.add(account, 'us-east-1', madeUpRecords({ ...set, count: 10, newest: Date.now() - MINUTE, prefix: 'old' }));
  const run = startRun(bench, { now: () => Date.now() - HOUR });
  await run.idle();
  expect(run.collected.ids).toEqual(ids(10, 'old'));
  expect(run.source.status().notices).toEqual(["the clock of this machine is 60 min behind AWS's; AWS's time is used"]);
  server.add(account, 'us-east-1', madeUpRecords({ ...set, count: 3, newest: Date.now(), prefix: 'new' }));
  run.source.setFollowing(true);
  await run.until(() => run.collected.ids.length === 13);
});

test('a cache that claims what has not happened yet is not believed', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 70, newest: Date.now() - MINUTE, account }));
  const folder = mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'cache-'));
  const writing = openEventCache({ folder, onNotice: (line) => expect(line).toBe('') });
  const key = { partition: 'aws', account, region: 'us-east-1', category: 'management' } as const;
  const lane = await writing.lane(key);
  const now = Math.floor(Date.now() / 1000) * 1000;
  await lane.write(null, [{ from: now - 10 * MINUTE, to: now + HOUR, attribute: null }]);
  await writing.close();
  const run = startRun(bench, { cache: openEventCache({ folder, onNotice: () => {} }) });
  await run.idle();
  expect(run.collected.ids).toHaveLength(70);
  expect(run.lane().loaded[0]?.to).toBeLessThanOrEqual(Date.now() - 15 * MINUTE);
});
