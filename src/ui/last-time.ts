// The column LAST of the pages that count: when it happened last, as short as it is still clear.

import type { TableColumn } from '../state/table-panel.ts';
import { formatTime, TIME_WIDTHS, type TimeZoneChoice } from '../text/format.ts';

export const LAST_COLUMN: TableColumn = { title: 'LAST', min: TIME_WIDTHS.minute, max: TIME_WIDTHS.minute };

/** How the times of one page are written: without the year where they are all of one. */
export function lastText(times: readonly (number | null)[], zone: TimeZoneChoice): (time: number | null) => string {
  const years = new Set(times.map((time) => formatTime(time, { zone, style: 'date' }).slice(0, 4)));
  return (time) => formatTime(time, { zone, style: years.size > 1 ? 'date' : 'minute' });
}
