// A page in place of the list that shows some events side by side, leaf by leaf.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Compared, CompareRow, Leaf } from './compare.ts';
import { type LeafTerm, leafTerm } from './leaf-term.ts';
import { EMPTY_LIST, type ListMove, type ListState, moveList, replaceList, resizeList } from './list.ts';

export type ComparePanel = {
  readonly kind: 'compare';
  readonly events: readonly TrailEvent[];
  readonly all: readonly CompareRow[];
  /** Null while their records are compared. */
  readonly compared: Compared | null;
  readonly isOnlyDifferent: boolean;
  /** Those of `all` that are shown. */
  readonly rows: readonly CompareRow[];
  readonly list: ListState;
  /** The chosen event. */
  readonly column: number;
};

export type CompareStep =
  | { readonly kind: 'move'; readonly move: ListMove }
  | { readonly kind: 'column'; readonly step: 1 | -1 }
  | { readonly kind: 'toColumn'; readonly column: number }
  | { readonly kind: 'switch' }
  | { readonly kind: 'fill'; readonly events: readonly TrailEvent[]; readonly compared: Compared };

/** Lines around the rows: the title; time, name and who of each event above, the whole value of the cell below. */
export const COMPARE_TOP = 4;
const LINES_AROUND = COMPARE_TOP + 2;

/** `compared`: the records of the events; null while that is under way. */
export function openCompare(events: readonly TrailEvent[], compared: Compared | null = null): ComparePanel {
  const all = compared?.rows ?? [];
  const list = { ...EMPTY_LIST, total: all.length };
  return { kind: 'compare', events, all, compared, isOnlyDifferent: false, rows: all, list, column: 0 };
}

export function stepCompare(panel: ComparePanel, step: CompareStep): ComparePanel {
  switch (step.kind) {
    case 'move':
      return { ...panel, list: moveList(panel.list, step.move) };
    case 'column':
      return withColumn(panel, panel.column + step.step);
    case 'toColumn':
      return withColumn(panel, step.column);
    case 'fill':
      return step.events === panel.events ? filled(panel, step.compared) : panel;
    case 'switch':
      return showDifferences(panel, !panel.isOnlyDifferent);
  }
}

function filled(panel: ComparePanel, compared: Compared): ComparePanel {
  const all = compared.rows;
  const rows = panel.isOnlyDifferent ? all.filter(({ isDifferent }) => isDifferent) : all;
  return { ...panel, all, compared, rows, list: replaceList(panel.list, rows.length, 0) };
}

export function resizeCompare(panel: ComparePanel, height: number): ComparePanel {
  const lines = Math.max(1, height - LINES_AROUND);
  return panel.list.height === lines ? panel : { ...panel, list: resizeList(panel.list, lines) };
}

export function differentCount({ all }: ComparePanel): number {
  return all.filter(({ isDifferent }) => isDifferent).length;
}

/** The row under the cursor, and what the chosen event has there; null in an empty table. */
export function selectedCell({
  rows,
  list,
  column,
}: ComparePanel): { readonly row: CompareRow; readonly leaf: Leaf | null } | null {
  const row = rows[list.selected];
  return row === undefined ? null : { row, leaf: row.leaves[column] ?? null };
}

/** The search for the cell under the cursor. */
export function cellTerm(panel: ComparePanel): LeafTerm {
  const cell = selectedCell(panel);
  if (cell === null) return { kind: 'blocked', reason: 'there is no value' };
  if (cell.row.segments === null) return { kind: 'blocked', reason: 'this part of the record is too deep to ask for' };
  return leafTerm(cell.row.segments, cell.leaf);
}

/** Why the search cannot ask for the cell under the cursor; null when it can. */
export function cellBlocked(panel: ComparePanel): string | null {
  const asked = cellTerm(panel);
  return asked.kind === 'blocked' ? asked.reason : null;
}

function withColumn(panel: ComparePanel, column: number): ComparePanel {
  const next = Math.max(0, Math.min(panel.events.length - 1, column));
  return next === panel.column ? panel : { ...panel, column: next };
}

/** The cursor stays on its row, or goes to the next one that is shown. */
function showDifferences(panel: ComparePanel, isOnlyDifferent: boolean): ComparePanel {
  const rows = isOnlyDifferent ? panel.all.filter(({ isDifferent }) => isDifferent) : panel.all;
  const current = panel.rows[panel.list.selected];
  const place = current === undefined ? 0 : panel.all.indexOf(current);
  const selected = isOnlyDifferent ? panel.all.slice(0, place).filter((row) => row.isDifferent).length : place;
  return { ...panel, isOnlyDifferent, rows, list: replaceList(panel.list, rows.length, selected) };
}
