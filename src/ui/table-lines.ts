import type { TableColumn, TablePanel } from '../state/table-panel.ts';
import { cutValue, padValue } from '../text/cell.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import type { Theme } from './theme.ts';

const GAP = 2;

/** A page of rows that each stand for a search: what it is, column titles, the rows in sight. */
export function tableLines(panel: TablePanel, columns: number, theme: Theme): readonly string[] {
  const { title, about, stage, rows, list, none } = panel;
  const name = ` ${sanitize(title)}`;
  const head =
    theme.paint('title', cutCells(name, columns)) +
    theme.paint('quiet', cutCells(about === '' ? '' : `  ${sanitize(about)}`, Math.max(0, columns - widthCells(name))));
  const said = saidText(stage, rows.length, none);
  if (said !== '') return [head, '', theme.paint('quiet', cutCells(`  ${sanitize(said)}`, columns))];
  const widths = widthsOf(panel, columns - 1);
  const titles = panel.columns.map((column, k) => padValue(column.title, widths[k] ?? 0, column.align));
  const lines = rows.slice(list.top, list.top + list.height).map((row, line) => {
    const isSelected = list.top + line === list.selected;
    const cells = panel.columns.map((column, k) => padValue(row.cells[k] ?? '', widths[k] ?? 0, column.align));
    const text = cells.join(' '.repeat(GAP)).trimEnd();
    return (
      theme.paint('accent', isSelected ? '▌' : ' ') +
      theme.paint(isSelected ? 'selected' : row.isQuiet === true ? 'quiet' : 'plain', text)
    );
  });
  return [head, theme.paint('strong', ` ${titles.join(' '.repeat(GAP))}`.trimEnd()), ...lines];
}

function saidText(stage: TablePanel['stage'], count: number, none: string): string {
  if (stage === 'loading') return 'counting…';
  if (stage !== 'ready') return stage.failed;
  return count === 0 ? none : '';
}

/** Widths of the columns: what the rows in sight need, between least and most; the last ones go where there is no room. */
function widthsOf({ columns, rows, list }: TablePanel, width: number): readonly number[] {
  const seen = rows.slice(list.top, list.top + list.height);
  const wanted = columns.map((column: TableColumn, k) => {
    const cells = seen.map((row) => widthCells(cutValue(row.cells[k] ?? '', column.max)));
    return Math.max(column.min, Math.min(column.max, Math.max(widthCells(column.title), ...cells)));
  });
  const widths: number[] = [];
  let left = width;
  for (const [k, { min }] of columns.entries()) {
    const gap = k === 0 ? 0 : GAP;
    if (left < min + gap) break;
    const later = columns.slice(k + 1).reduce((sum, other) => sum + other.min + GAP, 0);
    const most = Math.max(min, left - gap - later);
    const cells = Math.min(wanted[k] ?? min, most);
    widths.push(cells);
    left -= cells + gap;
  }
  return widths;
}
