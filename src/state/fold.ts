// Folding: each run of the same call by the same person is one row of the list, which opens. The runs themselves are
// found by the store (Analysis.fold).

import { type Results, selectedRow } from './results.ts';

export type Fold = {
  readonly isOn: boolean;
  /** Runs whose events are listed, by their newest event's row: how many they are. */
  readonly opened: ReadonlyMap<number, number>;
};

export type FoldStep =
  | { readonly kind: 'foldSwitched' }
  | { readonly kind: 'runOpened'; readonly row: number; readonly count: number }
  | { readonly kind: 'runClosed'; readonly row: number }
  /** Newer events have come on top of opened runs. */
  | { readonly kind: 'runsMoved'; readonly opened: ReadonlyMap<number, number> };

export const NO_FOLD: Fold = { isOn: false, opened: new Map() };

export function stepFold(state: Fold, step: FoldStep): Fold {
  switch (step.kind) {
    case 'foldSwitched':
      return { isOn: !state.isOn, opened: new Map() };
    case 'runOpened':
      return { ...state, opened: new Map(state.opened).set(step.row, step.count) };
    case 'runClosed': {
      const opened = new Map(state.opened);
      return opened.delete(step.row) ? { ...state, opened } : state;
    }
    case 'runsMoved':
      return { ...state, opened: step.opened };
  }
}

/** A run of the list: the row of its newest event, and how many events it stands for. */
export type Run = { readonly row: number; readonly count: number };

/** The folded run under the cursor; null on a single event. */
export function foldedRun(results: Results): Run | null {
  const count = results.result?.folded?.counts[results.list.selected] ?? 1;
  const row = selectedRow(results);
  return row === null || count < 2 ? null : { row, count };
}

/** The opened run that the event under the cursor is one of. */
export function openedRun({ isOn, opened }: Fold, { result, list }: Results): Run | null {
  if (!isOn || opened.size === 0 || result === null) return null;
  const most = Math.max(...opened.values());
  for (let at = list.selected; at >= 0 && list.selected - at < most; at--) {
    const row = result.rows[at] as number;
    const count = opened.get(row);
    if (count !== undefined) return list.selected - at < count ? { row, count } : null;
  }
  return null;
}
