// The stretch of an event history that a search is about where it says so: `since:7d`, `at:14:02±5m`. What is loaded by
// itself is the last day; a search for an older one would find nothing and look as if nothing had been.

import { timeTerms } from '../query/edit.ts';
import type { Query } from '../query/query.ts';
import type { HistoryRange } from '../sources/live-source.ts';
import { spanIn } from '../state/histogram.ts';

export type NamedRange = Extract<HistoryRange, { kind: 'span' }>;

const DAY_MS = 86_400_000;
const KEPT_MS = 90 * DAY_MS;
/** AWS forgets the oldest minutes while one asks for them. */
const EDGE_MS = 60_000;
/** `since:7d` moves on as the rest of the search is typed: what is asked for need not move with it. */
const DRIFT_MS = 3_600_000;

/** What is to be loaded for the query, in ms; null where it names no time before `loadedFrom` that AWS still has. With an
 *  end alone that is the day before it. `asked`: what was asked for last, and stays where it will do. */
export function namedRange(
  query: Query,
  loadedFrom: number,
  { asked, now }: { readonly asked: NamedRange | null; readonly now: number },
): NamedRange | null {
  const span = spanIn(timeTerms(query));
  const { to } = span;
  const earliest = now - KEPT_MS + EDGE_MS;
  if (to !== null && to < earliest) return null;
  const begin = span.from ?? (to === null || to >= loadedFrom ? null : to - DAY_MS);
  if (begin === null) return null;
  const from = Math.max(begin, earliest);
  if (from >= loadedFrom || (to !== null && from > to)) return null;
  const isAsked = asked !== null && asked.to === to && from >= asked.from && from - asked.from < DRIFT_MS;
  return isAsked ? asked : { kind: 'span', from, to };
}
