import { afterEach, expect, test } from 'vitest';
import { RecentIds } from '../../../src/sources/event-history/recent-ids.ts';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { type Bench, endAll, HOUR, startBench, startRun } from './harness.ts';

afterEach(endAll);

const lookups = ({ server }: Bench) => server.requests.filter(({ operation }) => operation === 'LookupEvents');

test('new events appear by themselves, late ones too, each once', async () => {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const bench = await startBench({ now, clockSkewMs: () => ahead });
  const { server, account } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 300, newest: now() - 3000, stepMs: 10_000, account }));
  const run = startRun(bench, { now });
  await run.idle();
  run.source.setFollowing(true);
  expect(run.source.status()).toMatchObject({ isFollowing: true, isIdle: false });

  // A clock that runs a hundred times as fast, for an hour.
  const expected = new Set(run.collected.ids);
  for (let k = 0; k < 36; k++) {
    ahead += 100_000;
    const set = { newest: now() - 1000, account };
    server.add(account, 'us-east-1', madeUpRecords({ ...set, count: 20, stepMs: 4000, prefix: `n${k}-` }));
    // Four minutes late.
    server.add(
      account,
      'us-east-1',
      madeUpRecords({ ...set, newest: now() - 240_000, count: 5, stepMs: 9000, prefix: `l${k}-` }),
      { arrivesAt: now() },
    );
    for (let index = 0; index < 20; index++) expected.add(eventId(index, `n${k}-`));
    for (let index = 0; index < 5; index++) expected.add(eventId(index, `l${k}-`));
    await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 300 + (k + 1) * 20);
  }
  await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= expected.size);
  expect(run.collected.ids).toEqual([...expected].sort());
  // The store takes each event once; few are handed to it again (a look may be under way when the clock jumps).
  expect(run.collected.handed).toBeLessThan(expected.size * 1.05);
  // While the top is read again, page by page, a piece of it may be complete before its neighbour.
  const { lanes } = await run.until(({ lanes: [lane] }) => {
    const [only, second] = lane?.loaded ?? [];
    return second === undefined && (only?.to ?? 0) > (lane?.wanted.to ?? 0) - 20 * 60_000;
  });
  expect(lanes).toMatchObject([{ phase: 'following' }]);
  expect(lanes[0]?.loaded[0]?.to).toBeLessThanOrEqual(now() - 15 * 60_000);
});

test('a quiet account costs one request each time, and following ends', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 10, newest: Date.now() - HOUR, account }));
  const run = startRun(bench);
  await run.idle();
  const before = lookups(bench).length;
  run.source.setFollowing(true);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  // A slot is 20 ms here: a look each 200 ms.
  const looks = lookups(bench).length - before;
  expect(looks).toBeGreaterThanOrEqual(4);
  expect(looks).toBeLessThanOrEqual(7);
  run.source.setFollowing(false);
  await run.idle();
  const after = lookups(bench).length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(lookups(bench)).toHaveLength(after);
});

test('an event without an id is one event, however often it is read', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  const EventTime = Math.floor(Date.now() / 1000) - 60;
  server.addItems(
    account,
    'us-east-1',
    ['One', 'Two'].map((EventName) => ({ EventTime, EventName, EventSource: 'x.amazonaws.com' })),
  );
  const run = startRun(bench);
  await run.idle();
  run.source.setFollowing(true);
  const before = lookups(bench).length;
  await run.until(() => lookups(bench).length >= before + 5);
  expect(run.collected.handed).toBe(2);
});

test('ids are remembered for as long as their minutes are read again', () => {
  const recent = new RecentIds();
  for (let second = 0; second < 100_000; second++) {
    recent.add(eventId(second), second * 1000);
    if (second % 60 === 0) recent.forgetBefore((second - 960) * 1000);
  }
  expect(recent.size).toBeLessThan(1100);
  expect(recent.has(eventId(99_999))).toBe(true);
  expect(recent.has(eventId(90_000))).toBe(false);
});
