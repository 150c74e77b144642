// The histogram as lines: what is under the cursor in words, bars, an axis with times. Failures are the lower part of a
// bar, in another shade and not only in another colour; cursor and chosen range are marked on the axis.

import { type Bars, barAt, chosenBars, DAY, type Histogram, NICE_MS } from '../state/histogram.ts';
import { countOf, formatCount, formatDuration, formatTime, type TimeZoneChoice } from '../text/format.ts';
import { cutCells, padCells, widthCells } from '../text/width.ts';
import type { Theme, Tone } from './theme.ts';

/** At the left of the bars: the count of the highest. */
const GUTTER = 7;
const EIGHTHS = ' ▁▂▃▄▅▆▇█';
/** A cell of a bar that is half or more failures; where they are fewer, a mark at the foot of the bar, as in the list:
 *  one failed call of hundreds is not a whole cell. */
const FAILED = '▒';
const SOME_FAILED = '!';
/** What is not loaded yet, at the foot of the bars. */
const MISSING = '·';
const CURSOR = '▲';
const CHOSEN = '━';
/** A lonely bar is not as wide as the screen. */
const MAX_BAR = 8;

/** How many bars fit in a band. */
export function barCells(width: number): number {
  return Math.max(1, width - GUTTER - 1);
}

function cellsPerBar(bars: Bars, width: number): number {
  return Math.max(1, Math.min(MAX_BAR, Math.floor(barCells(width) / Math.max(1, bars.counts.length))));
}

/** The bar that a column of the screen is in, the nearest one where it is beside them; null while there are none. */
export function barAtColumn({ bars }: Histogram, width: number, column: number): number | null {
  if (bars === null) return null;
  const at = Math.floor((column - GUTTER) / cellsPerBar(bars, width));
  return Math.max(0, Math.min(bars.counts.length - 1, at));
}

type Look = {
  readonly width: number;
  readonly height: number;
  readonly zone: TimeZoneChoice;
  readonly theme: Theme;
  /** Events before are still to come, ms; null: none are. */
  readonly loadedFrom: number | null;
};

/** Exactly `height` lines. */
export function histogramLines(histogram: Histogram, look: Look): readonly string[] {
  const { bars, isTimeless } = histogram;
  const { width, height, theme } = look;
  if (bars === null) {
    const said = isTimeless ? ' no event of this list states a time' : ' counting…';
    return [theme.paint('quiet', cutCells(said, width))];
  }
  return [
    headLine(histogram, bars, look),
    ...barLines(histogram, bars, look, height - 2),
    axisLine(histogram, bars, look),
  ];
}

/** `14:05–14:10  312 events, 14 failed`, and what a bar is. */
function headLine(histogram: Histogram, bars: Bars, { width, zone, theme, loadedFrom }: Look): string {
  const chosen = chosenBars(histogram);
  const isMissing = chosen !== null && loadedFrom !== null && chosen.from < loadedFrom;
  const sofar = !isMissing ? '' : chosen.to <= loadedFrom ? ', not loaded yet' : ', not all loaded yet';
  const failed = chosen === null || chosen.failures === 0 ? '' : `, ${formatCount(chosen.failures)} failed`;
  const said =
    chosen === null ? '' : ` ${stretchText(chosen, bars, zone)}  ${countOf(chosen.count, 'event')}${failed}${sofar}`;
  const isBrushed = histogram.anchor !== null;
  const about = `${isBrushed ? '↵ goes into this range · ' : ''}a bar: ${lengthText(bars.bucketMs)} · ${SOME_FAILED}${FAILED} failed · ${zone === 'utc' ? 'UTC' : 'local'} `;
  const left = cutCells(said, width);
  const room = width - widthCells(left);
  const right = widthCells(about) + 2 <= room ? about : '';
  const tone: Tone = histogram.isFocused ? 'strong' : 'plain';
  return theme.paint(tone, left) + ' '.repeat(room - widthCells(right)) + theme.paint('quiet', right);
}

function lengthText(ms: number): string {
  if (ms < 60_000) return `${ms / 1000} s`;
  if (ms < DAY) return formatDuration(ms);
  const days = ms / DAY;
  return days % 7 === 0 ? countOf(days / 7, 'week') : countOf(days, 'day');
}

/** `14:05–14:10`, with the day where the bars are of several, days alone where bars are days; midnight at the end is `24:00`. */
function stretchText(
  stretch: { readonly from: number; readonly to: number },
  bars: Bars,
  zone: TimeZoneChoice,
): string {
  const day = (ms: number) => formatTime(ms, { zone, style: 'date' });
  const lastDay = day(stretch.to - 1);
  if (bars.bucketMs >= DAY) return day(stretch.from) === lastDay ? lastDay : `${day(stretch.from)} – ${lastDay}`;
  const clock = (ms: number) => formatTime(ms, { zone, style: 'clock' }).slice(0, bars.bucketMs < 60_000 ? 8 : 5);
  // Midnight at the end of a day belongs to that day: the next one is not in it.
  const end = clock(stretch.to).replace(/^00:00/, '24:00');
  const times = `${clock(stretch.from)}–${end}`;
  if (day(stretch.from) !== lastDay) return `${day(stretch.from)} ${clock(stretch.from)} – ${lastDay} ${end}`;
  return day(bars.from) === day(bars.from + bars.bucketMs * bars.counts.length - 1) ? times : `${lastDay} ${times}`;
}

function barLines(
  histogram: Histogram,
  bars: Bars,
  { width, theme, loadedFrom }: Look,
  height: number,
): readonly string[] {
  const most = Math.max(1, ...bars.counts);
  const cells = cellsPerBar(bars, width);
  const chosen = histogram.anchor === null ? null : chosenBars(histogram);
  const label = formatCount(most).length < GUTTER ? formatCount(most) : `${Math.floor(most / 1000)}k`;
  return Array.from({ length: height }, (_, line) => {
    const floor = height - 1 - line;
    const runs: Run[] = [];
    for (const [k, count] of bars.counts.entries()) {
      const isOut = chosen !== null && (k < chosen.first || k > chosen.last);
      const failures = bars.failures[k] ?? 0;
      const failed = (failures / most) * height - floor;
      const isFailed = failed >= 0.5;
      const isMarked = !isFailed && floor === 0 && failures > 0;
      const isMissing = count === 0 && floor === 0 && loadedFrom !== null && bars.from + k * bars.bucketMs < loadedFrom;
      const whole = isMissing ? MISSING : glyphAt(count, most, height, floor);
      const glyph = isFailed ? FAILED : whole;
      const tone: Tone = isFailed ? 'failed' : isOut || isMissing ? 'quiet' : 'accent';
      // Bars of several cells stand apart.
      const text = cells < 3 ? glyph.repeat(cells) : `${glyph.repeat(cells - 1)} `;
      if (isMarked) extend(runs, 'failed', SOME_FAILED);
      extend(runs, tone, isMarked ? text.slice(1) : text);
    }
    const gutter = padCells(line === 0 ? label : '', GUTTER - 1, 'right');
    return `${theme.paint('quiet', gutter)} ${runs.map(({ tone, text }) => theme.paint(tone, text)).join('')}`;
  });
}

type Run = { readonly tone: Tone; text: string };

function extend(runs: Run[], tone: Tone, text: string): void {
  const last = runs.at(-1);
  if (last?.tone === tone) last.text += text;
  else if (text !== '') runs.push({ tone, text });
}

/** What a bar shows in one line of the band; what is there at all shows something in the lowest. */
function glyphAt(count: number, most: number, height: number, floor: number): string {
  if (count === 0) return ' ';
  const eighths = Math.max(1, Math.round((count / most) * height * 8)) - floor * 8;
  return EIGHTHS[Math.max(0, Math.min(8, eighths))] ?? ' ';
}

/** Times under the bars that begin with them; in their place the cursor, and the range that is being chosen. */
function axisLine(histogram: Histogram, bars: Bars, { width, zone, theme }: Look): string {
  const cells = cellsPerBar(bars, width);
  const room = barCells(width);
  const marks = marksOf(histogram, bars, cells);
  const axis = new Array<string>(room).fill(' ');
  let free = 0;
  for (const { index, text } of ticksOf(bars, cells, zone)) {
    const at = index * cells;
    const end = at + text.length;
    // Half a time is none.
    const isCovered = [...marks.keys()].some((mark) => mark >= at && mark < end);
    if (at < free || end > room || isCovered) continue;
    axis.splice(at, text.length, ...text);
    free = end + 1;
  }
  const runs: { isMark: boolean; text: string }[] = [];
  for (const [k, char] of axis.entries()) {
    const mark = marks.get(k);
    const last = runs.at(-1);
    if (last?.isMark === (mark !== undefined)) last.text += mark ?? char;
    else runs.push({ isMark: mark !== undefined, text: mark ?? char });
  }
  const tone: Tone = histogram.isFocused ? 'strong' : 'plain';
  return ' '.repeat(GUTTER) + runs.map(({ isMark, text }) => theme.paint(isMark ? tone : 'quiet', text)).join('');
}

/** By cell of the axis. */
function marksOf(histogram: Histogram, bars: Bars, cells: number): ReadonlyMap<number, string> {
  const marks = new Map<number, string>();
  const chosen = chosenBars(histogram);
  if (chosen === null || histogram.cursor === null) return marks;
  if (histogram.anchor !== null) {
    for (let k = chosen.first * cells; k < (chosen.last + 1) * cells; k++) marks.set(k, CHOSEN);
  }
  const middle = Math.floor((cells < 3 ? cells - 1 : cells - 2) / 2);
  return marks.set(barAt(bars, histogram.cursor) * cells + middle, CURSOR);
}

/** Bars that a time stands under: at whole hours, days and so on, as far apart as the texts need. */
function ticksOf(bars: Bars, cells: number, zone: TimeZoneChoice): readonly { index: number; text: string }[] {
  const { from, bucketMs, counts } = bars;
  const offset = zone === 'utc' ? 0 : -new Date(from).getTimezoneOffset() * 60_000;
  const isLong = bucketMs * counts.length > YEAR_MATTERS_MS;
  const widthFor = (step: number) => 3 + (step >= DAY ? (isLong ? 10 : 5) : step < 60_000 ? 8 : 5);
  const step = NICE_MS.find((ms) => ms % bucketMs === 0 && (ms / bucketMs) * cells >= widthFor(ms)) ?? bucketMs;
  return counts.flatMap((_, index) => {
    const time = from + index * bucketMs;
    const isWhole = step >= 2 * DAY ? (index * bucketMs) % step === 0 : (time + offset) % step === 0;
    if (!isWhole) return [];
    const date = formatTime(time, { zone, style: 'date' }).slice(isLong ? 0 : -5);
    const clock = formatTime(time, { zone, style: 'clock' });
    // At midnight the day: one knows then which one what follows is of.
    const isDay = step >= DAY || (clock === '00:00:00' && !isLong);
    return [{ index, text: `╵${isDay ? date : clock.slice(0, step < 60_000 ? 8 : 5)}` }];
  });
}

const YEAR_MATTERS_MS = 300 * DAY;
