// What the list makes of the events that a search has found: only the marked ones, runs of the same call as one row.

import type { AppState } from '../state/app-state.ts';
import type { Fold } from '../state/fold.ts';
import { type Marks, markedRows } from '../state/marks.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';

type ShapedBy = { readonly fold: Fold; readonly only: Marks['byRow'] | null };

/** `opened`: where opened runs begin now. */
export type Shaped = { readonly result: Result; readonly opened: Fold['opened'] };

/** What shapes the list; the same parts while nothing of it changes. */
export function shapeWanted({ fold, marks }: Pick<AppState, 'fold' | 'marks'>): ShapedBy {
  return { fold, only: marks.isOnly ? marks.byRow : null };
}

export function isSameShape(a: ShapedBy, b: ShapedBy): boolean {
  return a.fold === b.fold && a.only === b.only;
}

/** Rejects with AbortError when `signal` fires. */
export async function shapeResult(
  store: Store,
  found: Result,
  { fold, marks }: Pick<AppState, 'fold' | 'marks'>,
  signal: AbortSignal,
): Promise<Shaped> {
  const whole = marks.isOnly ? onlyMarked(store, found, marks) : found;
  if (!fold.isOn) return { result: whole, opened: fold.opened };
  const result = await store.fold(whole, new Set(fold.opened.keys()), signal);
  const opened = movedRuns(store, result, fold.opened);
  if (opened === fold.opened) return { result, opened };
  return { result: await store.fold(whole, new Set(opened.keys()), signal), opened };
}

function onlyMarked(store: Store, found: Result, marks: Marks): Result {
  const rows = markedRows(marks).filter((row) => found.rows[store.positionOf(found, row)] === row);
  const picked = store.pick(rows);
  // Another id: whoever keeps something about a result must see that it is another one.
  return { ...found, id: picked.id, total: picked.total, rows: picked.rows };
}

/** An opened run that newer events have come on top of begins with the newest of them now; where there is none, it is
 *  not of this list, and may come back with another search. */
function movedRuns(store: Store, result: Result, opened: Fold['opened']): Fold['opened'] {
  const { folded } = result;
  if (folded === undefined) return opened;
  const moved = new Map(opened);
  let isMoved = false;
  for (const row of opened.keys()) {
    const position = store.positionOf(result, row);
    const [head, count] = [result.rows[position], folded.counts[position] ?? 1];
    if (head === undefined || head === row || count < 2) continue;
    if (folded.whole.rows[store.positionOf(folded.whole, row)] !== row) continue;
    moved.delete(row);
    moved.set(head, count);
    isMoved = true;
  }
  return isMoved ? moved : opened;
}
