// The columns of the list as data, and which of them fit. The least important go first; what is left over
// goes to the columns that would like more.

import type { StoredFieldId } from '../cloudtrail/fields.ts';

export type ColumnId =
  | 'mark'
  | 'time'
  | 'name'
  | 'source'
  | 'who'
  | 'region'
  | 'account'
  | 'from'
  | 'resource'
  | 'result';

export type ColumnSpec = {
  readonly id: ColumnId;
  readonly title: string;
  /** Widths in cells. A column is never narrower than `min`; it is wider than `max` never. */
  readonly min: number;
  readonly ideal: number;
  readonly max: number;
  /** 1 is kept longest. */
  readonly priority: number;
  /** A width that it takes at one go, never one in between, before a less important column gets room. */
  readonly whole?: number;
  /** The cell its text comes from; `time`: the event's time; `mark`: made from several (R W D !). */
  readonly cell: StoredFieldId | 'time' | 'mark';
  /** Stays where it is when the list scrolls sideways. */
  readonly isPinned: boolean;
};

export type FittedColumn = {
  readonly id: ColumnId;
  readonly title: string;
  readonly x: number;
  readonly width: number;
};

/** Cells between two columns. */
export const COLUMN_GAP = 2;

/** Every column there is, from left to right. Where there are several Regions or accounts, which one it was matters more
 *  than from where: their columns are not shown otherwise. */
export const COLUMNS: readonly ColumnSpec[] = [
  column('mark', '', 'mark', [1, 1, 1], 1, true),
  column('time', 'TIME', 'time', [8, 8, 8], 2, true),
  column('name', 'NAME', 'name', [20, 26, 40], 1, true),
  column('source', 'SOURCE', 'source', [6, 10, 20], 9),
  column('who', 'WHO', 'who', [12, 24, 48], 3),
  column('account', 'ACCOUNT', 'account', [12, 12, 12], 7),
  column('region', 'REGION', 'region', [9, 14, 14], 6),
  column('from', 'FROM', 'ip', [13, 15, 39], 8),
  column('resource', 'RESOURCE', 'resource', [11, 21, 80], 5),
  column('result', 'RESULT', 'error', [6, 12, 28], 4),
];

export type ColumnChoice = {
  /** More than one Region, more than one account: else their columns would say the same on every line. */
  readonly hasRegions: boolean;
  readonly hasAccounts: boolean;
  /** Ids; those that no column has, or a column that is always shown, are passed over. */
  readonly hidden?: readonly string[];
  /** The width of the chosen style of formatTime (TIME_WIDTHS); 8, the clock alone, unless given. */
  readonly timeWidth?: number;
};

/** The columns worth showing, from left to right. */
export function listColumns(options: ColumnChoice): readonly ColumnSpec[] {
  const { timeWidth = 8 } = options;
  const columns = COLUMNS.map((spec) =>
    spec.id === 'time' ? { ...spec, min: timeWidth, ideal: timeWidth, max: timeWidth } : spec,
  );
  return columns.filter(({ id }) => {
    if (id === 'region' && !options.hasRegions) return false;
    if (id === 'account' && !options.hasAccounts) return false;
    return !canHide(id) || !options.hidden?.includes(id);
  });
}

/** Without its letter and its name a row says nothing. */
export function canHide(id: ColumnId): boolean {
  return id !== 'mark' && id !== 'name';
}

/** Hides a column that is shown, and the other way round. Ids of no column stay: a later trailx may know them. */
export function toggleHidden(hidden: readonly string[], id: ColumnId): readonly string[] {
  if (!canHide(id)) return hidden;
  return hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id];
}

/** The columns that fit in `width` cells, from left to right, with their places. `scroll`: how many of the
 *  columns that are not pinned have been scrolled off to the left; more than `maxScroll` counts as that. */
export function fitColumns(
  available: readonly ColumnSpec[],
  width: number,
  scroll: number = 0,
): readonly FittedColumn[] {
  return place(chosen(available, width, scroll), width);
}

/** The scroll at which the last column is seen, and beyond which there is nothing more; 0 if all fit. */
export function maxScroll(columns: readonly ColumnSpec[], width: number): number {
  if (needs(columns.map(asWhole)) <= width) return 0;
  const available = toScroll(columns, width);
  const { pinned, loose } = split(available);
  const first = firstOffset(available, width);
  let offset = first;
  while (offset < loose.length - 1 && needs([...pinned, ...loose.slice(offset)]) > width) offset++;
  return Math.max(0, Math.min(offset, loose.length - 1) - first + 1);
}

function chosen(columns: readonly ColumnSpec[], width: number, scroll: number): readonly ColumnSpec[] {
  const most = Math.min(scroll, maxScroll(columns, width));
  if (most <= 0) return unscrolled(columns, width);
  const available = toScroll(columns, width);
  return scrolledTo(available, width, firstOffset(available, width) + most - 1);
}

/** A date without its clock is shown only where the two have no room even if every less important column goes. */
function unscrolled(available: readonly ColumnSpec[], width: number): readonly ColumnSpec[] {
  const whole = mostImportant(available.map(asWhole), width);
  const hasAll = available.every(
    ({ id, whole: wanted }) => wanted === undefined || whole.some((kept) => kept.id === id),
  );
  return hasAll ? whole : mostImportant(available, width);
}

/** As wide as all of them stay while they are scrolled: whole, unless some column would then never be seen. */
function toScroll(available: readonly ColumnSpec[], width: number): readonly ColumnSpec[] {
  const whole = available.map(asWhole);
  const { pinned, loose } = split(whole);
  return loose.every((column) => needs([...pinned, column]) <= width) ? whole : available;
}

function asWhole(column: ColumnSpec): ColumnSpec {
  const { whole } = column;
  return whole === undefined ? column : { ...column, min: whole, ideal: whole, max: whole };
}

function column(
  id: ColumnId,
  title: string,
  cell: ColumnSpec['cell'],
  widths: readonly [min: number, ideal: number, max: number],
  priority: number,
  isPinned = false,
): ColumnSpec {
  const [min, ideal, max] = widths;
  return { id, title, min, ideal, max, priority, cell, isPinned };
}

function split(available: readonly ColumnSpec[]) {
  return {
    pinned: available.filter((column) => column.isPinned),
    loose: available.filter((column) => !column.isPinned),
  };
}

function needs(columns: readonly ColumnSpec[]): number {
  const gaps = Math.max(0, columns.length - 1) * COLUMN_GAP;
  return columns.reduce((sum, column) => sum + column.min, gaps);
}

function mostImportant(available: readonly ColumnSpec[], width: number): readonly ColumnSpec[] {
  const byPriority = available.toSorted((a, b) => a.priority - b.priority);
  while (byPriority.length > 0 && needs(byPriority) > width) byPriority.pop();
  return available.filter((column) => byPriority.includes(column));
}

/** Pinned columns, then the others in their order from one of them on. */
function scrolledTo(available: readonly ColumnSpec[], width: number, offset: number): readonly ColumnSpec[] {
  const { pinned, loose } = split(available);
  const kept = [...mostImportant(pinned, width)];
  for (const column of loose.slice(offset)) {
    if (needs([...kept, column]) > width) break;
    kept.push(column);
  }
  return kept;
}

/** Unscrolled the most important are shown, so the first step to the side begins with the first column of all, unless
 *  it would show nothing new. */
function firstOffset(available: readonly ColumnSpec[], width: number): number {
  const shown = unscrolled(available, width).map(({ id }) => id);
  return scrolledTo(available, width, 0).every(({ id }) => shown.includes(id)) ? 1 : 0;
}

function place(columns: readonly ColumnSpec[], width: number): readonly FittedColumn[] {
  const widths = columns.map((column) => column.min);
  let spare = width - needs(columns);
  spare = grow(columns, widths, spare, 'ideal');
  grow(columns, widths, spare, 'max');
  let x = 0;
  return columns.map(({ id, title }, index) => {
    const fitted = { id, title, x, width: widths[index] ?? 0 };
    x += fitted.width + COLUMN_GAP;
    return fitted;
  });
}

/** Hands out spare cells up to `limit`, in proportion to what each column lacks; returns what is left. */
function grow(columns: readonly ColumnSpec[], widths: number[], spare: number, limit: 'ideal' | 'max'): number {
  const lacks = columns.map((column, index) => Math.max(0, column[limit] - (widths[index] ?? 0)));
  const lacking = lacks.reduce((sum, lack) => sum + lack, 0);
  if (lacking === 0 || spare <= 0) return spare;
  const part = Math.min(1, spare / lacking);
  let left = spare;
  lacks.forEach((lack, index) => {
    const more = Math.floor(lack * part);
    widths[index] = (widths[index] ?? 0) + more;
    left -= more;
  });
  // The few cells lost to rounding go to the first that still lack some.
  lacks.forEach((_, index) => {
    const column = columns[index];
    if (left > 0 && column !== undefined && (widths[index] ?? 0) < column[limit]) {
      widths[index] = (widths[index] ?? 0) + 1;
      left--;
    }
  });
  return left;
}
