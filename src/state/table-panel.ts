// A page of rows that each stand for a search: Enter looks at its events.

import { EMPTY_LIST, type ListMove, type ListState, moveList, replaceList, resizeList } from './list.ts';

export type TableSubject = 'by' | 'denied' | 'rare';

/** Cells are texts of records: sanitised where they are drawn. */
export type TableColumn = {
  readonly title: string;
  readonly align?: 'right';
  /** Widths in cells; what is left over goes to columns that want more, in proportion. */
  readonly min: number;
  readonly max: number;
};

export type TableRow = {
  readonly cells: readonly string[];
  /** The search that finds its events, in the search language. */
  readonly query: string;
  readonly isQuiet?: boolean;
};

export type TablePanel = {
  readonly kind: 'table';
  readonly subject: TableSubject;
  /** Of the subject `by`: what is counted by, in the order of the columns. */
  readonly by: readonly string[];
  readonly title: string;
  /** One line on what is listed, and over what. */
  readonly about: string;
  readonly columns: readonly TableColumn[];
  readonly stage: 'loading' | 'ready' | { readonly failed: string };
  readonly rows: readonly TableRow[];
  /** Said where there are none. */
  readonly none: string;
  readonly list: ListState;
};

export type TableStep =
  | { readonly kind: 'move'; readonly move: ListMove }
  | {
      readonly kind: 'fill';
      readonly subject: TableSubject;
      readonly rows: readonly TableRow[];
      readonly about: string;
    }
  | { readonly kind: 'fail'; readonly subject: TableSubject; readonly reason: string };

/** Lines above the first row: title and column titles. */
export const TABLE_TOP = 2;

export function openTable(panel: Pick<TablePanel, 'subject' | 'by' | 'title' | 'columns' | 'none'>): TablePanel {
  return { ...panel, kind: 'table', about: '', stage: 'loading', rows: [], list: EMPTY_LIST };
}

export function stepTable(panel: TablePanel, step: TableStep): TablePanel {
  if (step.kind === 'move') return { ...panel, list: moveList(panel.list, step.move) };
  if (step.subject !== panel.subject) return panel;
  if (step.kind === 'fail') return { ...panel, stage: { failed: step.reason } };
  const { rows, about } = step;
  return { ...panel, stage: 'ready', rows, about, list: replaceList(panel.list, rows.length, panel.list.selected) };
}

export function resizeTable(panel: TablePanel, height: number): TablePanel {
  const lines = Math.max(1, height - TABLE_TOP);
  return panel.list.height === lines ? panel : { ...panel, list: resizeList(panel.list, lines) };
}

/** The row under the cursor; null in an empty table. */
export function selectedTableRow({ rows, list }: TablePanel): TableRow | null {
  return rows[list.selected] ?? null;
}
