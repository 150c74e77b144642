import type { LiveStatus } from '../sources/live-source.ts';
import type { AppState } from '../state/app-state.ts';
import { type Loading, rateOf } from '../state/loading.ts';
import { selectedEvent } from '../state/results.ts';
import type { Writing } from '../state/writing.ts';
import { countOf, formatBytes, formatCount, formatDuration, formatTime } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { joined, liveSegments } from './live-line.ts';
import { mistakeText } from './mistake-lines.ts';
import { paintInput } from './search-line.ts';
import type { Theme, Tone } from './theme.ts';

const BAR_WIDTH = 16;
const FIND_PROMPT = ' find: ';

/** What was or is being read, or a message; at the right where in the list one is. `columns` cells. */
export function statusLine(state: AppState, theme: Theme): string {
  const { columns, detail, message } = state;
  if (detail.find.isOpen) {
    const width = Math.max(1, columns - widthCells(FIND_PROMPT) - 1);
    return theme.paint('accent', FIND_PROMPT) + paintInput(detail.find.input, null, width, theme);
  }
  const mistake = mistakeText(state);
  const said: readonly [Tone, string] | null =
    mistake !== ''
      ? ['failed', mistake]
      : message !== null
        ? [message.isWarning ? 'warning' : 'plain', message.text]
        : writingText(state.writing);
  if (said === null && state.live !== null) return liveLine(state, state.live, theme);
  const [tone, text] = said ?? loadingText(state);
  const whole = ` ${sanitize(text)}`;
  // What is said to the person is read to its end: the place gives way to it.
  const place = markedText(state) + placeText(state);
  const right = said !== null && widthCells(whole) + 2 > columns - widthCells(place) ? '' : place;
  const left = cutCells(whole, Math.max(0, columns - (right === '' ? 0 : widthCells(right) + 2)));
  const gap = ' '.repeat(Math.max(0, columns - widthCells(left) - widthCells(right)));
  return theme.paint(tone, left) + gap + theme.paint('quiet', right);
}

function writingText(writing: Writing | null): readonly [Tone, string] | null {
  if (writing === null) return null;
  if (writing.kind === 'ended') return [writing.isWarning ? 'warning' : 'good', writing.text];
  const { name, done, total } = writing;
  return ['accent', `writing ${name}: ${formatCount(done)} of ${countOf(total, 'event')} · Esc stops it`];
}

/** What is loaded counts more than the time of the selected event, which the list shows as well. */
function liveLine(state: AppState, status: LiveStatus, theme: Theme): string {
  const { columns } = state;
  const places = [
    markedText(state) + placeText(state),
    placeText(state),
    markedText(state) + countText(state),
    countText(state),
  ];
  const fits = places.map((place) => ({
    place,
    ...liveSegments(status, state.attribute, columns - 1 - widthCells(place) - 2),
  }));
  const { place = '', segments = [] } = fits.find(({ isWhole }) => isWhole) ?? fits.at(-1) ?? {};
  const texts = joined(segments);
  const cells = texts.reduce((sum, [, text]) => sum + widthCells(text), 1);
  const gap = ' '.repeat(Math.max(0, columns - cells - widthCells(place)));
  return ` ${texts.map(([tone, text]) => theme.paint(tone, text)).join('')}${gap}${theme.paint('quiet', place)}`;
}

/** `3 marked · `, `only the 3 marked · ` */
function markedText({ marks }: AppState): string {
  if (marks.count === 0) return '';
  return marks.isOnly ? `only the ${formatCount(marks.count)} marked · ` : `${formatCount(marks.count)} marked · `;
}

/** `3 newer: g · 12/202 ` */
function countText({ results }: AppState, before: string = ''): string {
  const { shown, newer } = results;
  if (shown === null || shown.list.total === 0) return '';
  const place = `${before}${formatCount(shown.list.selected + 1)}/${formatCount(shown.list.total)} `;
  return newer === 0 ? place : `${formatCount(newer)} newer: g · ${place}`;
}

function placeText(state: AppState): string {
  const event = selectedEvent(state.results);
  if (event === null) return '';
  const time = formatTime(event.time, { zone: state.zone, style: 'date-time' });
  return countText(state, `${time} ${state.zone === 'utc' ? 'UTC' : 'local'} · `);
}

function loadingText(state: AppState): readonly [Tone, string] {
  const { loading } = state;
  switch (loading.kind) {
    case 'opening':
      return ['quiet', 'opening…'];
    case 'live':
      return ['plain', ''];
    case 'nothing':
      return ['quiet', 'nothing was named to read'];
    case 'failed':
      return ['warning', `reading ended: ${loading.reason}`];
    case 'reading':
      return ['plain', readingText(loading)];
    case 'done':
      return doneText(loading, state);
  }
}

function readingText(loading: Extract<Loading, { kind: 'reading' }>): string {
  const { progress, isStopping } = loading;
  if (isStopping) return 'stopping…';
  const { fraction, eventsPerSecond, remainingMs } = rateOf(loading);
  const files = `${formatCount(progress.filesDone)}/${formatCount(progress.filesTotal)}${progress.isListing ? '+' : ''} files`;
  return [
    fraction === null ? 'reading' : `${barText(fraction)} ${Math.floor(fraction * 100)} %`,
    files,
    `${formatBytes(progress.bytesDone)}`,
    eventsPerSecond === null ? '' : `${formatCount(eventsPerSecond)} events/s`,
    remainingMs === null ? '' : `${formatDuration(Math.max(1000, remainingMs))} left`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `━━━━━━──────────`: told apart by shape, not by colour. */
function barText(fraction: number): string {
  const done = Math.round(fraction * BAR_WIDTH);
  return `${'━'.repeat(done)}${'─'.repeat(BAR_WIDTH - done)}`;
}

function doneText(
  { report, tookMs }: Extract<Loading, { kind: 'done' }>,
  { loaded, sourceLabel }: AppState,
): readonly [Tone, string] {
  const { filesDone, filesTotal, problems, wasCancelled } = report;
  // The sample comes from no file.
  const isMade = filesTotal === 0 && loaded > 0;
  const read = isMade
    ? `${sourceLabel} of ${countOf(loaded, 'event')}`
    : `${countOf(filesDone, 'file')} read in ${formatDuration(tookMs)}`;
  const files = wasCancelled
    ? `stopped: ${formatCount(filesDone)} of ${countOf(filesTotal, 'file')} read, ${countOf(loaded, 'event')}`
    : read;
  const days = report.daysOutside === 0 ? '' : ` · ${countOf(report.daysOutside, 'day folder')} outside the range`;
  if (problems.length === 0) return [wasCancelled ? 'warning' : 'quiet', files + days];
  return ['warning', `${files} · ${formatCount(problems.length)} with problems: L lists them${days}`];
}
