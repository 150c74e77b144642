import { afterEach, expect, test } from 'vitest';
import { madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { endAll, HOUR, startBench, startRun } from './harness.ts';

afterEach(endAll);

/** How often a run looks at the clock in half a second: each turn of a lane's loop and each status does. */
function startClock() {
  let calls = 0;
  return {
    now: () => {
      calls++;
      return Date.now();
    },
    async callsAtRest() {
      // What was under way is over.
      await new Promise((resolve) => setTimeout(resolve, 300));
      calls = 0;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return calls;
    },
  };
}

test('following a stretch that has ended, nothing happens', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  server.add(account, 'us-east-1', madeUpRecords({ count: 10, newest: Date.now() - 2 * HOUR, account }));
  const clock = startClock();
  const range = { kind: 'span', from: Date.now() - 3 * HOUR, to: Date.now() - HOUR } as const;
  const run = startRun(bench, { now: clock.now, range });
  await run.idle();
  run.source.setFollowing(true);
  expect(await clock.callsAtRest()).toBeLessThan(10);
});

test('a Region that has failed and is left alone does not try to come back', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  const regions = ['us-east-1', 'eu-west-1'];
  for (const region of regions)
    server.add(account, region, madeUpRecords({ count: 10, newest: Date.now() - HOUR, account, region }));
  const clock = startClock();
  const run = startRun(bench, { now: clock.now, regions });
  await run.idle();
  run.source.setFollowing(true);
  server.fail({ region: 'eu-west-1', fault: { kind: 'reset' } });
  await run.until(({ lanes }) => lanes.some(({ phase }) => phase === 'failed'));
  run.source.choose({ profiles: [null], regions: ['us-east-1'], isInsights: false });
  run.source.setPaused(true);
  // Long enough for another try: 120 slots of 20 ms.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await clock.callsAtRest()).toBeLessThan(10);
}, 20_000);
