import { expect, test } from 'vitest';
import { type Loading, NO_PROGRESS, rateOf } from '../../src/state/loading.ts';

const reading = (changes: Partial<typeof NO_PROGRESS>, now: number): Extract<Loading, { kind: 'reading' }> => ({
  kind: 'reading',
  progress: { ...NO_PROGRESS, isListing: false, ...changes },
  startedAt: 1000,
  now,
  isStopping: false,
});

test.each([
  ['nothing is known yet', reading({}, 1100), { fraction: null, eventsPerSecond: null, remainingMs: null }],
  [
    'too early for a rate',
    reading({ bytesDone: 1, bytesTotal: 4, events: 9 }, 1100),
    { fraction: 0.25, eventsPerSecond: null, remainingMs: null },
  ],
  [
    'a quarter in a second',
    reading({ bytesDone: 1, bytesTotal: 4, events: 9 }, 2000),
    { fraction: 0.25, eventsPerSecond: 9, remainingMs: 3000 },
  ],
  [
    'the folders are still being listed',
    reading({ bytesDone: 1, bytesTotal: 4, events: 9, isListing: true }, 2000),
    { fraction: 0.25, eventsPerSecond: 9, remainingMs: null },
  ],
  [
    'a file grew while it was read',
    reading({ bytesDone: 5, bytesTotal: 4, events: 9 }, 2000),
    { fraction: 1, eventsPerSecond: 9, remainingMs: 0 },
  ],
])('%s', (_, loading, expected) => {
  expect(rateOf(loading)).toEqual(expected);
});
