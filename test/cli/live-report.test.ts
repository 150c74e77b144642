import { describe, expect, test } from 'vitest';
import { liveExitCode } from '../../src/cli/live-exit.ts';
import { type LiveOutcome, liveProgressText, liveReport } from '../../src/cli/live-report.ts';
import type { LaneStatus, LiveStatus } from '../../src/sources/live-source.ts';
import { fakeLiveSource, fault, lane } from '../ui/fake-live-source.ts';

const DAY = 86_400_000;
const TO = Date.UTC(2026, 4, 20);
const wanted = { from: TO - 7 * DAY, to: TO };
const status = (more: Partial<LiveStatus>): LiveStatus => ({ ...fakeLiveSource().status(), isIdle: true, ...more });
const done = (more: Partial<LaneStatus> = {}) => lane({ phase: 'done', wanted, events: 1204, ...more });
const denied = fault({
  kind: 'denied',
  message: 'eu-west-1 of prod: alice may not call cloudtrail:LookupEvents',
  next: 'ask for it',
});
function outcome(more: Partial<LiveStatus>, rest: Partial<LiveOutcome> = {}): LiveOutcome {
  const lanes = (more.lanes ?? []).map((each, origin) => ({ ...each, origin }));
  return {
    status: status({ ...more, lanes }),
    distinct: 1204,
    eventsOf: new Map(lanes.map(({ origin, events }) => [origin, events])),
    matched: 3,
    isCutShort: false,
    elapsedMs: 1200,
    ...rest,
  };
}

describe('what a person is told at the end', () => {
  test('what was read, by account and Region', () => {
    const lanes = [
      done({ requests: 25, cachedEvents: 1000 }),
      done({ region: 'us-east-1', events: 0, requests: 1 }),
      done({ region: 'us-west-2', events: 0, requests: 1 }),
    ];
    expect(liveReport(outcome({ lanes }), false)).toEqual([
      '3 of 1,204 events of event history (27 requests, 1.2 s)',
      'eu-west-1 of 111122223333: 7 d, 1,204 events, 1,000 of them from the cache',
      'us-east-1, us-west-2 of 111122223333: 7 d, no events',
    ]);
  });

  test('only events of the time that was asked for, though the cache brought others', () => {
    const lanes = [done({ events: 470, cachedEvents: 460 }), done({ region: 'us-east-1', events: 30 })];
    const eventsOf = new Map([
      [0, 12],
      [1, 0],
    ]);
    expect(liveReport(outcome({ lanes }, { distinct: 12, eventsOf }), false)).toEqual([
      '3 of 12 events of event history (0 requests, 1.2 s)',
      'eu-west-1 of 111122223333: 7 d, 12 events, 2 of them from the cache',
      'us-east-1 of 111122223333: 7 d, no events',
    ]);
  });

  test('what the server picked out, what was not reached, where global services are', () => {
    const attribute = { key: 'EventName', value: 'TerminateInstances' } as const;
    const lanes = [
      done({ attribute, events: 4 }),
      done({ region: 'us-west-2', phase: 'loading', reachedDownTo: TO - DAY, events: 7 }),
    ];
    expect(liveReport(outcome({ lanes, missingGlobalRegion: 'us-east-1' }, { isCutShort: true }), false)).toEqual([
      'the newest 3 of 1,204 events of event history (0 requests, 1.2 s)',
      'eu-west-1 of 111122223333: 7 d, 4 events (server: eventName=TerminateInstances)',
      'us-west-2 of 111122223333: 1 d of 7 d, 7 events',
      'IAM, sign-in and other global services are logged in us-east-1, which was not read: add -r us-east-1',
    ]);
  });

  test('that AWS may still add to the newest minutes, where they were asked for', () => {
    const linesOf = (more: Partial<LiveStatus>) =>
      liveReport(outcome(more, { matched: 0 }), true).filter((line) => line.includes('newest'));
    const growing = ['the newest 15 minutes may still grow'];
    expect(linesOf({ lanes: [done({ askedAt: TO + 60_000 })] })).toEqual(growing);
    expect(linesOf({ lanes: [done({ askedAt: TO + 15 * 60_000 }), done({ askedAt: null })] })).toEqual([]);
    expect(linesOf({ lanes: [done({ phase: 'loading', reachedDownTo: TO - DAY, askedAt: TO })] })).toEqual(growing);
    const unread = done({ phase: 'failed', events: 0, askedAt: TO, fault: denied, region: 'us-east-1' });
    expect(linesOf({ lanes: [done(), unread] })).toEqual([]);
    const scope = { profiles: [null], regions: null, isInsights: true };
    expect(linesOf({ lanes: [done({ askedAt: TO + 30 * 60_000 })], scope })).toEqual([
      'the newest 60 minutes may still grow',
    ]);
  });

  test('a failure once, with the next step; nothing is obeyed', () => {
    const evil = fault({ message: 'no such profile "\u001b[2J"' });
    const lanes = [
      done({ phase: 'failed', events: 0, fault: denied }),
      done({ phase: 'failed', events: 0, fault: denied }),
    ];
    expect(liveReport(outcome({ lanes, faults: [evil] }, { distinct: 0, matched: 0 }), false)).toEqual([
      'nothing of event history could be read (0 requests, 1.2 s)',
      'no such profile "\\u001b[2J"',
      'eu-west-1 of prod: alice may not call cloudtrail:LookupEvents; ask for it',
    ]);
  });
});

describe('what a script is told', () => {
  test('nothing where all was read and something matched', () => {
    expect(liveReport(outcome({ lanes: [done()], missingGlobalRegion: 'us-east-1' }), true)).toEqual([]);
  });

  test('over what nothing matched', () => {
    expect(liveReport(outcome({ lanes: [done()] }, { matched: 0 }), true)).toEqual([
      'no match among 1,204 events of event history (0 requests, 1.2 s)',
      'eu-west-1 of 111122223333: 7 d, 1,204 events',
    ]);
  });

  test('what failed', () => {
    const lanes = [done(), done({ region: 'us-east-1', phase: 'failed', events: 0, fault: denied })];
    expect(liveReport(outcome({ lanes, notices: ['the disk is full'] }), true)).toEqual([
      'the disk is full',
      'eu-west-1 of prod: alice may not call cloudtrail:LookupEvents; ask for it',
    ]);
  });
});

test('a line while it loads', () => {
  const lanes = [
    done({ events: 1000 }),
    lane({
      phase: 'throttled',
      wanted,
      reachedDownTo: TO - 3.5 * DAY,
      events: 204,
      eventsPerSecond: 98.4,
      remainingMs: 200_000,
      attribute: { key: 'Username', value: 'alice' },
    }),
    lane({ phase: 'opening', wanted }),
  ];
  expect(liveProgressText(status({ lanes }))).toBe(
    'event history  ██████████░░░░░░░░░░  50%  1/3 Regions  1,204 events  98/s  3 min 20 s left  server: username=alice  (throttled)',
  );
  expect(liveProgressText(status({ lanes: [] }))).toBe('event history  0 events');
  const retrying = lane({ phase: 'retrying', fault: fault({ kind: 'network', message: 'prod, eu-west-1: no way' }) });
  expect(liveProgressText(status({ lanes: [retrying] }))).toBe(
    'event history  ░░░░░░░░░░░░░░░░░░░░   0%  0 events  (trying again: prod, eu-west-1: no way)',
  );
});

describe('what the shell is told', () => {
  const failed = (kind: 'denied' | 'network' | 'expired', more: Partial<LaneStatus> = {}) =>
    lane({ phase: 'failed', fault: fault({ kind }), ...more });
  const cases: readonly (readonly [string, Partial<LiveStatus>, number, number])[] = [
    ['something matched', { lanes: [done()] }, 1, 0],
    ['nothing matched', { lanes: [done()] }, 0, 1],
    ['one of two Regions was denied', { lanes: [done(), failed('denied')] }, 1, 4],
    ['one of two Regions was denied, and nothing matched', { lanes: [done(), failed('denied')] }, 0, 4],
    ['it broke off on the way', { lanes: [failed('expired', { events: 50, reachedDownTo: TO })] }, 1, 4],
    ['a profile could not be opened', { lanes: [done()], faults: [fault()] }, 1, 4],
    ['no credentials', { faults: [fault()] }, 0, 3],
    ['denied everywhere', { lanes: [failed('denied'), failed('denied')] }, 0, 3],
    ['denied here, no way there', { lanes: [failed('denied'), failed('network')] }, 0, 3],
    ['nothing answers', { lanes: [failed('network')] }, 0, 2],
  ];
  test.each(cases)('%s', (_, more, matched, code) => {
    expect(liveExitCode(status(more), matched)).toBe(code);
  });
});
