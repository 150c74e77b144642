import type { LiveStatus } from '../sources/live-source.ts';
import type { AppState } from '../state/app-state.ts';
import { wantedMs } from '../state/live.ts';
import { countOf, formatCount, formatSpan, formatTime } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import type { Theme } from './theme.ts';

const BARS = '▁▂▃▄▅▆▇█';
/** More names than this are counted. */
const MAX_NAMED = 2;
/** Beside a time that was chosen. */
const MIN_LABEL = 8;
/** Of the days of a range. */
const YEARS = /\d{4}-(?=\d\d-\d\d)/g;

/** `trailx  AWSLogs · 123456789012 · eu-west-1 +2   05-01 – 05-19 UTC  ▁▂▇▁  41,208 events` in `columns` cells. */
export function headerLine(state: AppState, theme: Theme): string {
  const { columns, overview, sourceLabel } = state;
  const count = ` ${countText(state)} `;
  const name = ' trailx ';
  const room = columns - widthCells(name) - widthCells(count);
  if (room <= 0) return theme.paint('title', cutCells(name, columns));
  const histogram = histogramText(overview.histogram);
  // The least important goes first as the line gets narrower: histogram, then range, then the end of the label.
  const label = sanitize(
    [sourceLabel, named(overview.accounts, 'accounts'), named(overview.regions, 'Regions')].filter(Boolean).join(' · '),
  );
  const range = rangeText(state);
  const isChosen = state.range.kind === 'span';
  const labelWidth = Math.min(widthCells(label), Math.max(20, Math.floor(room / 2)));
  const fits = (label: number) => (text: string) => text !== '' && label + widthCells(text) + 5 <= room;
  const right =
    [[range, histogram].filter((part) => part !== '').join('  '), range].find(fits(labelWidth)) ??
    // A time that was chosen keeps events out of the list, so it is told before where they are from.
    (isChosen ? [range, ...shorterRanges(range)].find(fits(MIN_LABEL)) : undefined) ??
    '';
  const rightCells = right === '' ? 0 : widthCells(right) + 1;
  const left = cutCells(` ${label}`, Math.max(0, room - rightCells - (right === '' ? 0 : 1)));
  const gap = ' '.repeat(Math.max(0, room - widthCells(left) - rightCells));
  return [
    theme.paint('title', name),
    theme.paint('plain', left),
    gap,
    theme.paint(isChosen ? 'accent' : 'quiet', right),
    right === '' ? '' : ' ',
    theme.paint('strong', count),
  ].join('');
}

/** While a search is on the range and the histogram are of what it found, so the number says of how many. Without one
 *  it is what the list holds: less than there is where a time was chosen. */
function countText(state: AppState): string {
  const { search, noise, marks, results, range, live, loaded } = state;
  // Of files everything was read, whatever time was chosen.
  const isOfTime = range.kind === 'span' && live === null;
  const total = isOfTime ? loaded : state.total;
  const result = results.shown?.result;
  const found = result?.folded?.whole.total ?? result?.total;
  const rows = result?.folded === undefined ? '' : ` in ${countOf(result.total, 'row')}`;
  if (search.applied === '' && !noise.isOn && !marks.isOnly && !isOfTime)
    return countOf(found ?? total, 'event') + rows;
  const all = countOf(total, 'event');
  if (found === undefined && isOfTime && search.applied === '') return `${formatCount(state.total)} of ${all}`;
  return found === undefined ? all : `${formatCount(found)} of ${all}${rows}`;
}

/** Without the years, and without the zone, which the status line tells as well. */
function shorterRanges(range: string): readonly string[] {
  const days = range.replace(YEARS, '');
  return [days, days.replace(/ \S+$/, '')];
}

function named(names: readonly string[], plural: string): string {
  if (names.length === 0) return '';
  if (names.length > 12) return `${formatCount(names.length)} ${plural}`;
  const [first = ''] = names;
  return names.length === 1 ? first : `${names.slice(0, MAX_NAMED - 1).join(' ')} +${names.length - 1}`;
}

/** What was asked for of an event history, as long as the list holds nothing older; of files, and of what was kept from
 *  other times, when the events of the list happened. */
function rangeText({ overview, zone, live, range: chosen }: AppState): string {
  const zoneName = zone === 'utc' ? 'UTC' : 'local';
  // The search may name a time of its own.
  const range = chosen.kind === 'recent' && live !== null ? live.range : chosen;
  const isOpenEnded = range.kind === 'recent' || range.to === null;
  if (live !== null && isOpenEnded && !isOlderThanWanted(overview.from, live)) {
    const wanted = wantedMs(live);
    return wanted === 0 ? '' : `last ${formatSpan(wanted)} (${zoneName})`;
  }
  const { from, to } = range.kind === 'span' ? range : overview;
  if (from === null) return '';
  const start = formatTime(from, { zone, style: 'date-time' });
  if (to === null) return range.kind === 'span' ? `since ${start.slice(0, -3)} ${zoneName}` : '';
  const end = formatTime(to, { zone, style: 'date-time' });
  const [startDay = '', startClock = ''] = start.split(' ');
  const [endDay = '', endClock = ''] = end.split(' ');
  if (startDay === endDay) return `${startDay} ${startClock.slice(0, 5)}–${endClock.slice(0, 5)} ${zoneName}`;
  return `${startDay} – ${endDay} ${zoneName}`;
}

const HOUR_MS = 3_600_000;

function isOlderThanWanted(time: number | null, { lanes }: LiveStatus): boolean {
  return time !== null && time < Math.min(...lanes.map(({ wanted }) => wanted.from)) - HOUR_MS;
}

function histogramText(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  return counts
    .map((count) => BARS[Math.min(7, Math.ceil((count / most) * 8) - 1)] ?? (count > 0 ? '▁' : ' '))
    .join('');
}
