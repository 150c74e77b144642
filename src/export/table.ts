// A table for reading, not for machines: values are sanitised and cut to their column. The columns are fitted to the
// first events, because the rest has not been read yet and nothing waits for it.

import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import { outcomeOf } from '../cloudtrail/outcome.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { cutValue, padValue } from '../text/cell.ts';
import { formatTime, TIME_WIDTHS, type TimeZoneChoice } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { widthCells } from '../text/width.ts';
import type { CellRows } from './csv.ts';

export type TableOptions = {
  /** Terminal cells a line may take. */
  readonly width: number;
  readonly zone: TimeZoneChoice;
};

type Column<Row> = {
  readonly title: string;
  /** Below this many cells the column says nothing. */
  readonly least: number;
  /** More than this would leave nothing to the others. */
  readonly most: number;
  /** The highest goes first where there is no room. */
  readonly dropOrder: number;
  /** Shown only where the first events differ in it. */
  readonly isOnlyIfMixed?: boolean;
  readonly text: (row: Row, zone: TimeZoneChoice) => string;
};

const TIME_STYLE = 'date-time';

const COLUMNS: readonly Column<TrailEvent>[] = [
  {
    title: 'TIME',
    least: TIME_WIDTHS[TIME_STYLE],
    most: TIME_WIDTHS[TIME_STYLE],
    dropOrder: 1,
    text: (event, zone) => formatTime(event.time, { zone, style: TIME_STYLE }),
  },
  { title: 'NAME', least: 18, most: 36, dropOrder: 0, text: ({ cells }) => cells.name },
  {
    title: 'SOURCE',
    least: 6,
    most: 20,
    dropOrder: 4,
    text: ({ cells }) => cells.source.replace(/\.amazonaws\.com(?:\.cn)?$/, ''),
  },
  { title: 'ACCOUNT', least: 12, most: 12, dropOrder: 7, isOnlyIfMixed: true, text: ({ cells }) => cells.account },
  { title: 'REGION', least: 9, most: 16, dropOrder: 6, isOnlyIfMixed: true, text: ({ cells }) => cells.region },
  { title: 'WHO', least: 14, most: 48, dropOrder: 2, text: ({ cells }) => cells.who },
  { title: 'FROM', least: 9, most: 39, dropOrder: 5, text: ({ cells }) => cells.ip },
  {
    title: 'RESOURCE',
    least: 16,
    most: 64,
    dropOrder: 4,
    text: ({ cells }) => cells.resource.split(RESOURCE_SEPARATOR, 1)[0] ?? '',
  },
  { title: 'RESULT', least: 6, most: 40, dropOrder: 3, text: ({ cells }) => outcomeOf(cells).text },
];

const GAP = '  ';
/** A value is measured by its beginning: one of 10 MB shall not cost its length. */
const MEASURED_UNITS = 256;

type FittedColumn<Row> = { readonly column: Column<Row>; readonly width: number };

/** The events as lines of at most `width` cells, under one line of titles; nothing at all for no events. */
export function eventTable(
  events: AsyncIterable<readonly TrailEvent[]>,
  { width, zone }: TableOptions,
): AsyncGenerator<string> {
  return table(events, COLUMNS, width, zone);
}

/** Rows of cells in the same way. Where there is no room for all, the last columns go first. */
export function cellTable(titles: readonly string[], rows: CellRows, width: number): AsyncGenerator<string> {
  const columns = titles.map(
    (title, index): Column<readonly string[]> => ({
      title: sanitize(title),
      least: 6,
      most: 64,
      dropOrder: index,
      text: (cells) => cells[index] ?? '',
    }),
  );
  return table(rows, columns, width, 'utc');
}

async function* table<Row>(
  rows: AsyncIterable<readonly Row[]>,
  wanted: readonly Column<Row>[],
  width: number,
  zone: TimeZoneChoice,
): AsyncGenerator<string> {
  let columns: readonly FittedColumn<Row>[] | null = null;
  for await (const batch of rows) {
    if (batch.length === 0) continue;
    const lines: string[] = [];
    if (columns === null) {
      columns = fitColumns(wanted, batch, width, zone);
      lines.push(line(columns.map(({ column, width }) => [column.title, width] as const)));
    }
    for (const row of batch) {
      lines.push(line(columns.map(({ column, width }) => [column.text(row, zone), width] as const)));
    }
    yield `${lines.join('\n')}\n`;
  }
}

/** The last cell is not filled up: blanks at the end of a line are only in the way. */
function line(cells: readonly (readonly [string, number])[]): string {
  const last = cells.length - 1;
  return cells
    .map(([text, width], index) => (index === last ? cutValue(text, width) : padValue(text, width)))
    .join(GAP)
    .trimEnd();
}

function fitColumns<Row>(
  wantedColumns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
  zone: TimeZoneChoice,
): readonly FittedColumn<Row>[] {
  let columns = wantedColumns.filter(({ isOnlyIfMixed, text }) => isOnlyIfMixed !== true || isMixed(rows, text, zone));
  while (columns.length > 1 && totalCells(columns.map(({ least }) => least)) > width) {
    const dropped = columns.reduce((a, b) => (b.dropOrder > a.dropOrder ? b : a));
    columns = columns.filter((column) => column !== dropped);
  }
  const wanted = columns.map((column) => wantedCells(column, rows, zone));
  const widths = columns.map(({ least }, index) => Math.min(least, wanted[index] ?? least, width));
  // What is left goes to the narrowest that wants more, cell by cell: short columns become whole first.
  for (let left = width - totalCells(widths); left > 0; left--) {
    let narrowest = -1;
    for (const [index, cells] of widths.entries()) {
      const isWanting = cells < (wanted[index] ?? 0);
      if (isWanting && (narrowest === -1 || cells < (widths[narrowest] ?? 0))) narrowest = index;
    }
    if (narrowest === -1) break;
    widths[narrowest] = (widths[narrowest] ?? 0) + 1;
  }
  return columns.map((column, index) => ({ column, width: widths[index] ?? column.least }));
}

function isMixed<Row>(rows: readonly Row[], text: Column<Row>['text'], zone: TimeZoneChoice): boolean {
  const first = rows[0];
  return first !== undefined && rows.some((row) => text(row, zone) !== text(first, zone));
}

function wantedCells<Row>(column: Column<Row>, rows: readonly Row[], zone: TimeZoneChoice): number {
  let cells = column.title.length;
  for (const row of rows) {
    const text = column.text(row, zone).slice(0, MEASURED_UNITS);
    cells = Math.max(cells, widthCells(sanitize(text)));
    if (cells >= column.most) return column.most;
  }
  return cells;
}

function totalCells(widths: readonly number[]): number {
  return widths.reduce((sum, cells) => sum + cells, 0) + GAP.length * (widths.length - 1);
}
