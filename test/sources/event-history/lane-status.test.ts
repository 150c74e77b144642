import { expect, test } from 'vitest';
import { type LaneCondition, phaseOf } from '../../../src/sources/event-history/lane-status.ts';

const WHOLE: LaneCondition = {
  failure: null,
  isPaused: true,
  isOpening: false,
  isOpeningTroubled: false,
  throttledSince: null,
  streak: 0,
  isPending: false,
  isPendingBelowTop: false,
  isFollowing: false,
};

test('a pause holds back what is still to come, not what is there', () => {
  expect(phaseOf(WHOLE, 0)).toBe('done');
  expect(phaseOf({ ...WHOLE, isPending: true }, 0)).toBe('paused');
  expect(phaseOf({ ...WHOLE, isFollowing: true }, 0)).toBe('paused');
  expect(phaseOf({ ...WHOLE, isOpening: true }, 0)).toBe('paused');
});
