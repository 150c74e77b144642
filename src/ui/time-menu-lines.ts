// The time menu: ranges to choose from, each with the span it means, and a line that takes any other.

import type { HistoryRange } from '../sources/live-source.ts';
import type { AppState } from '../state/app-state.ts';
import { HISTORY_MS, isTooOld, spanOfRange, type TimeMenu, timeChoices } from '../state/time-menu.ts';
import { padValue } from '../text/cell.ts';
import { formatDuration, formatTime, type TimeZoneChoice } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { paintInput } from './search-line.ts';
import type { Theme } from './theme.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const PROMPT = ' > ';
const LABEL_WIDTH = 36;
const EXAMPLES = '3h · 2026-05-20 · 2026-05-20T14:00..15:30 · yesterday 5pm';

export function timeMenuLines(state: AppState, menu: TimeMenu, theme: Theme): readonly string[] {
  const { columns, zone, range, live } = state;
  const isLive = live !== null;
  const choices = timeChoices(menu, zone);
  const { list, now } = menu;
  const inUse = rangeText(range, { zone, now, isLive });
  const head = [
    theme.paint('title', ' Time') +
      theme.paint('quiet', cutCells(`  ${zoneText(zone)} · in use: ${inUse}`, columns - 5)),
    theme.paint('accent', PROMPT) + paintInput(menu.input, null, columns - PROMPT.length - 1, theme),
    theme.paint('quiet', cutCells(`   ${EXAMPLES}`, columns)),
  ];
  const rows = choices.slice(list.top, list.top + list.height).map((choice, line) => {
    const isSelected = list.top + line === list.selected;
    const width = Math.min(LABEL_WIDTH, columns - 4);
    const meaning = cutCells(rangeText(choice.range, { zone, now, isLive }), Math.max(0, columns - width - 5));
    return [
      theme.paint('accent', isSelected ? '▌' : ' '),
      ' ',
      theme.paint(isSelected ? 'selected' : 'plain', padValue(choice.label, width)),
      theme.paint('quiet', `  ${meaning}`),
    ].join('');
  });
  if (rows.length === 0) {
    const text = `"${sanitize(menu.input.text)}" is no time that has begun. Try 3h, 2026-05-20, 14:00..15:30 or yesterday 5pm. Ctrl-U empties the line.`;
    rows.push(...wrapWords(text, columns - 4, 3).map((line) => theme.paint('warning', `   ${line}`)));
  }
  const choice = choices[list.selected];
  const foot = choice === undefined ? '' : `↵ applies ${applyText(choice.range, { zone, now, isLive })}`;
  const blanks = Math.max(0, list.height - rows.length);
  return [...head, ...rows, ...Array(blanks).fill(''), theme.paint('accent', cutCells(` ${foot}`, columns))];
}

type Terms = { readonly zone: TimeZoneChoice; readonly now: number; readonly isLive: boolean };

/** `2026-05-20 14:00:00 – 15:30:59 UTC`; what a range means, to the second. */
export function rangeText(range: HistoryRange, { zone, now, isLive }: Terms): string {
  if (range.kind === 'recent') return isLive ? 'the last 24 h, then older as you go down' : 'everything that was read';
  const from = formatTime(range.from, { zone, style: 'date-time' });
  const to = range.to === null ? 'now' : formatTime(range.to, { zone, style: 'date-time' });
  const isOneDay = to !== 'now' && to.slice(0, 10) === from.slice(0, 10);
  const span = spanOfRange(range, now);
  if (isLive && span !== null && isTooOld(range, now)) return 'older than the 90 days that AWS keeps';
  return `${from} – ${isOneDay ? to.slice(11) : to} ${zone === 'utc' ? 'UTC' : 'local'}`;
}

/** With how long it is, and what event history cannot give of it. */
function applyText(range: HistoryRange, terms: Terms): string {
  const span = spanOfRange(range, terms.now);
  if (span === null) return rangeText(range, terms);
  const lengthMs = span.to - span.from;
  // Ends are included: until 15:30:59 is until 15:31.
  const isToTheMinute = (lengthMs + SECOND_MS) % MINUTE_MS === 0;
  const text = `${rangeText(range, terms)} (${formatDuration(isToTheMinute ? lengthMs + SECOND_MS : lengthMs)})`;
  const isCut = terms.isLive && span.from < terms.now - HISTORY_MS - SECOND_MS;
  return isCut ? `${text}; event history reaches back 90 days` : text;
}

function zoneText(zone: TimeZoneChoice): string {
  return zone === 'utc' ? 'UTC (Ctrl-T: local time)' : 'local time (Ctrl-T: UTC)';
}
