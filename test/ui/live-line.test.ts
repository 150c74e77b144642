import { describe, expect, test } from 'vitest';
import type { LookupAttribute } from '../../src/cloudtrail/lookup-attribute.ts';
import type { LaneStatus, LiveStatus } from '../../src/sources/live-source.ts';
import { cellsOf, joined, liveSegments, regionsText } from '../../src/ui/live-line.ts';
import { fault, lane } from './fake-live-source.ts';

const HOUR = 3_600_000;
const WANTED = { from: Date.UTC(2026, 4, 19), to: Date.UTC(2026, 4, 20) };
const SCOPE = { profiles: ['prod'], regions: null, isInsights: false } as const;

const DONE = lane({ region: 'eu-west-1', phase: 'done', wanted: WANTED });
const LOADING = lane({
  origin: 2,
  region: 'us-west-2',
  wanted: WANTED,
  reachedDownTo: WANTED.to - 9 * HOUR,
  eventsPerSecond: 98,
  remainingMs: 120_000,
});
const DENIED = lane({
  origin: 3,
  region: 'us-east-2',
  phase: 'failed',
  fault: fault({
    kind: 'denied',
    message: 'prod may not call cloudtrail:LookupEvents in us-east-2 (explicit deny in a service control policy)',
    next: 'ask for the permission, or leave the Region out with R',
  }),
});

function status(lanes: readonly LaneStatus[], changes: Partial<LiveStatus> = {}): LiveStatus {
  return {
    scope: SCOPE,
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

const textOf = (from: LiveStatus, width: number, attribute: LookupAttribute | null = null) =>
  joined(liveSegments(from, attribute, width).segments)
    .map(([, text]) => text)
    .join('');

const many = (count: number, changes: Partial<LaneStatus> = {}) =>
  Array.from({ length: count }, (_, at) => ({ ...DONE, ...changes, origin: 10 + at, region: `eu-made-${at}` }));

describe('what is loaded', () => {
  test('of each Region, with the rate and the time that is left', () => {
    const lanes = [DONE, { ...DONE, origin: 4, region: 'us-east-1' }, LOADING];
    expect(textOf(status(lanes), 120)).toBe(
      'eu-west-1 ✓ 24 h  us-east-1 ✓ 24 h  us-west-2 ⟳ 9 h of 24 h, 98 ev/s, 2 min left',
    );
  });

  test('in groups where there are many', () => {
    expect(textOf(status([...many(15), LOADING]), 80)).toBe('1 ⟳ 9 h 98 ev/s 2 min left  15 ✓ 24 h');
  });

  test('names the account where there are several', () => {
    const lanes = [DONE, { ...DONE, origin: 4, label: 'dev' }];
    expect(textOf(status(lanes), 120)).toBe('prod eu-west-1 ✓ 24 h  dev eu-west-1 ✓ 24 h');
  });

  test('throttled says by whom, and that it goes on', () => {
    const lanes = [{ ...LOADING, phase: 'throttled' as const, fault: fault({ kind: 'throttled' }) }];
    expect(textOf(status(lanes), 120)).toBe('us-west-2 ⟳ 9 h, throttled, shared with other users of the account');
    expect(textOf(status([...lanes, ...many(16)]), 60)).toBe('1 ⟳ throttled 9 h  16 ✓ 24 h');
  });

  test('tells what is tried again', () => {
    const lanes = [{ ...LOADING, phase: 'retrying' as const, fault: fault({ message: 'us-west-2 answered 503' }) }];
    expect(textOf(status(lanes), 120)).toBe('us-west-2 ⟳ 9 h, trying again: us-west-2 answered 503');
  });

  test('marks following, a pause and what the server filters by', () => {
    const attribute = { key: 'EventName', value: 'TerminateInstances' } as const;
    const asked = { ...DONE, attribute, phase: 'loading' as const, reachedDownTo: WANTED.from };
    expect(textOf(status([asked], { isFollowing: true }), 120, attribute)).toBe(
      'eu-west-1 ⟳ 24 h  following  server: eventName=TerminateInstances',
    );
    const loadedOfAttribute = [{ from: WANTED.to - 90 * 24 * HOUR, to: WANTED.to }];
    expect(textOf(status([{ ...DONE, loadedOfAttribute }]), 120, attribute)).toBe(
      'eu-west-1 ✓ 24 h  server: eventName=TerminateInstances ✓ 90 d',
    );
    expect(textOf(status([{ ...LOADING, phase: 'paused' }], { isPaused: true }), 120)).toBe(
      'us-west-2 ‖ 9 h  paused: p goes on',
    );
  });
});

describe('what went wrong', () => {
  test('comes first and keeps its words as long as there is room', () => {
    const both = status([DENIED, DONE]);
    const whole =
      '✗ prod may not call cloudtrail:LookupEvents in us-east-2 (explicit deny in a service control policy): ask for the permission, or leave the Region out with R';
    expect(textOf(both, 200)).toBe(`${whole}  1 ✓ 24 h`);
    expect(textOf(both, 80)).toBe('✗ prod may not call cloudtrail:LookupEvents in us-east-2…  c tells all  1 ✓ 24 h');
    expect(textOf(both, 50)).toBe('✗ us-east-2 denied: c tells all  1 ✓ 24 h');
  });

  test('of several Regions names each, or counts them', () => {
    const lanes = [DENIED, { ...DENIED, origin: 5, region: 'us-west-1' }, ...many(15)];
    expect(textOf(status(lanes), 80)).toBe('✗ us-east-2 denied, us-west-1 denied: c lists them  15 ✓ 24 h');
    const most = [...many(16, { phase: 'failed', fault: DENIED.fault }), DONE];
    expect(textOf(status(most), 60)).toBe('16 ✗ denied: c lists them  1 ✓ 24 h');
  });

  test('of a profile that cannot be opened', () => {
    const expired = fault({
      kind: 'expired',
      message: 'the SSO session of prod has expired',
      next: 'run aws sso login --profile prod',
    });
    expect(textOf(status([], { faults: [expired] }), 100)).toBe(
      '✗ the SSO session of prod has expired: run aws sso login --profile prod',
    );
  });
});

test('is never wider than its place, and lets nothing of a hostile text through', () => {
  const hostile = fault({
    kind: 'network',
    message: `a\u001b[31mb\u202e 漢字 ${'x'.repeat(300)}`,
    next: 'check\nthe proxy',
  });
  const all: readonly LiveStatus[] = [
    status([]),
    status([DONE]),
    status([DENIED, LOADING, DONE], { isFollowing: true, isPaused: true }),
    status([{ ...DENIED, fault: hostile }]),
    status([], { faults: [hostile, hostile] }),
    status([...many(17, { phase: 'retrying', fault: hostile }), LOADING]),
    status([...many(40, { label: 'dev' }), DENIED, DONE]),
  ];
  for (const one of all) {
    for (let width = 0; width < 220; width++) {
      const { segments } = liveSegments(one, { key: 'ResourceName', value: 'a\u001b[31m' }, width);
      expect(cellsOf(segments)).toBeLessThanOrEqual(width);
      for (const [, text] of segments) expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  }
});

test('Regions in words', () => {
  expect(regionsText([])).toBe('');
  expect(regionsText(['eu-west-1'])).toBe('eu-west-1');
  expect(regionsText(['eu-west-1', 'us-east-1'])).toBe('eu-west-1 and us-east-1');
  expect(regionsText(['a', 'b', 'c', 'd'])).toBe('4 Regions');
});
