// The matches of a source that is still loading, newest first, printed while it loads. Each account in each Region (a
// lane) reads from the newest event downwards at its own pace, so whatever is newer than the point that the slowest of
// them has come down to is certain: nothing can join it any more. From step to step only what has become certain since is
// searched, by time, and handed on as a result of its own. A lane that has failed does not hold up the others. What came
// of a lane that is none any more (the profile has come to mean another account) does not count.
//
// Whether the lanes keep their word decides only about the order: at the end everything is searched once more, and what
// was not printed follows. So each event comes once, and none is lost.

import type { Query } from '../query/query.ts';
import type { LaneStatus, LiveStatus } from '../sources/live-source.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import type { LiveWatch } from './live-watch.ts';
import { allOf } from './request.ts';

export type NewestFirstOptions = {
  readonly store: Store;
  readonly query: Query;
  readonly watch: LiveWatch;
  readonly signal: AbortSignal;
  /** One result, when all is loaded: where the order or the meaning of the query hangs on the last event. */
  readonly isAtTheEnd: boolean;
  /** The first result waits, for a moment, until there are so many: a table is fitted to them. */
  readonly firstCount: number;
  readonly now?: () => number;
};

/** A first result that is still short waits no longer than this, in ms. */
const FIRST_PATIENCE_MS = 2000;

/** Results that together hold every match once, newest first; ends when the source is idle. Rejects with what the watch
 *  was told, and where the store cannot go on. */
export async function* newestFirst(options: NewestFirstOptions): AsyncGenerator<Result> {
  const { store, query, watch, signal, isAtTheEnd, firstCount, now = () => performance.now() } = options;
  const printed = new PrintedRows();
  let printedDownTo = Number.POSITIVE_INFINITY;
  let firstSeenAt: number | null = null;
  for (;;) {
    const status = await watch.next();
    if (status.isIdle) break;
    const from = isAtTheEnd ? null : certainFrom(status);
    if (from === null || from >= printedDownTo) continue;
    const within = allOf([query, ...between(from, printedDownTo)]);
    const result = await store.search(within, { signal, origins: originsIn(status) });
    if (printed.isEmpty && result.total > 0 && result.total < firstCount) {
      firstSeenAt ??= now();
      if (now() - firstSeenAt < FIRST_PATIENCE_MS) continue;
    }
    printedDownTo = from;
    if (result.total === 0) continue;
    printed.add(result);
    yield result;
  }
  const rest = printed.without(await store.search(query, { signal, origins: originsIn(watch.status) }));
  if (rest.total > 0) yield rest;
}

/** Every event from this moment on, in ms, is in the store; null: that is not known of any, or it is known of all. */
export function certainFrom({ lanes, scope }: LiveStatus): number | null {
  // Until the list of its Regions is there, a profile has one lane, which says nothing of the others.
  if (scope.regions === 'all' && hasLoneLane(lanes)) return null;
  let from = Number.NEGATIVE_INFINITY;
  for (const { phase, reachedDownTo, requests } of lanes) {
    if (phase === 'failed' || phase === 'done') continue;
    // Of the account that the profile led to last time, as long as AWS has not been asked: it may be another now.
    const isUnconfirmed = phase === 'opening' || (phase === 'retrying' && requests === 0);
    if (reachedDownTo === null || isUnconfirmed) return null;
    // Its own second may go on: events have no finer time, and a page can end inside one.
    from = Math.max(from, reachedDownTo + 1);
  }
  return Number.isFinite(from) ? from : null;
}

/** What is searched: an account's events in the Regions that were asked for. */
export function originsIn({ lanes }: LiveStatus): ReadonlySet<number> {
  return new Set(lanes.map(({ origin }) => origin));
}

function hasLoneLane(lanes: readonly LaneStatus[]): boolean {
  return [...Map.groupBy(lanes, ({ profile }) => profile).values()].some(({ length }) => length === 1);
}

function between(from: number, before: number): readonly Query[] {
  const since: Query = { kind: 'since', at: from, text: '' };
  return before === Number.POSITIVE_INFINITY ? [since] : [since, { kind: 'until', at: before - 1, text: '' }];
}

/** Which rows have been handed on: a bit for each, so a million of them take 125 kB. */
class PrintedRows {
  #bits = new Uint8Array(1024);
  isEmpty = true;

  add({ rows }: Result): void {
    this.isEmpty &&= rows.length === 0;
    for (const row of rows) {
      if (row >> 3 >= this.#bits.length) {
        const grown = new Uint8Array(Math.max(this.#bits.length * 2, (row >> 3) + 1));
        grown.set(this.#bits);
        this.#bits = grown;
      }
      this.#bits[row >> 3] = (this.#bits[row >> 3] ?? 0) | (1 << (row & 7));
    }
  }

  without(result: Result): Result {
    if (this.isEmpty) return result;
    const rows = result.rows.filter((row) => ((this.#bits[row >> 3] ?? 0) & (1 << (row & 7))) === 0);
    return { ...result, rows, total: rows.length };
  }
}
