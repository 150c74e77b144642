// A page of rows that each stand for a search: Enter looks at its events.

import { sanitize } from '../text/sanitize.ts';
import { widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { EMPTY_LIST, type ListMove, type ListState, moveList, replaceList, resizeList } from './list.ts';

export type TableSubject =
  | 'by'
  | 'denied'
  | 'ebs'
  | 'instance-life'
  | 'launch-details'
  | 'opened-to-the-world'
  | 'people'
  | 'rare'
  | 'related'
  | 'resource'
  | 'security-groups'
  | 'session'
  | 'sessions'
  | 'ssh';

/** Cells are texts of records: sanitised where they are drawn. */
export type TableColumn = {
  readonly title: string;
  readonly align?: 'right';
  /** Widths in cells; what is left over goes to the narrowest of those that want more. */
  readonly min: number;
  readonly max: number;
  /** What is left over goes here before the others get any. */
  readonly isFirst?: boolean;
  /** Where a cell that is too wide loses something: `session`, in what stands before the session's name; `unit`, its
   *  smaller units (`2 h 33 min`: `2 h`). */
  readonly cut?: 'end' | 'start' | 'session' | 'unit';
};

export type TableRow = {
  readonly cells: readonly string[];
  /** The search that finds its events, in the search language; '' where there are none to look at. */
  readonly query: string;
  /** The event among them that the list's cursor is to stand on; the one that it stands on, by default. */
  readonly row?: number;
  /** What the row is of, the same when the page is filled again; its event or its search, by default. */
  readonly key?: string;
  /** What Enter does, where it does not lead to the row's events. */
  readonly hint?: string;
  /** What happened after it, where that can be asked: a search and what it finds, in a few words. */
  readonly after?: { readonly query: string; readonly hint: string };
  /** The row stands for an event that is not loaded: Enter has an event history asked for what `query` finds. `needs`:
   *  where it is, in words; `account`: in whose trail, '' where nothing says so. */
  readonly lookUp?: { readonly needs: string; readonly account: string };
  readonly isQuiet?: boolean;
};

export type TablePanel = {
  readonly kind: 'table';
  readonly subject: TableSubject;
  /** What it is about: of `by` the names that are counted by, in the order of the columns; nothing of the other subjects. */
  readonly of: readonly string[];
  readonly title: string;
  /** One line on what is listed, and over what. */
  readonly about: string;
  readonly columns: readonly TableColumn[];
  readonly stage: 'loading' | 'ready' | { readonly failed: string };
  readonly rows: readonly TableRow[];
  /** Said where there are none. */
  readonly none: string;
  readonly list: ListState;
  /** Lines that title and `about` take. */
  readonly head: number;
  /** Lines under the rows, for all of what is cut in the row under the cursor: a line of ─ and its text. */
  readonly foot: number;
};

export type TableStep =
  | { readonly kind: 'move'; readonly move: ListMove }
  | {
      readonly kind: 'fill';
      readonly subject: TableSubject;
      readonly rows: readonly TableRow[];
      readonly about: string;
      readonly title?: string;
      /** Where the cursor stands when the page is filled for the first time; 0 by default. */
      readonly at?: number;
      /** Instead of what the page says of no rows. */
      readonly none?: string;
    }
  | { readonly kind: 'fail'; readonly subject: TableSubject; readonly reason: string };

/** Title and column titles, at least. */
const TABLE_TOP = 2;
const MAX_HEAD = 3;
/** Under the last row: so many where the rows need the page, and more where lines are free. */
const MIN_FOOT = 3;
const MAX_FOOT = 9;
/** Lower pages keep them for rows. */
const MIN_HEIGHT_FOOT = 15;
/** From here on a foot of five lines takes little of the page. */
const HEIGHT_WIDE_FOOT = 30;
const WIDE_FOOT = 5;

export function openTable(panel: Pick<TablePanel, 'subject' | 'of' | 'title' | 'columns' | 'none'>): TablePanel {
  return { ...panel, kind: 'table', about: '', stage: 'loading', rows: [], list: EMPTY_LIST, head: 1, foot: 0 };
}

export function stepTable(panel: TablePanel, step: TableStep): TablePanel {
  if (step.kind === 'move') return { ...panel, list: moveList(panel.list, step.move) };
  if (step.subject !== panel.subject) return panel;
  if (step.kind === 'fail') return { ...panel, stage: { failed: step.reason } };
  const { rows, about, title = panel.title, none = panel.none, at = 0 } = step;
  const selected = panel.stage === 'loading' ? at : keptAt(panel, rows);
  return {
    ...panel,
    stage: 'ready',
    rows,
    about,
    title,
    none,
    list: replaceList(panel.list, rows.length, selected),
  };
}

/** Where the row under the cursor is among those of a later filling: by what it is of, else by its event, its search, or
 *  what it says; the same place where it is gone. Of several the nearest. */
function keptAt({ rows: before, list: { selected } }: TablePanel, rows: readonly TableRow[]): number {
  const old = before[selected];
  if (old === undefined) return selected;
  const nearest = (isIt: (row: TableRow) => boolean): number => {
    for (let step = 0; step < Math.max(rows.length, selected + 1); step++) {
      for (const at of [selected + step, selected - step]) {
        const row = rows[at];
        if (row !== undefined && isIt(row)) return at;
      }
    }
    return -1;
  };
  const said = JSON.stringify(old.cells);
  const ways: readonly ((row: TableRow) => boolean)[] = [
    ...(old.key === undefined ? [] : [({ key }: TableRow) => key === old.key]),
    (row) => row.row === old.row && row.key === old.key && JSON.stringify(row.cells) === said,
    ...(old.row === undefined ? [] : [({ row }: TableRow) => row === old.row]),
    ...(old.key === undefined && old.row === undefined ? [searchIs(old)] : []),
    ({ cells }) => JSON.stringify(cells) === said,
  ];
  for (const isIt of ways) {
    const at = nearest(isIt);
    if (at >= 0) return at;
  }
  return selected;
}

function searchIs(old: TableRow): (row: TableRow) => boolean {
  const { query } = old;
  return (row) => query !== '' && row.query === query;
}

export function resizeTable(panel: TablePanel, height: number, columns: number): TablePanel {
  const isLow = height < MIN_HEIGHT_FOOT;
  const head = isLow ? 1 : headTexts(panel, columns, MAX_HEAD).length;
  const room = height - head - 1;
  const least = height < HEIGHT_WIDE_FOOT ? MIN_FOOT : WIDE_FOOT;
  const foot = isLow ? 0 : Math.min(MAX_FOOT, Math.max(least, room - panel.rows.length));
  const lines = Math.max(1, room - foot);
  if (panel.list.height === lines && panel.head === head && panel.foot === foot) return panel;
  return { ...panel, head, foot, list: resizeList(panel.list, lines) };
}

/** Lines above the first row. */
export function tableTop({ head }: TablePanel): number {
  return TABLE_TOP - 1 + head;
}

/** Of each line of the head what is title and what is `about`: in one line where both fit, the rest in more. */
export function headTexts(
  { title, about }: Pick<TablePanel, 'title' | 'about'>,
  columns: number,
  max: number,
): readonly { readonly title: string; readonly about: string }[] {
  const [name, said] = [sanitize(title), sanitize(about)];
  const width = Math.max(1, columns - 1);
  if (max <= 1 || said === '' || widthCells(name) + widthCells(said) + 2 <= width) {
    const titles = max <= 1 ? [name] : wrapWords(name, width, max - 1);
    return titles.map((text, k) => ({ title: text, about: k === 0 ? said : '' }));
  }
  const titles = wrapWords(name, width, max - 1);
  const abouts = wrapWords(said, width - 1, max - titles.length);
  return [...titles.map((text) => ({ title: text, about: '' })), ...abouts.map((text) => ({ title: '', about: text }))];
}

/** The row under the cursor; null in an empty table. */
export function selectedTableRow({ rows, list }: TablePanel): TableRow | null {
  return rows[list.selected] ?? null;
}
