// Event history printed while it loads: a source that does what the test says, and the real store.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveWatch } from '../../src/cli/live-watch.ts';
import { certainFrom, newestFirst } from '../../src/cli/newest-first.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { LaneStatus, LiveStatus } from '../../src/sources/live-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type FakeLiveSource, fakeLiveSource, lane } from '../ui/fake-live-source.ts';

const START = Date.UTC(2026, 4, 19);
const at = (second: number) => START + second * 1000;

function record(second: number, name = 'RunInstances', region = 'eu-west-1'): object {
  return {
    eventID: `${region}-${second}-${name}`,
    eventName: name,
    eventTime: new Date(at(second)).toISOString().replace('.000', ''),
    awsRegion: region,
  };
}

let store: Store;
let source: FakeLiveSource;
let watch: LiveWatch;
beforeEach(async () => {
  store = await openStore();
  source = fakeLiveSource({ status: { lanes: [one(null), two(null)], scope: scopeOf('prod') } });
  watch = new LiveWatch(source.status());
  source.start((batch) => store.append(batch), {
    onStatus: (status) => watch.see(status),
    askMfaCode: async () => null,
  });
});
afterEach(() => store.close());

const scopeOf = (...profiles: string[]) => ({ profiles, regions: null, isInsights: false });
const everywhere = { ...scopeOf('prod', 'dev'), regions: 'all' as const };
const one = (second: number | null, more: Partial<LaneStatus> = {}) =>
  lane({ origin: 1, region: 'eu-west-1', reachedDownTo: second === null ? null : at(second), ...more });
const two = (second: number | null, more: Partial<LaneStatus> = {}) =>
  lane({ origin: 2, region: 'us-east-1', reachedDownTo: second === null ? null : at(second), ...more });

type Feed = { readonly lines: string[]; readonly ended: Promise<void> };

function feed(text = '', more: { isAtTheEnd?: boolean; firstCount?: number; now?: () => number } = {}): Feed {
  const { query } = parseQuery(text, { now: at(0), zone: 'utc' });
  const lines: string[] = [];
  const { signal } = new AbortController();
  const options = { store, query: query ?? { kind: 'all' as const }, watch, signal, isAtTheEnd: false, firstCount: 1 };
  const read = async () => {
    for await (const result of newestFirst({ ...options, ...more })) {
      for await (const texts of store.records(result)) lines.push(...texts.map((line) => JSON.parse(line).eventID));
    }
  };
  return { lines, ended: read() };
}

async function settled(lines: readonly string[], count: number): Promise<void> {
  await expect.poll(() => lines.length, { interval: 5 }).toBe(count);
}

describe('records come out as soon as nothing newer can join them', () => {
  test('down to where the slowest Region is, then the rest', async () => {
    const { lines, ended } = feed();
    await source.give([record(90), record(70), record(50)], 1);
    source.tell({ lanes: [one(50), two(null)] });
    await source.give([record(80, 'GetObject', 'us-east-1')], 2);
    source.tell({ lanes: [one(50), two(70)] });
    await settled(lines, 2);
    expect(lines).toEqual(['eu-west-1-90-RunInstances', 'us-east-1-80-GetObject']);
    await source.give([record(70, 'PutObject', 'us-east-1'), record(20, 'PutObject', 'us-east-1')], 2);
    source.tell({ lanes: [one(50), two(20)] });
    await settled(lines, 4);
    expect(lines.slice(2).sort()).toEqual(['eu-west-1-70-RunInstances', 'us-east-1-70-PutObject']);
    source.tell({ lanes: [one(0, { phase: 'done' }), two(0, { phase: 'done' })], isIdle: true });
    await ended;
    expect(lines.slice(4)).toEqual(['eu-west-1-50-RunInstances', 'us-east-1-20-PutObject']);
  });

  test('a Region that has failed or is done holds nobody up', async () => {
    const { lines, ended } = feed('region:eu-west-1');
    await source.give([record(90), record(50)], 1);
    source.tell({ lanes: [one(60), two(null, { phase: 'failed' })] });
    await settled(lines, 1);
    source.tell({ lanes: [one(40), two(95, { phase: 'done' })] });
    await settled(lines, 2);
    source.tell({ isIdle: true });
    await ended;
    expect(lines).toEqual(['eu-west-1-90-RunInstances', 'eu-west-1-50-RunInstances']);
  });

  test('what comes late all the same is printed last, once', async () => {
    const { lines, ended } = feed();
    await source.give([record(90), record(50)], 1);
    source.tell({ lanes: [one(40), two(40)] });
    await settled(lines, 2);
    await source.give([record(70), record(50), record(10)], 1);
    source.tell({ isIdle: true });
    await ended;
    expect(lines.slice(2)).toEqual(['eu-west-1-70-RunInstances', 'eu-west-1-10-RunInstances']);
  });

  test('an event without a time is not lost', async () => {
    const { lines, ended } = feed();
    await source.give([{ eventID: 'undated', eventName: 'X' }, record(90)], 1);
    source.tell({ lanes: [one(40), two(40)] });
    await settled(lines, 1);
    source.tell({ isIdle: true });
    await ended;
    expect(lines).toEqual(['eu-west-1-90-RunInstances', 'undated']);
  });
});

test('what came of an account that the profile no longer means is not printed', async () => {
  const { lines, ended } = feed();
  await source.give([record(90), record(50)], 3);
  source.tell({ lanes: [one(40, { phase: 'opening', origin: 3 })] });
  await source.give([record(80), record(50), record(30)], 1);
  source.tell({ lanes: [one(40)] });
  await settled(lines, 2);
  source.tell({ lanes: [one(0, { phase: 'done' })], isIdle: true });
  await ended;
  expect(lines).toEqual([80, 50, 30].map((second) => `eu-west-1-${second}-RunInstances`));
});

test('where the order hangs on the last event, all comes at the end', async () => {
  const { lines, ended } = feed('', { isAtTheEnd: true });
  await source.give([record(90), record(50)], 1);
  source.tell({ lanes: [one(40), two(40)] });
  await source.give([record(70)], 1);
  expect(lines).toEqual([]);
  source.tell({ isIdle: true });
  await ended;
  expect(lines.map((line) => Number(line.split('-')[3]))).toEqual([90, 70, 50]);
});

test('the first result waits for company, not for ever', async () => {
  let now = 0;
  const { lines, ended } = feed('', { firstCount: 3, now: () => now });
  await source.give([record(90), record(50)], 1);
  source.tell({ lanes: [one(60), two(60)] });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(lines).toEqual([]);
  now = 2000;
  // Again and again: a busy machine may not have read the first result yet.
  const told = (lane: number) => () => {
    source.tell({ lanes: [one(40), two(lane)] });
    return lines.length;
  };
  await expect.poll(told(60), { interval: 20, timeout: 10_000 }).toBe(1);
  await expect.poll(told(40), { interval: 20, timeout: 10_000 }).toBe(2);
  source.tell({ isIdle: true });
  await ended;
});

test('whoever stops early is not followed', async () => {
  await source.give([record(90), record(50)], 1);
  source.tell({ lanes: [one(40), two(40)] });
  const options = { store, query: { kind: 'all' as const }, watch, isAtTheEnd: false, firstCount: 1 };
  const results = newestFirst({ ...options, signal: new AbortController().signal });
  expect((await results.next()).value).toMatchObject({ total: 2 });
  expect(await results.return(undefined)).toMatchObject({ done: true });
});

test('a full disk and an interrupt reach whoever waits', async () => {
  const { ended } = feed();
  const told = expect(ended).rejects.toThrow('disk');
  watch.fail(new Error('disk'));
  await told;
});

describe('what is certain', () => {
  const status = (more: Partial<LiveStatus>): LiveStatus => ({ ...source.status(), ...more });
  const cases: readonly (readonly [string, () => Partial<LiveStatus>, number | null])[] = [
    ['nothing while there is no Region', () => ({ lanes: [] }), null],
    ['nothing while one has not begun', () => ({ lanes: [one(5), two(null)] }), null],
    ['what is newer than the slowest has read', () => ({ lanes: [one(5), two(9)] }), at(9) + 1],
    [
      'nothing while a profile is being opened',
      () => ({ lanes: [one(5), lane({ origin: 3, profile: 'dev', phase: 'opening' })] }),
      null,
    ],
    [
      'nothing while the Regions are not known yet',
      () => ({ lanes: [one(5), two(9), lane({ profile: 'dev', reachedDownTo: at(1) })], scope: everywhere }),
      null,
    ],
    [
      'nothing of the cache while the account is that of last time',
      () => ({ lanes: [one(5, { phase: 'opening' }), two(9)] }),
      null,
    ],
    [
      'nor while AWS cannot be asked for it',
      () => ({ lanes: [one(5, { phase: 'retrying', requests: 0 }), two(9)] }),
      null,
    ],
    ['the slowest of all Regions', () => ({ lanes: [one(5), two(9)], scope: everywhere }), at(9) + 1],
    ['the end is left to whoever sees it', () => ({ lanes: [one(5, { phase: 'done' })] }), null],
  ];
  test.each(cases)('%s', (_, more, expected) => {
    expect(certainFrom(status(more()))).toBe(expected);
  });
});
