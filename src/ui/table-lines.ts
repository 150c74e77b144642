import { selectedTableRow, TABLE_FOOT, type TableColumn, type TablePanel } from '../state/table-panel.ts';
import { cutValue, cutValueSession, cutValueStart } from '../text/cell.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, padCells, widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import type { Theme } from './theme.ts';

const GAP = 2;
/** Of what a cell says under the rows, where it is told whole. */
const MAX_TOLD = 400;

/** A page of rows that each stand for a search: what it is, column titles, the rows in sight; under them all that the
 *  row under the cursor says, where a column has not room for it. */
export function tableLines(panel: TablePanel, columns: number, theme: Theme): readonly string[] {
  const { title, about, stage, rows, list, none } = panel;
  const name = ` ${sanitize(title)}`;
  const head =
    theme.paint('title', cutCells(name, columns)) +
    theme.paint('quiet', cutCells(about === '' ? '' : `  ${sanitize(about)}`, Math.max(0, columns - widthCells(name))));
  const said = saidText(stage, rows.length, none);
  if (said !== '') return [head, '', theme.paint('quiet', cutCells(`  ${sanitize(said)}`, columns))];
  const widths = widthsOf(panel, columns - 1);
  const titles = panel.columns.map((column, k) =>
    padCells(cutValue(column.title, widths[k] ?? 0), widths[k] ?? 0, column.align),
  );
  const lines = rows.slice(list.top, list.top + list.height).map((row, line) => {
    const isSelected = list.top + line === list.selected;
    const cells = panel.columns.map((column, k) => padCell(row.cells[k] ?? '', widths[k] ?? 0, column));
    const text = cells.join(' '.repeat(GAP)).trimEnd();
    return (
      theme.paint('accent', isSelected ? '▌' : ' ') +
      theme.paint(isSelected ? 'selected' : row.isQuiet === true ? 'quiet' : 'plain', text)
    );
  });
  const foot = footLines(panel, widths, columns, theme);
  const blank = foot.length === 0 ? [] : Array.from({ length: list.height - lines.length }, () => '');
  return [head, theme.paint('strong', ` ${titles.join(' '.repeat(GAP))}`.trimEnd()), ...lines, ...blank, ...foot];
}

function padCell(value: string, width: number, { align, cut }: TableColumn): string {
  const text =
    cut === 'start'
      ? cutValueStart(value, width)
      : cut === 'session'
        ? cutValueSession(value, width)
        : cutValue(value, width);
  return padCells(text, width, align);
}

/** Empty where every column has room for its cell, and on low screens. */
function footLines(panel: TablePanel, widths: readonly number[], columns: number, theme: Theme): readonly string[] {
  const row = selectedTableRow(panel);
  if (row === null || !panel.hasFoot) return [];
  const isCut = panel.columns.some(({ max }, k) => widthCells(cutValue(row.cells[k] ?? '', max)) > (widths[k] ?? 0));
  if (!isCut) return [];
  const told = panel.columns.flatMap(({ min, max, align }, k) => {
    const cell = cutValue(row.cells[k] ?? '', MAX_TOLD);
    return min === max || align === 'right' || cell === '' ? [] : [cell];
  });
  const text = wrapWords(told.join(' · '), Math.max(1, columns - 2), TABLE_FOOT - 1);
  return [theme.paint('quiet', '─'.repeat(columns)), ...text.map((line) => ` ${line}`)];
}

function saidText(stage: TablePanel['stage'], count: number, none: string): string {
  if (stage === 'loading') return 'counting…';
  if (stage !== 'ready') return stage.failed;
  return count === 0 ? none : '';
}

/** Widths of the columns: what the rows in sight need, between least and most; the last ones go where there is no room,
 *  and what is left over is shared out so that no column is cut for the sake of a wider one. */
function widthsOf({ columns, rows, list }: TablePanel, width: number): readonly number[] {
  const seen = rows.slice(list.top, list.top + list.height);
  const wanted = columns.map((column: TableColumn, k) => {
    const cells = seen.map((row) => widthCells(cutValue(row.cells[k] ?? '', column.max)));
    return Math.min(column.max, Math.max(widthCells(column.title), ...cells));
  });
  const widths: number[] = [];
  let left = width;
  for (const [k, { min }] of columns.entries()) {
    const cells = Math.min(min, wanted[k] ?? min);
    const gap = k === 0 ? 0 : GAP;
    if (left < cells + gap) break;
    widths.push(cells);
    left -= cells + gap;
  }
  for (; left > 0; left--) {
    const narrow = widths.flatMap((cells, k) => (cells < (wanted[k] ?? 0) ? [cells] : []));
    const next = widths.findIndex((cells, k) => cells < (wanted[k] ?? 0) && cells === Math.min(...narrow));
    if (next < 0) break;
    widths[next] = (widths[next] ?? 0) + 1;
  }
  return widths;
}
