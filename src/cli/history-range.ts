import type { HistoryRange } from '../sources/live-source.ts';
import type { TimeLimits } from './request.ts';

export const DAY_MS = 86_400_000;
/** What event history holds (CloudTrail User Guide, "Working with CloudTrail event history"). */
export const HISTORY_DAYS = 90;

/** Why nothing can be asked for: the whole time is older than what AWS keeps. Null: some of it can. */
export function tooOldMistake({ until }: TimeLimits, now: number): string | null {
  const earliest = now - HISTORY_DAYS * DAY_MS;
  if (until === null || until >= earliest) return null;
  const date = `${new Date(earliest).toISOString().slice(0, 16)}Z`;
  return `AWS keeps ${HISTORY_DAYS} days of event history: nothing before ${date} can be asked for; log files hold it`;
}

/** What is asked for where no time is given: the last day; all 90 where the server itself picks out the few events. */
export function historyRange(limits: TimeLimits, isPickedByServer: boolean, now: number): HistoryRange {
  const until = limits.until ?? now;
  const from = limits.since ?? until - (isPickedByServer ? HISTORY_DAYS : 1) * DAY_MS;
  return { kind: 'span', from: Math.floor(from / 1000) * 1000, to: limits.until };
}
