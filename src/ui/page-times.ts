// Times on the pages of rows, as short as they are still clear; LAST is when something happened last.

import type { TableColumn } from '../state/table-panel.ts';
import { formatTime, TIME_WIDTHS, type TimeZoneChoice } from '../text/format.ts';

export const LAST_COLUMN: TableColumn = { title: 'LAST', min: TIME_WIDTHS.minute, max: TIME_WIDTHS.minute };

/** How the times of one page are written: in the style, and as days where they are of several years. */
export function timeText(
  times: readonly (number | null)[],
  zone: TimeZoneChoice,
  style: 'minute' | 'short' = 'minute',
): (time: number | null) => string {
  const stated = times.filter((time) => time !== null);
  const years = new Set(stated.map((time) => formatTime(time, { zone, style: 'date' }).slice(0, 4)));
  return (time) => formatTime(time, { zone, style: years.size > 1 ? 'date' : style });
}
