import { afterEach, expect, test } from 'vitest';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { DAY, endAll, HOUR, startBench, startRun } from './harness.ts';

afterEach(endAll);

const ids = (count: number, prefix = 'e') => Array.from({ length: count }, (_, index) => eventId(index, prefix));

test('reads the last 24 hours of one Region, newest first, each event once', async () => {
  const bench = await startBench();
  const newest = Date.now() - 2000;
  bench.server.add(
    bench.account,
    'us-east-1',
    madeUpRecords({ count: 333, newest, stepMs: 700, account: bench.account }),
  );
  const run = startRun(bench);
  const status = await run.idle();
  expect(run.collected.ids).toEqual(ids(333));
  expect(run.collected.handed).toBe(333);
  const [lane] = status.lanes;
  expect(lane).toMatchObject({ phase: 'done', account: bench.account, region: 'us-east-1', events: 333 });
  // Seven pages; a machine that stumbles may open a second chain, which costs a part of one.
  expect(lane?.requests).toBeLessThanOrEqual(9);
  expect(lane?.reachedDownTo).toBe(lane?.wanted.from);
  expect(lane?.loaded).toEqual([{ from: lane?.wanted.from, to: (lane?.wanted.to as number) - 15 * 60_000 }]);
  expect(status).toMatchObject({ missingGlobalRegion: null, faults: [] });
});

test('90 days of three Regions: exactly the events, in the requests that it takes', async () => {
  const bench = await startBench({ requestsPerSecond: 20 });
  const regions = ['us-east-1', 'eu-west-1', 'ap-south-1'];
  for (const [k, region] of regions.entries())
    bench.server.add(
      bench.account,
      region,
      madeUpRecords({
        count: 1000,
        newest: Date.now() - 5000,
        stepMs: 2 * HOUR,
        prefix: `r${k}`,
        account: bench.account,
      }),
    );
  const run = startRun(bench, {
    regions,
    requestsPerSecond: 20,
    range: { kind: 'span', from: Date.now() - 200 * DAY, to: null },
  });
  const status = await run.idle();
  expect(run.collected.ids).toEqual([...ids(1000, 'r0'), ...ids(1000, 'r1'), ...ids(1000, 'r2')].sort());
  expect(run.collected.handed).toBe(3000);
  for (const lane of status.lanes) expect(lane.requests).toBeLessThanOrEqual(24);
});
