import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ServerFault } from '../../helpers/cloudtrail-server/faults.ts';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { type Bench, endAll, RATE, startBench, startRun } from './harness.ts';

afterAll(endAll);

const ids = (count: number, prefix = 'e') => Array.from({ length: count }, (_, index) => eventId(index, prefix));

function fill({ server, account }: Bench, count: number, stepMs = 900, region = 'us-east-1', prefix = 'e'): void {
  server.add(account, region, madeUpRecords({ count, newest: Date.now() - 2000, stepMs, account, region, prefix }));
}

const FAULTS: Readonly<Record<string, ServerFault>> = {
  'internal failure': { kind: 'error', name: 'InternalFailure', status: 500 },
  'service unavailable as HTML': { kind: 'html', status: 503 },
  'truncated JSON': { kind: 'truncated' },
  'an empty answer': { kind: 'empty' },
  'a reset': { kind: 'reset' },
  'fewer bytes than promised': { kind: 'short' },
  'a lost token': { kind: 'error', name: 'InvalidNextTokenException' },
  throttling: { kind: 'error', name: 'ThrottlingException' },
  'events that were there before': { kind: 'repeat', events: 7 },
  'a page without events': { kind: 'empty-page' },
};

// Side by side: each waits for the pace of its own account.
describe.concurrent('faults in passing', () => {
  test.each(Object.entries(FAULTS))('%s in every third answer costs nothing but time', async (_, fault) => {
    const bench = await startBench();
    fill(bench, 700);
    bench.server.fail({ every: 3, fault });
    const run = startRun(bench);
    const status = await run.idle();
    expect(status.lanes[0]).toMatchObject({ phase: 'done', fault: null });
    expect(run.collected.ids).toEqual(ids(700));
  });

  test('every seventh answer fails, in three Regions', async () => {
    const bench = await startBench();
    const regions = ['us-east-1', 'eu-west-1', 'ap-south-1'];
    for (const [k, region] of regions.entries()) fill(bench, 800, 900, region, `r${k}`);
    bench.server.fail({ every: 7, fault: { kind: 'error', name: 'InternalFailure', status: 500 } });
    const run = startRun(bench, { regions });
    await run.idle();
    expect(run.collected.ids).toEqual([...ids(800, 'r0'), ...ids(800, 'r1'), ...ids(800, 'r2')].sort());
    expect(run.collected.handed).toBe(2400);
  });

  test('a second with more events than a page survives a lost token', async () => {
    const bench = await startBench();
    fill(bench, 300, 4);
    bench.server.fail({ after: 1, every: 4, fault: { kind: 'error', name: 'InvalidNextTokenException' } });
    const run = startRun(bench);
    await run.idle();
    expect(run.collected.ids).toEqual(ids(300));
    expect(run.collected.handed).toBe(300);
  });

  test('somebody else uses half of the quota', async () => {
    const bench = await startBench();
    fill(bench, 700);
    const other = setInterval(() => bench.server.takeQuota(bench.account, 'us-east-1'), 1000 / RATE);
    const run = startRun(bench);
    const status = await run.idle();
    clearInterval(other);
    expect(status.lanes[0]).toMatchObject({ phase: 'done', fault: null });
    expect(run.collected.ids).toEqual(ids(700));
  });

  test('whatever goes wrong, the events are exactly those that happened', async () => {
    const fault = fc.constantFrom(...Object.values(FAULTS));
    const rule = fc.record({ fault, every: fc.integer({ min: 3, max: 9 }), after: fc.integer({ min: 0, max: 5 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 600 }),
        fc.constantFrom(30, 400, 3000),
        fc.constantFrom(0, 50),
        async (rules, count, stepMs, latencyMs) => {
          const bench = await startBench({ latencyMs, requestsPerSecond: 200 });
          fill(bench, count, stepMs);
          for (const one of rules) bench.server.fail(one);
          const run = startRun(bench, { requestsPerSecond: 200 });
          const seen = await run.until(({ isIdle }) => isIdle, 10_000);
          // Three unlucky rules can fail eight times in a row: then it says so, and goes on when asked.
          if (seen.lanes[0]?.phase === 'failed') {
            bench.server.heal();
            run.source.refresh();
            await run.until(({ isIdle }) => isIdle);
          }
          expect(run.collected.ids).toEqual(ids(count));
          await run.source.close();
          await bench.server.close();
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe('faults that stay', () => {
  test('a denied Region and one that is off do not stop the others', async () => {
    const bench = await startBench();
    fill(bench, 120);
    fill(bench, 60, 900, 'eu-west-1', 'w');
    bench.server.deny(bench.account, ['eu-west-1']);
    const run = startRun(bench, { regions: ['us-east-1', 'eu-west-1', 'af-south-1'] });
    const status = await run.idle();
    expect(run.collected.ids).toEqual(ids(120));
    expect(status.lanes.map(({ region, phase }) => [region, phase])).toEqual([
      ['us-east-1', 'done'],
      ['eu-west-1', 'failed'],
      ['af-south-1', 'failed'],
    ]);
    expect(run.lane('eu-west-1').fault?.kind).toBe('denied');
    expect(run.lane('eu-west-1').requests).toBe(1);
    expect(run.lane('af-south-1').fault?.message).toContain('af-south-1');

    bench.server.heal();
    run.source.refresh();
    await run.until((now) => now.lanes[1]?.phase === 'done' && now.isIdle);
    expect(run.collected.ids).toEqual([...ids(120), ...ids(60, 'w')].sort());
  });

  test('a Region that never answers well gives up, and tries again when asked', async () => {
    const bench = await startBench();
    fill(bench, 120);
    bench.server.fail({ after: 1, fault: { kind: 'error', name: 'InternalFailure', status: 500 } });
    const run = startRun(bench);
    const status = await run.idle();
    expect(status.lanes[0]).toMatchObject({ phase: 'failed', fault: { kind: 'transient' }, requests: 9 });
    expect(run.statuses.some(({ lanes }) => lanes[0]?.phase === 'retrying')).toBe(true);
    bench.server.heal();
    run.source.refresh();
    await run.until((now) => now.isIdle && now.lanes[0]?.phase === 'done');
    expect(run.collected.ids).toEqual(ids(120));
    expect(run.collected.handed).toBe(120);
  });

  test('keys that have expired are asked for once more, then a person is told', async () => {
    const bench = await startBench();
    fill(bench, 400);
    const run = startRun(bench);
    await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 100);
    bench.server.expire(bench.account, true);
    const status = await run.idle();
    expect(status.lanes[0]).toMatchObject({ phase: 'failed', fault: { kind: 'expired' } });
    bench.server.heal();
    run.source.refresh();
    await run.until((now) => now.isIdle && now.lanes[0]?.phase === 'done');
    expect(run.collected.ids).toEqual(ids(400));
  });

  test('credentials that are not known to AWS', async () => {
    const bench = await startBench();
    const run = startRun({ env: { ...bench.env, AWS_ACCESS_KEY_ID: 'AKIAWRONGWRONGWRONG1' } });
    const status = await run.idle();
    expect(status.lanes).toEqual([]);
    expect(status.faults).toHaveLength(1);
  });

  test('a request that hangs ends at once when it is closed', async () => {
    const bench = await startBench();
    fill(bench, 100);
    bench.server.fail({ after: 1, fault: { kind: 'hang' } });
    const run = startRun(bench);
    await run.until(({ lanes }) => lanes[0]?.requests === 2);
    const before = performance.now();
    await run.source.close();
    expect(performance.now() - before).toBeLessThan(300);
    expect(run.collected.handed).toBe(50);
  });
});
