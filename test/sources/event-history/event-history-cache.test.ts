import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { EventCache } from '../../../src/store/event-cache/event-cache.ts';
import { openEventCache } from '../../../src/store/event-cache/open-event-cache.ts';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { type Bench, endAll, HOUR, startBench, startRun, wholeSecond } from './harness.ts';

afterEach(endAll);

const ids = (count: number, prefix = 'e') => Array.from({ length: count }, (_, index) => eventId(index, prefix));
const lookups = ({ server }: Bench) => server.requests.filter(({ operation }) => operation === 'LookupEvents');

function openCache(folder: string): EventCache {
  return openEventCache({ folder, onNotice: (line) => expect(line).toBe('') });
}

const newFolder = () => mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'cache-'));

test('a second start shows the last state before AWS answers, then asks once for what is new', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  const newest = wholeSecond(Date.now()) - 5000;
  server.add(account, 'us-east-1', madeUpRecords({ count: 500, newest, stepMs: 60_000, account }));
  const folder = newFolder();
  const first = startRun(bench, { cache: openCache(folder) });
  await first.idle();
  await first.source.close();

  server.clearRequests();
  // STS does not answer: what is cached is shown all the same.
  const heal = server.fail({ operation: 'GetCallerIdentity', fault: { kind: 'html', status: 503 } });
  const second = startRun(bench, { cache: openCache(folder) });
  await second.until(({ lanes }) => lanes[0]?.cachedEvents === 500);
  expect(second.lane()).toMatchObject({ phase: 'retrying', account, requests: 0 });
  expect(second.collected.ids).toEqual(ids(500));
  heal();
  server.add(account, 'us-east-1', madeUpRecords({ count: 3, newest: Date.now() - 2000, account, prefix: 'n' }));
  await second.idle();
  expect(lookups(bench)).toHaveLength(1);
  expect(second.collected.ids).toEqual([...ids(500), ...ids(3, 'n')].sort());
  expect(second.lane()).toMatchObject({ phase: 'done', events: 503, cachedEvents: 500 });
  expect(second.lane().loaded).toHaveLength(1);
  const asked = lookups(bench)[0]?.parameters.StartTime as number;
  expect(newest / 1000 - asked).toBeLessThan(16 * 60);
});

test('closed in the middle: the next run goes on from there', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  server.add(
    account,
    'us-east-1',
    madeUpRecords({ count: 1400, newest: Date.now() - 20 * 60_000, stepMs: 60_000, account }),
  );
  const folder = newFolder();
  const first = startRun(bench, { cache: openCache(folder) });
  await first.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 600);
  await first.source.close();
  const had = first.collected.ids.length;
  server.clearRequests();
  const second = startRun(bench, { cache: openCache(folder) });
  await second.idle();
  expect(second.collected.ids).toEqual(ids(1400));
  expect(lookups(bench).length).toBeLessThanOrEqual(Math.ceil((1400 - had) / 50) + 3);
});

test('what was cached for a condition is not asked for again, and what is missing is', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  const attribute = { key: 'EventName', value: 'RunInstances' } as const;
  server.add(account, 'us-east-1', madeUpRecords({ count: 1000, newest: Date.now() - HOUR, stepMs: HOUR, account }));
  const folder = newFolder();
  const first = startRun(bench, { cache: openCache(folder), attribute });
  await first.idle();
  await first.source.close();
  const found = first.collected.ids;
  server.clearRequests();
  const second = startRun(bench, { cache: openCache(folder), attribute });
  await second.idle();
  expect(second.collected.ids).toEqual(found);
  expect(lookups(bench).length).toBeLessThanOrEqual(2);
});

test('other credentials behind the same name: the account of last time gives way', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 60, newest: Date.now() - HOUR, account }));
  const cache = openCache(newFolder());
  const first = startRun(bench, { cache });
  await first.idle();
  const other = '999999999999';
  const wrong: EventCache = {
    lane: (lane) => cache.lane(lane),
    accountOf: () => other,
    rememberAccount: (fingerprint, id) => remembered.push([fingerprint, id]),
    close: async () => {},
  };
  const remembered: string[][] = [];
  const second = startRun(bench, { cache: wrong });
  expect((await second.until(({ lanes }) => lanes.length === 1)).lanes[0]?.account).toBe(other);
  const { origin } = second.lane();
  const status = await second.idle();
  expect(status.lanes.map((lane) => lane.account)).toEqual([account]);
  expect(second.lane().origin).not.toBe(origin);
  expect(remembered.map(([, id]) => id)).toEqual([account]);
});
