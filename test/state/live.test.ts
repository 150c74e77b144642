import { describe, expect, test } from 'vitest';
import type { LaneStatus, LiveStatus } from '../../src/sources/live-source.ts';
import {
  accountsIn,
  failuresIn,
  hasSameOrigins,
  isLoading,
  labelsIn,
  laneName,
  loadedFrom,
  originsIn,
  reachedMs,
  regionsIn,
  unsettledIn,
  wantedMs,
  wholeFrom,
} from '../../src/state/live.ts';
import { fault, lane } from '../ui/fake-live-source.ts';

const HOUR = 3_600_000;
const WEST = lane({ origin: 1, region: 'eu-west-1' });
const EAST = lane({ origin: 2, region: 'us-east-1', phase: 'done' });

function status(lanes: readonly LaneStatus[], changes: Partial<LiveStatus> = {}): LiveStatus {
  return {
    scope: { profiles: [null], regions: null, isInsights: false },
    range: { kind: 'recent' },
    lanes,
    isFollowing: false,
    isPaused: false,
    faults: [],
    missingGlobalRegion: null,
    notices: [],
    isIdle: false,
    ...changes,
  };
}

describe('status', () => {
  test('names origins, Regions and accounts once each', () => {
    const both = status([WEST, EAST, lane({ origin: 3, account: null, label: 'dev' })]);
    expect([...originsIn(both)]).toEqual([1, 2, 3]);
    expect(regionsIn(both)).toEqual(['eu-west-1', 'us-east-1']);
    expect(accountsIn(both)).toEqual(['111122223333']);
    expect(labelsIn(both)).toEqual(['prod', 'dev']);
    expect(laneName(WEST, both)).toBe('prod eu-west-1');
    expect(laneName(WEST, status([WEST, EAST]))).toBe('eu-west-1');
  });

  test('knows that Insights events take longer to come', () => {
    const insights = status([], { scope: { profiles: [null], regions: null, isInsights: true } });
    expect(unsettledIn(insights)).toEqual({ ms: HOUR, words: 'hour' });
    expect(unsettledIn(status([]))).toEqual({ ms: HOUR / 4, words: '15 minutes' });
  });

  test('calls profiles by their names before there are lanes', () => {
    const scope = { profiles: ['prod', null], regions: null, isInsights: false };
    expect(labelsIn(status([], { scope }))).toEqual(['prod', 'environment']);
  });

  test.each([
    ['opening', true],
    ['loading', true],
    ['throttled', true],
    ['retrying', true],
    ['paused', false],
    ['done', false],
    ['following', false],
    ['failed', false],
  ] as const)('a lane that is %s: loading %s', (phase, expected) => {
    expect(isLoading(status([EAST, lane({ phase })]))).toBe(expected);
    expect(isLoading(status([EAST, lane({ phase })], { isPaused: true }))).toBe(false);
  });

  test('knows the same scope by its origins', () => {
    expect(hasSameOrigins(null, status([]))).toBe(false);
    expect(hasSameOrigins(status([WEST]), status([{ ...WEST, events: 50 }]))).toBe(true);
    expect(hasSameOrigins(status([WEST]), status([WEST, EAST]))).toBe(false);
    expect(hasSameOrigins(status([WEST]), status([EAST]))).toBe(false);
  });
});

describe('how far', () => {
  const wanted = { from: 0, to: 24 * HOUR - 1000 };

  test('is what was read without a gap from the newest, never more than is wanted', () => {
    expect(reachedMs(lane({ wanted }))).toBe(0);
    expect(reachedMs(lane({ wanted, reachedDownTo: 15 * HOUR }))).toBe(9 * HOUR);
    expect(reachedMs(lane({ wanted, reachedDownTo: -5 * HOUR }))).toBe(24 * HOUR);
    expect(reachedMs(lane({ wanted, reachedDownTo: 30 * HOUR }))).toBe(0);
  });

  test('is listed from where the first lane is whole', () => {
    const loaded = [{ from: -5 * HOUR, to: 2 * HOUR }];
    expect(wholeFrom(status([lane({ wanted }), lane({ wanted, loaded })]))).toBe(-5 * HOUR);
    expect(wholeFrom(status([lane({ wanted })]))).toBe(wanted.from);
    const gap = [...loaded, { from: -9 * HOUR, to: -7 * HOUR }];
    expect(wholeFrom(status([lane({ wanted, loaded: gap })]))).toBe(-5 * HOUR);
    const touching = [...loaded, { from: -9 * HOUR, to: -5 * HOUR - 1000 }];
    expect(wholeFrom(status([lane({ wanted, loaded: touching })]))).toBe(-9 * HOUR);
    expect(wholeFrom(status([lane({ wanted, phase: 'opening' })]))).toBeNull();
    expect(wholeFrom(status([]))).toBeNull();
  });

  test('is all there from where the slowest lane has come to, as long as one is on its way', () => {
    const done = lane({ wanted, phase: 'done' });
    const half = lane({ wanted, reachedDownTo: 12 * HOUR });
    expect(loadedFrom(status([done, half, lane({ wanted, reachedDownTo: 6 * HOUR })]))).toBe(12 * HOUR);
    expect(loadedFrom(status([half, lane({ wanted })]))).toBe(wanted.to);
    expect(loadedFrom(status([half, lane({ wanted, phase: 'paused' })]))).toBe(wanted.to);
    expect(loadedFrom(status([done, lane({ wanted, phase: 'failed' })]))).toBeNull();
    expect(loadedFrom(status([]))).toBeNull();
  });

  test('counts what was known before, while what is new is still asked for', () => {
    const loaded = [
      { from: 14 * HOUR, to: 20 * HOUR - 1000 },
      { from: -5 * HOUR, to: 2 * HOUR - 1000 },
    ];
    expect(reachedMs(lane({ wanted, loaded }))).toBe(8 * HOUR);
    expect(reachedMs(lane({ wanted, loaded, reachedDownTo: 14 * HOUR }))).toBe(10 * HOUR);
  });

  test('is all of it where the lane is done', () => {
    expect(reachedMs(lane({ wanted, phase: 'done' }))).toBe(24 * HOUR);
    expect(reachedMs(lane({ wanted, phase: 'following' }))).toBe(24 * HOUR);
  });

  test('is wanted of all lanes together', () => {
    expect(wantedMs(status([lane({ wanted }), lane({ wanted: { from: 0, to: 48 * HOUR - 1000 } })]))).toBe(48 * HOUR);
    expect(wantedMs(status([]))).toBe(0);
  });
});

test('failures are those for good, of profiles first', () => {
  const denied = fault({ kind: 'denied', message: 'denied' });
  const noKeys = fault({ message: 'no keys' });
  const lanes = [
    lane({ phase: 'retrying', fault: fault({ kind: 'transient' }) }),
    lane({ phase: 'failed', fault: denied }),
  ];
  expect(failuresIn(status(lanes, { faults: [noKeys] }))).toEqual([noKeys, denied]);
});
