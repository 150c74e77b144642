import type { HistoryRange } from '../sources/live-source.ts';
import type { TimeLimits } from './request.ts';

export const DAY_MS = 86_400_000;
/** What event history holds (CloudTrail User Guide, "Working with CloudTrail event history"). */
export const HISTORY_DAYS = 90;

/** What is asked for where no time is given: the last day; all 90 where the server itself picks out the few events. */
export function historyRange(limits: TimeLimits, isPickedByServer: boolean, now: number): HistoryRange {
  const until = limits.until ?? now;
  const from = limits.since ?? until - (isPickedByServer ? HISTORY_DAYS : 1) * DAY_MS;
  return { kind: 'span', from: Math.floor(from / 1000) * 1000, to: limits.until };
}
