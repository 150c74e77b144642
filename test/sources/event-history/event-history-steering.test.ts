import { afterAll, describe, expect, test } from 'vitest';
import { eventId, madeUpRecords } from '../../helpers/cloudtrail-server/records.ts';
import { type Bench, DAY, endAll, HOUR, startBench, startRun, wholeSecond } from './harness.ts';

// Side by side: each waits for the pace of its own account.
afterAll(endAll);

const ids = (count: number, from = 0, prefix = 'e') =>
  Array.from({ length: count }, (_, index) => eventId(from + index, prefix));

/** One event an hour for so many days. */
function fillHours({ server, account }: Bench, count: number, stepMs = HOUR): void {
  server.add(account, 'us-east-1', madeUpRecords({ count, newest: Date.now() - 60_000, stepMs, account }));
}

const lookups = ({ server }: Bench) => server.requests.filter(({ operation }) => operation === 'LookupEvents');

describe.concurrent('what is wanted of the time', () => {
  test('a day, then older ones as asked, then all: each event once', async () => {
    const bench = await startBench();
    fillHours(bench, 24 * 100);
    const run = startRun(bench);
    await run.idle();
    expect(run.collected.ids).toEqual(ids(24));
    run.source.loadOlder();
    expect(run.source.status().isIdle).toBe(false);
    // Nothing while that is loading.
    run.source.loadOlder();
    await run.idle();
    expect(run.collected.ids).toEqual(ids(48));
    expect(lookups(bench)).toHaveLength(3);
    run.source.loadAll();
    await run.idle();
    expect(run.collected.ids).toEqual(ids(24 * 90));
    expect(run.collected.handed).toBe(24 * 90);
    const [lane] = run.source.status().lanes;
    expect(Math.abs((lane?.wanted.from as number) - (Date.now() - 90 * DAY))).toBeLessThan(30_000);
  });

  test('a stretch of its own, then a day: only what is missing is asked for', async () => {
    const bench = await startBench();
    fillHours(bench, 24 * 10);
    const now = wholeSecond(Date.now());
    const run = startRun(bench, { range: { kind: 'span', from: now - 5 * DAY, to: now - 12 * HOUR } });
    await run.idle();
    expect(run.collected.ids).toEqual(ids(108, 12));
    const before = lookups(bench).length;
    run.source.setRange({ kind: 'recent' });
    await run.idle();
    expect(run.collected.ids).toEqual(ids(120));
    expect(lookups(bench)).toHaveLength(before + 1);
    expect(lookups(bench).at(-1)?.parameters.StartTime).toBe((now - 12 * HOUR) / 1000 + 1);
    expect(run.collected.handed).toBe(120);
  });

  test('a stretch before the 90 days is nothing, and no error', async () => {
    const bench = await startBench();
    fillHours(bench, 10);
    const run = startRun(bench, { range: { kind: 'span', from: Date.now() - 200 * DAY, to: Date.now() - 100 * DAY } });
    const status = await run.idle();
    expect(status.lanes[0]).toMatchObject({ phase: 'done', events: 0, requests: 0 });
  });

  test('a refresh overlaps the newest quarter of an hour and takes what came late', async () => {
    const bench = await startBench();
    const { server, account } = bench;
    const newest = wholeSecond(Date.now()) - 5000;
    server.add(account, 'us-east-1', madeUpRecords({ count: 120, newest, stepMs: 60_000, account }));
    const run = startRun(bench);
    await run.idle();
    expect(run.collected.ids).toEqual(ids(120));
    server.add(
      account,
      'us-east-1',
      madeUpRecords({ count: 13, newest: newest - 30_000, stepMs: 60_000, account, prefix: 'late' }),
    );
    const before = lookups(bench).length;
    run.source.refresh();
    await run.idle();
    expect(run.collected.ids).toEqual([...ids(120), ...ids(13, 0, 'late')].sort());
    expect(run.collected.handed).toBe(133);
    expect(lookups(bench)).toHaveLength(before + 1);
  });
});

describe.concurrent('the condition that the server filters by', () => {
  test('is asked for over 90 days before the rest, and not again', async () => {
    const bench = await startBench();
    fillHours(bench, 24 * 80);
    const attribute = { key: 'EventName', value: 'RunInstances' } as const;
    const run = startRun(bench);
    await run.idle();
    const before = lookups(bench).length;
    run.source.setAttribute(attribute);
    expect(run.source.status().lanes[0]?.attribute).toEqual(attribute);
    const status = await run.idle();
    const found = ids(24 * 80).filter((_, index) => index % 5 === 2);
    expect(run.collected.ids).toEqual([...new Set([...ids(24), ...found])].sort());
    const asked = lookups(bench).slice(before);
    expect(asked.length).toBeLessThanOrEqual(Math.ceil(found.length / 50) + 2);
    for (const { parameters } of asked)
      expect(parameters.LookupAttributes).toEqual([{ AttributeKey: 'EventName', AttributeValue: 'RunInstances' }]);
    expect(status.lanes[0]).toMatchObject({ phase: 'done', attribute: null });
    expect(status.lanes[0]?.loadedOfAttribute).toHaveLength(1);

    run.source.setAttribute(null);
    run.source.setAttribute(attribute);
    await run.idle();
    expect(lookups(bench)).toHaveLength(before + asked.length);
    run.source.setAttribute(null);
    run.source.loadAll();
    await run.idle();
    expect(run.collected.ids).toEqual(ids(24 * 80));
  });

  test('changes in the middle of a scan', async () => {
    const bench = await startBench();
    fillHours(bench, 24 * 80);
    const run = startRun(bench, { attribute: { key: 'ReadOnly', value: 'true' } });
    await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 200);
    run.source.setAttribute({ key: 'Username', value: 'user-3' });
    await run.idle();
    const found = ids(24 * 80).filter((_, index) => index % 7 === 3 || index < 24);
    expect(run.collected.ids).toEqual(expect.arrayContaining(found));
    expect(run.collected.ids.length).toBeLessThan(24 * 80);
  });
});

describe.concurrent('stopping and going on', () => {
  test('pause in the middle, and resume: exactly the events', async () => {
    const bench = await startBench({ latencyMs: 30 });
    fillHours(bench, 1000, 60_000);
    const run = startRun(bench);
    await run.until(({ lanes }) => (lanes[0]?.events ?? 0) >= 200);
    run.source.setPaused(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = lookups(bench).length;
    expect(run.source.status()).toMatchObject({ isPaused: true, isIdle: false, lanes: [{ phase: 'paused' }] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(lookups(bench)).toHaveLength(before);
    run.source.setPaused(false);
    await run.idle();
    expect(run.collected.ids).toEqual(ids(1000));
    expect(run.collected.handed).toBe(1000);
  });

  test('leaving a Region and coming back costs one request for what is new', async () => {
    const bench = await startBench();
    fillHours(bench, 24);
    const { server, account } = bench;
    server.add(
      account,
      'eu-west-1',
      madeUpRecords({ count: 5, newest: Date.now() - HOUR, stepMs: HOUR, account, prefix: 'w' }),
    );
    const run = startRun(bench, { regions: ['us-east-1'] });
    await run.idle();
    const { origin } = run.lane('us-east-1');
    run.source.choose({ profiles: [null], regions: ['eu-west-1'], isInsights: false });
    const there = await run.idle();
    expect(there.missingGlobalRegion).toBe('us-east-1');
    expect(there.lanes.map(({ region }) => region)).toEqual(['eu-west-1']);
    expect(there.lanes[0]?.origin).not.toBe(origin);
    const before = lookups(bench).length;
    run.source.choose({ profiles: [null], regions: ['us-east-1', 'eu-west-1'], isInsights: false });
    const both = await run.idle();
    expect(both.lanes.map(({ region }) => region).sort()).toEqual(['eu-west-1', 'us-east-1']);
    expect(run.lane('us-east-1').origin).toBe(origin);
    expect(lookups(bench)).toHaveLength(before + 1);
    expect(run.collected.handed).toBe(29);
  });

  test('all Regions of the account', async () => {
    const bench = await startBench();
    fillHours(bench, 24);
    const run = startRun(bench, { regions: 'all' });
    const status = await run.idle();
    expect(status.lanes.length).toBeGreaterThan(10);
    expect(status.lanes.every(({ phase }) => phase === 'done')).toBe(true);
    expect(status.missingGlobalRegion).toBeNull();
    expect((await run.source.regions()).length).toBeGreaterThan(status.lanes.length);
  });

  test('closing before anything has begun, and twice', async () => {
    const bench = await startBench();
    fillHours(bench, 500);
    const run = startRun(bench);
    await Promise.all([run.source.close(), run.source.close()]);
    run.source.refresh();
    run.source.choose({ profiles: [null], regions: ['eu-west-1'], isInsights: false });
    expect(run.collected.handed).toBe(0);
  });

  test('status comes at most ten times a second, and once more at the end', async () => {
    const bench = await startBench();
    fillHours(bench, 1400, 60_000);
    const run = startRun(bench);
    const began = performance.now();
    await run.idle();
    await new Promise((resolve) => setTimeout(resolve, 250));
    const seconds = (performance.now() - began) / 1000;
    expect(run.statuses.length).toBeLessThanOrEqual(seconds * 10 + 2);
    expect(run.statuses.at(-1)?.isIdle).toBe(true);
  });
});

test('Insights events come in lanes of their own', async () => {
  const bench = await startBench();
  const { server, account } = bench;
  fillHours(bench, 5);
  const [insight] = madeUpRecords({ count: 1, newest: Date.now() - HOUR, account, prefix: 'i' });
  server.add(account, 'us-east-1', [
    { ...JSON.parse(insight as string), eventCategory: 'Insight', eventType: 'AwsCloudTrailInsight' },
  ]);
  const run = startRun(bench);
  await run.idle();
  const { origin } = run.lane();
  run.source.choose({ profiles: [null], regions: null, isInsights: true });
  await run.until(({ isIdle, lanes }) => isIdle && lanes[0]?.origin !== origin);
  expect(run.collected.ids).toEqual([...ids(5), eventId(0, 'i')]);
  expect(run.collected.origins.get(eventId(0, 'i'))).toBe(run.lane().origin);
});
