// Which columns the list has just now, and how much a time in it has to say.

import { TIME_WIDTHS } from '../text/format.ts';
import type { AppState, Overview } from './app-state.ts';
import { type ColumnId, type ColumnSpec, listColumns } from './columns.ts';

const DAY_MS = 86_400_000;

const YEAR_MATTERS_MS = 90 * DAY_MS;

/** The columns of the list: Region and account only where there are several; the time of day alone is enough only
 *  where all events are of one day, month and day where they are not of several years. */
export function columnsOf({
  overview,
  hiddenColumns,
  live,
}: Pick<AppState, 'overview' | 'hiddenColumns' | 'live'>): readonly ColumnSpec[] {
  const isInsights = live?.scope.isInsights ?? false;
  const chosen = listColumns({
    hasRegions: overview.regions.length > 1,
    hasAccounts: overview.accounts.length > 1,
    hidden: isInsights ? [...hiddenColumns, ...NOT_OF_INSIGHTS] : hiddenColumns,
  });
  const columns = isInsights ? chosen.map(ofInsights) : chosen;
  const span = spanOf(overview);
  if (span === 'day') return columns;
  return columns.map((column): ColumnSpec => {
    if (column.id !== 'time') return column;
    if (span === 'days') return withWidth(column, TIME_WIDTHS.short);
    return { ...withWidth(column, TIME_WIDTHS.date), whole: TIME_WIDTHS['date-time'] };
  });
}

/** An Insights event has no caller, no address and no resource; its name is a sentence. */
export const NOT_OF_INSIGHTS: readonly ColumnId[] = ['who', 'from', 'resource', 'result'];
const INSIGHTS_NAME_WIDTH = 72;

function ofInsights(column: ColumnSpec): ColumnSpec {
  return column.id === 'name' ? { ...column, ideal: INSIGHTS_NAME_WIDTH, max: INSIGHTS_NAME_WIDTH } : column;
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
