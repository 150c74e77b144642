import { afterEach, expect, test } from 'vitest';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { type Bench, endAll, startBench, startRun } from './harness.ts';

afterEach(endAll);

const RATE = 20;

const ids = (count: number) => Array.from({ length: count }, (_, index) => eventId(index)).sort();

/** Requests a second, once chains are under way and before the last pages. */
function rateOf({ server }: Bench): number {
  const times = server.requests.filter(({ operation }) => operation === 'LookupEvents').map(({ at }) => at);
  const steady = times.slice(4, -8);
  return ((steady.length - 1) * 1000) / ((steady.at(-1) as number) - (steady[0] as number));
}

test.each([0, 30, 150])('answers that take %i ms (a slot is 50) keep the rate', async (latencyMs) => {
  const bench = await startBench({ latencyMs, requestsPerSecond: RATE });
  const { account, server } = bench;
  const count = 60 * 50;
  server.add(account, 'us-east-1', madeUpRecords({ count, newest: Date.now() - 5000, stepMs: 25_000, account }));
  const run = startRun(bench, { requestsPerSecond: RATE });
  const status = await run.idle();
  expect(run.collected.ids).toEqual(ids(count));
  expect(run.collected.handed).toBe(count);
  expect(rateOf(bench)).toBeGreaterThan(RATE * 0.98);
  expect(server.peakRate(account, 'us-east-1', 980)).toBeLessThanOrEqual(RATE);
  expect(server.requests.every(({ error }) => error === null)).toBe(true);
  // Each split costs a part of a page, and an answer on time needs none.
  expect(status.lanes[0]?.requests).toBeLessThanOrEqual(latencyMs > 50 ? 75 : 61);
});

test('the newest pages come first, and pace and remaining time are told', async () => {
  const bench = await startBench({ latencyMs: 150, requestsPerSecond: RATE });
  const { account, server } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 2000, newest: Date.now() - 5000, stepMs: 40_000, account }));
  const run = startRun(bench, { requestsPerSecond: RATE });
  const status = await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 1000);
  expect(status.lanes[0]?.eventsPerSecond).toBeGreaterThan(400);
  expect(status.lanes[0]?.remainingMs).toBeGreaterThan(100);
  expect(status.lanes[0]?.remainingMs).toBeLessThan(5000);
  expect(status.lanes[0]?.reachedDownTo).toBeLessThan(Date.now() - 60_000);
});
