import type { Fault } from '../aws/fault.ts';
import type { LanePhase } from '../live-source.ts';

/** Nobody is told of a collision that is over at once. */
const THROTTLED_AFTER_MS = 2000;

/** What a lane is like, as far as its phase goes. */
export type LaneCondition = {
  readonly failure: Fault | null;
  readonly isPaused: boolean;
  readonly isOpening: boolean;
  /** Who asks could not be found out yet, and is asked again. */
  readonly isOpeningTroubled: boolean;
  /** Since when AWS has refused every request for its rate, ms; null: it does not. */
  readonly throttledSince: number | null;
  /** Failures in a row over all chains. */
  readonly streak: number;
  readonly isPending: boolean;
  /** Something else than what following asks for again. */
  readonly isPendingBelowTop: boolean;
  readonly isFollowing: boolean;
};

/** The one word for what a lane is doing at `now` (ms). */
export function phaseOf(lane: LaneCondition, now: number): LanePhase {
  if (lane.failure !== null) return 'failed';
  // What is whole is not held back by a pause, but looking for more is.
  if (lane.isPaused && (lane.isPending || lane.isOpening || lane.isFollowing)) return 'paused';
  if (lane.isOpeningTroubled) return 'retrying';
  if (lane.isOpening) return 'opening';
  if (lane.throttledSince !== null && now - lane.throttledSince >= THROTTLED_AFTER_MS) return 'throttled';
  if (lane.streak > 0) return 'retrying';
  if (lane.isFollowing) return lane.isPendingBelowTop ? 'loading' : 'following';
  return lane.isPending ? 'loading' : 'done';
}
