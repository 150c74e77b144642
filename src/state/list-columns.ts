// Which columns the list has just now, and how much a time in it has to say.

import { TIME_WIDTHS } from '../text/format.ts';
import type { AppState, Overview } from './app-state.ts';
import { type ColumnSpec, listColumns } from './columns.ts';

const DAY_MS = 86_400_000;

const YEAR_MATTERS_MS = 90 * DAY_MS;

/** The columns of the list: Region and account only where there are several; the time of day alone is enough only
 *  where all events are of one day, month and day where they are not of several years. */
export function columnsOf({
  overview,
  hiddenColumns,
}: Pick<AppState, 'overview' | 'hiddenColumns'>): readonly ColumnSpec[] {
  const columns = listColumns({
    hasRegions: overview.regions.length > 1,
    hasAccounts: overview.accounts.length > 1,
    hidden: hiddenColumns,
  });
  const span = spanOf(overview);
  if (span === 'day') return columns;
  return columns.map((column): ColumnSpec => {
    if (column.id !== 'time') return column;
    if (span === 'days') return withWidth(column, TIME_WIDTHS.short);
    return { ...withWidth(column, TIME_WIDTHS.date), whole: TIME_WIDTHS['date-time'] };
  });
}

function withWidth(column: ColumnSpec, width: number): ColumnSpec {
  return { ...column, min: width, ideal: width, max: width };
}

/** What a time has to say so that one knows which it is. Around New Year month and day are enough. */
export function spanOf({ from, to }: Overview): 'day' | 'days' | 'years' {
  if (from === null || to === null || to - from < DAY_MS) return 'day';
  const isOneYear = new Date(from).getUTCFullYear() === new Date(to).getUTCFullYear();
  return isOneYear || to - from <= YEAR_MATTERS_MS ? 'days' : 'years';
}

/** Cells that columns have: the first is the selection's mark. */
export function listTextWidth(width: number): number {
  return Math.max(0, width - 1);
}
