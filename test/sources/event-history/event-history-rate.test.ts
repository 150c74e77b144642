import { afterEach, expect, test } from 'vitest';
import { openAccess } from '../../../src/sources/aws/open-access.ts';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { type Bench, endAll, startBench, startRun } from './harness.ts';

afterEach(endAll);

/** Slow enough for timers on a busy machine: a slot is 200 ms. */
const RATE = 5;
const PAGES = 36;

const ids = (count: number) => Array.from({ length: count }, (_, index) => eventId(index)).sort();

/** Requests a second, once chains are under way and before the last pages. Two hiccups of a busy machine are forgiven. */
function rateOf({ server }: Bench): number {
  const times = server.requests.filter(({ operation }) => operation === 'LookupEvents').map(({ at }) => at);
  const steady = times.slice(4, -6);
  const gaps = steady.slice(1).map((at, index) => at - (steady[index] as number));
  const usual = gaps.sort((one, other) => one - other).slice(0, -2);
  return (usual.length * 1000) / usual.reduce((sum, gap) => sum + gap, 0);
}

async function readAll(latencyMs: number): Promise<{ latencyMs: number; requests: number; rate: number }> {
  const bench = await startBench({ latencyMs, requestsPerSecond: RATE });
  const { account, server } = bench;
  const count = PAGES * 50;
  server.add(account, 'us-east-1', madeUpRecords({ count, newest: Date.now() - 5000, stepMs: 40_000, account }));
  const run = startRun(bench, { requestsPerSecond: RATE });
  const status = await run.idle();
  expect(run.collected.ids).toEqual(ids(count));
  expect(run.collected.handed).toBe(count);
  // AWS's own measure: nobody was told to slow down.
  expect(server.requests.every(({ error }) => error === null)).toBe(true);
  return { latencyMs, requests: status.lanes[0]?.requests as number, rate: rateOf(bench) };
}

test('the rate is kept, however long an answer takes', async () => {
  const [quick, slow, slowest] = await Promise.all([readAll(0), readAll(120), readAll(600)]);
  // A single chain would keep a third of it where an answer takes three slots. How near to the whole it comes is measured
  // by `npm run bench -- history`: a busy machine is slow.
  for (const { rate } of [quick, slow, slowest]) expect(rate).toBeGreaterThan(RATE * 0.6);
  // Each split costs a part of a page; answers within a slot need none.
  expect(quick.requests).toBeLessThanOrEqual(PAGES + 4);
  expect(slow.requests).toBeLessThanOrEqual(PAGES + 4);
  expect(slowest.requests).toBeLessThanOrEqual(PAGES + 12);
});

test('the newest pages come first, and pace and remaining time are told', async () => {
  const bench = await startBench({ latencyMs: 150, requestsPerSecond: 20 });
  const { account, server } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 2000, newest: Date.now() - 5000, stepMs: 40_000, account }));
  const run = startRun(bench, { requestsPerSecond: 20 });
  const status = await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 1000);
  expect(status.lanes[0]?.eventsPerSecond).toBeGreaterThan(50);
  expect(status.lanes[0]?.remainingMs).toBeGreaterThan(100);
  expect(status.lanes[0]?.remainingMs).toBeLessThan(60_000);
  expect(status.lanes[0]?.reachedDownTo).toBeLessThan(Date.now() - 60_000);
});

test('credentials that take their time do not make requests wait for each other and go out at once', async () => {
  const bench = await startBench({ requestsPerSecond: RATE });
  const { account, server } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 4000, newest: Date.now() - 5000, stepMs: 20_000, account }));
  let isSlow = false;
  const run = startRun(bench, {
    requestsPerSecond: RATE,
    openAccess: async (options) => {
      const access = await openAccess(options);
      const caller: typeof access.caller = async (...given) => {
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 1500));
        isSlow = false;
        return access.caller(...given);
      };
      return { ...access, caller };
    },
  });
  await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 200);
  isSlow = true;
  await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 700);
  expect(isSlow).toBe(false);
  expect(server.peakRate(account, 'us-east-1', 400)).toBeLessThanOrEqual(4);
  expect(server.requests.filter(({ error }) => error !== null)).toEqual([]);
});
