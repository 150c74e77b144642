// The choice of columns: one line a column, ticked where the list shows it, with the reason where it does not.

import type { AppState } from '../state/app-state.ts';
import { COLUMNS, type ColumnId, type ColumnSpec, canHide, fitColumns } from '../state/columns.ts';
import { columnsOf, listTextWidth, NOT_OF_INSIGHTS } from '../state/list-columns.ts';
import type { TonedLine } from './overlay-lines.ts';

/** Lines above the first column. */
export const COLUMN_LINES_TOP = 1;

const TITLE_WIDTH = Math.max(...COLUMNS.map(({ title }) => title.length)) + 2;
const ABOUT: Readonly<Record<ColumnId, string>> = {
  mark: 'what it did: ! D * W R',
  time: 'eventTime',
  name: 'eventName',
  source: 'eventSource',
  who: 'person or service',
  account: 'recipientAccountId',
  region: 'awsRegion',
  from: 'sourceIPAddress',
  resource: 'what it was done to',
  result: 'ok, denied, errorCode',
};

const ABOUT_WIDTH = Math.max(...Object.values(ABOUT).map((text) => text.length)) + 2;

export function columnLines(state: AppState, selected: number): readonly TonedLine[] {
  const lines = COLUMNS.map((column, index): TonedLine => {
    const { id, title } = column;
    const isShown = !canHide(id) || !state.hiddenColumns.includes(id);
    const note = noteOf(state, column, isShown);
    const text = `[${isShown ? '✓' : ' '}] ${(title || 'MARK').padEnd(TITLE_WIDTH)}${ABOUT[id]}`;
    const isSelected = index === selected;
    return [
      ['accent', isSelected ? '▌' : ' '],
      [isSelected ? 'selected' : isShown && note === '' ? 'plain' : 'quiet', text],
      ['quiet', note === '' ? '' : ' '.repeat(ABOUT_WIDTH - ABOUT[id].length) + note],
    ];
  });
  return [[['title', 'Columns of the list']], ...lines];
}

/** Why a column is not in the list although it is ticked, or stays there. */
function noteOf(state: AppState, { id }: ColumnSpec, isShown: boolean): string {
  if (!canHide(id)) return 'always shown';
  if (!isShown || state.layout.isTooSmall) return '';
  const columns = columnsOf(state);
  if (!columns.some((column) => column.id === id)) {
    return NOT_OF_INSIGHTS.includes(id) ? 'not of Insights events' : 'if there are several';
  }
  const fitted = fitColumns(columns, listTextWidth(state.layout.list.width), state.columnScroll);
  return fitted.some((column) => column.id === id) ? '' : 'too narrow now';
}
