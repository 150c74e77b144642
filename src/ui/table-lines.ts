import { headTexts, selectedTableRow, type TableColumn, type TablePanel, type TableRow } from '../state/table-panel.ts';
import { cutValue, cutValueSession, cutValueStart } from '../text/cell.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, padCells, widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import type { Theme } from './theme.ts';

const GAP = 2;
/** Of what a cell says under the rows, where it is told whole. */
const MAX_TOLD = 400;
const MAX_NONE_LINES = 8;
/** Columns whose cells say by themselves what they are; under the rows others are told with their title. */
const SELF_EVIDENT = new Set(['WHO', 'PERSON', 'CALL', 'NAME', 'ACTION', 'REASON', 'RESOURCE', 'CHANGE', 'WHY', 'NEW']);

/** A page of rows that each stand for a search: what it is, column titles, the rows in sight; under them all that the
 *  row under the cursor says, where a column has not room for it. */
export function tableLines(panel: TablePanel, columns: number, theme: Theme): readonly string[] {
  const { stage, rows, list, none } = panel;
  const head = headTexts(panel, columns, panel.head).map((text) => headLine(text, columns, theme));
  const said = saidText(stage, rows.length, none);
  if (said !== '') {
    const text = wrapWords(sanitize(said), Math.max(1, columns - 3), MAX_NONE_LINES);
    return [...head, '', ...text.map((line) => theme.paint('quiet', `  ${line}`))];
  }
  const widths = widthsOf(panel, columns - 1);
  const titles = panel.columns.slice(0, widths.length).map((column, k) => {
    const width = widths[k] as number;
    return padCells(cutValue(column.title, width), width, column.align);
  });
  const lines = rows.slice(list.top, list.top + list.height).map((row, line) => {
    const isSelected = list.top + line === list.selected;
    const text = drawnCells(row, panel.columns, widths)
      .flatMap(({ text, width, align }) => (width === 0 ? [] : [padCells(text, width, align)]))
      .join(' '.repeat(GAP));
    return (
      theme.paint('accent', isSelected ? '▌' : ' ') +
      theme.paint(isSelected ? 'selected' : row.isQuiet === true ? 'quiet' : 'plain', text.trimEnd())
    );
  });
  const foot = footLines(panel, widths, columns, theme);
  const free = list.height - lines.length + panel.foot - foot.length;
  const blank = foot.length === 0 ? [] : Array.from({ length: Math.max(0, free) }, () => '');
  return [...head, theme.paint('strong', ` ${titles.join(' '.repeat(GAP))}`.trimEnd()), ...lines, ...blank, ...foot];
}

function headLine({ title, about }: ReturnType<typeof headTexts>[number], columns: number, theme: Theme): string {
  const name = title === '' ? '' : cutCells(` ${title}`, columns);
  const rest = about === '' ? '' : cutCells(`  ${about}`, Math.max(0, columns - widthCells(name)));
  return theme.paint('title', name) + theme.paint('quiet', rest);
}

type Drawn = {
  readonly text: string;
  /** 0 where the cell before has its room, or there is none. */
  readonly width: number;
  readonly align: TableColumn['align'];
  readonly isCut: boolean;
};

/** The cells of a row: one that is wider than its column takes the room of empty ones beside it. */
function drawnCells(row: TableRow, columns: readonly TableColumn[], widths: readonly number[]): readonly Drawn[] {
  const drawn: Drawn[] = [];
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k] as TableColumn;
    const { align } = column;
    const cell = row.cells[k] ?? '';
    const own = widths[k] ?? 0;
    if (k >= widths.length) {
      drawn.push({ text: '', width: 0, align, isCut: cell !== '' });
      continue;
    }
    let width = own;
    let last = k;
    while (width < widthOfCell(cell, width) && last + 1 < widths.length && (row.cells[last + 1] ?? '') === '') {
      last++;
      width += GAP + (widths[last] as number);
    }
    drawn.push({ text: cutCell(cell, width, column), width, align, isCut: widthOfCell(cell, width) > width });
    for (; k < last; k++) drawn.push({ text: '', width: 0, align: columns[k + 1]?.align, isCut: false });
  }
  return drawn;
}

/** Of a very long cell only that it is wider than so many cells. */
function widthOfCell(cell: string, width: number): number {
  return widthCells(cutValue(cell, width + 1));
}

function cutCell(value: string, width: number, { cut }: TableColumn): string {
  switch (cut) {
    case 'start':
      return cutValueStart(value, width);
    case 'session':
      return cutValueSession(value, width);
    case 'unit':
      return cutUnits(value, width);
    default:
      return cutValue(value, width);
  }
}

/** Only whole numbers with their units: a number that is cut says something else. */
function cutUnits(value: string, width: number): string {
  if (widthOfCell(value, width) <= width) return cutValue(value, width);
  const larger = /^\S+ \S+(?= )/.exec(value)?.[0] ?? '';
  return larger !== '' && widthCells(larger) <= width ? larger : '…';
}

/** Empty where every column has room for its cell, and on low screens. */
function footLines(panel: TablePanel, widths: readonly number[], columns: number, theme: Theme): readonly string[] {
  const row = selectedTableRow(panel);
  if (row === null || panel.foot < 2) return [];
  const drawn = drawnCells(row, panel.columns, widths);
  const told = panel.columns.flatMap(({ title }, k) => {
    const cell = cutValue(row.cells[k] ?? '', MAX_TOLD).trim();
    if (drawn[k]?.isCut !== true || cell === '' || cell === '–') return [];
    return [k === 0 || SELF_EVIDENT.has(title) ? cell : `${title}: ${cell}`];
  });
  if (told.length === 0) return [];
  const text = wrapWords(told.join(' · '), Math.max(1, columns - 2), panel.foot - 1);
  return [theme.paint('quiet', '─'.repeat(columns)), ...text.map((line) => ` ${line}`)];
}

function saidText(stage: TablePanel['stage'], count: number, none: string): string {
  if (stage === 'loading') return 'counting…';
  if (stage !== 'ready') return stage.failed;
  return count === 0 ? none : '';
}

/** Widths of the columns: what the rows in sight need, between least and most; the last ones go where there is no room,
 *  and what is left over is shared out so that no column is cut for the sake of a wider one. Numbers have all the room
 *  that they need: cut they would be others. */
function widthsOf({ columns, rows, list }: TablePanel, width: number): readonly number[] {
  const seen = rows.slice(list.top, list.top + list.height);
  const wanted = columns.map((column: TableColumn, k) => {
    const cells = seen.map((row) => ownWidth(row, k, columns));
    return Math.min(column.max, Math.max(widthCells(column.title), ...cells));
  });
  const widths: number[] = [];
  let left = width;
  for (const [k, { min, align, cut }] of columns.entries()) {
    const most = wanted[k] ?? min;
    const cells = align === 'right' && cut !== 'unit' ? most : Math.min(min, most);
    const gap = k === 0 ? 0 : GAP;
    if (left < cells + gap) break;
    widths.push(cells);
    left -= cells + gap;
  }
  const wants = (k: number): number => Math.max(0, (wanted[k] ?? 0) - (widths[k] ?? 0));
  columns.forEach(({ isFirst }, k) => {
    if (isFirst !== true || k >= widths.length) return;
    const more = Math.min(left, wants(k));
    widths[k] = (widths[k] as number) + more;
    left -= more;
  });
  for (; left > 0; left--) {
    const narrow = widths.flatMap((cells, k) => (wants(k) > 0 ? [cells] : []));
    const next = widths.findIndex((cells, k) => wants(k) > 0 && cells === Math.min(...narrow));
    if (next < 0) break;
    widths[next] = (widths[next] ?? 0) + 1;
  }
  return widths;
}

/** What a cell needs of its own column: nothing where there is no other in its row, less where it has room beside it. */
function ownWidth({ cells }: TableRow, k: number, columns: readonly TableColumn[]): number {
  const cell = cells[k] ?? '';
  if (cell === '') return 0;
  const { max } = columns[k] as TableColumn;
  let room = 0;
  for (let next = k + 1; next < columns.length && (cells[next] ?? '') === ''; next++)
    room += GAP + (columns[next]?.min ?? 0);
  return Math.max(0, widthCells(cutValue(cell, max)) - room);
}
