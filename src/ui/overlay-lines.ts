// The pages that open over the list: the help, what was read, the choice of columns. Made of lines, so that they scroll like anything else.

import type { Binding } from '../keys/binding.ts';
import { blockedReason, COMMANDS } from '../keys/commands.ts';
import { HELP_SECTIONS } from '../keys/help-sections.ts';
import { keyLabel } from '../keys/key-labels.ts';
import type { LiveStatus } from '../sources/live-source.ts';
import type { AppState } from '../state/app-state.ts';
import { COLUMNS } from '../state/columns.ts';
import { NOTE_SIGN } from '../state/head-line.ts';
import { countOf, formatBytes, formatCount, formatDuration } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { COLUMN_LINES_TOP, columnLines } from './column-lines.ts';
import { coverageTexts } from './coverage-lines.ts';
import { MARKED_SIGN } from './event-row.ts';
import { factsOf, placeOf } from './facts.ts';
import type { Tone } from './theme.ts';

/** One line in one or more tones; texts are sanitised. */
export type TonedLine = readonly (readonly [Tone, string])[];

const BLANK: TonedLine = [];
const INDENT = '  ';
const KEYS_WIDTH = 18;
/** A meaning that has less room than this beside what it explains goes below it. */
const MIN_MEANING = 30;
const MOVES = /\.(up|down|pageUp|pageDown|halfUp|halfDown|top|bottom)$/;
/** Of one text; a page is scrolled, so nothing has to be cut that a person could want. */
const MAX_TEXT_LINES = 100;
/** Of a list of unreadable files: the rest is counted. */
const MAX_PROBLEMS = 1000;

export function overlayLines(state: AppState): readonly TonedLine[] {
  switch (state.overlay?.kind) {
    case undefined:
      return [];
    case 'help':
      return helpLines(state);
    case 'loaded':
      return loadedLines(state);
    case 'columns':
      return columnLines(state, state.overlay.at);
  }
}

/** Lines that an overlay can show: all but header, status and footer. */
export function overlayHeight({ rows }: AppState): number {
  return Math.max(1, rows - 3);
}

/** The line of an overlay that is first on the screen. */
export function overlayTop(state: AppState): number {
  const { overlay } = state;
  if (overlay?.kind !== 'columns') return overlay?.at ?? 0;
  return Math.max(0, COLUMN_LINES_TOP + overlay.at + 1 - overlayHeight(state));
}

/** The furthest that an overlay can be scrolled, or moved in. */
export function overlayEnd(state: AppState): number {
  if (state.overlay?.kind === 'columns') return COLUMNS.length - 1;
  return Math.max(0, overlayLines(state).length - overlayHeight(state));
}

const WORDS_ABOUT_SEARCH: readonly (readonly [string, string])[] = [
  ['word', 'fuzzy in names (events, people, services, Regions), else anywhere in the record'],
  ['\'word  ^word  word$  "two words"', 'exact · starts · ends · phrase'],
  ['!word', 'not'],
  ['a b   a | b   ( )', 'and · or · grouping'],
  ['name:Run*  who:alice  ip:203.0.113.0/24', 'a field; * and ? are wildcards; field:* is present'],
  ['error:*  error:denied', 'failed · denied'],
  ['requestParameters.instanceId:i-0ab*', 'any path of the record'],
  ['since:2h  until:2026-05-20', 'time'],
];

function helpLines(state: AppState): readonly TonedLine[] {
  const facts = factsOf(state);
  const lines: TonedLine[] = [];
  const from = placeOf({ ...state, overlay: null });
  const [own, others] = [true, false].map((isOwn) => HELP_SECTIONS.filter(({ place }) => (place === from) === isOwn));
  const moves = new Set<string>();
  for (const { title, bindings, place } of [...(own ?? []), ...(others ?? [])]) {
    // Moving is the same wherever there are rows: it is told once.
    const told = bindings.filter((binding) => !MOVES.test(binding.command) || isFirst(moves, binding));
    if (told.length === 0) continue;
    lines.push([['title', title]]);
    // What cannot be used is told of the list and of where one is: elsewhere it would not be true of what one finds there.
    const isHere = place === null || place === 'list' || place === from;
    for (const binding of told)
      lines.push(...helpLine(binding, isHere ? blockedReason(binding.command, facts) : null, state.columns));
    lines.push(BLANK);
  }
  lines.push([['title', 'Search']]);
  const width = Math.max(...WORDS_ABOUT_SEARCH.map(([text]) => text.length)) + 2;
  for (const [text, meaning] of WORDS_ABOUT_SEARCH) {
    lines.push(...explained(['accent', `${INDENT}${text.padEnd(width)}`], ['plain', meaning], state.columns));
  }
  lines.push(BLANK, [['title', 'Rows']]);
  lines.push(
    [['failed', '  !  failed or denied']],
    [['destructive', '  D  destroys or stops something']],
    [['privileged', '  *  by root, or from another account']],
    [['write', '  W  changes something']],
    [['read', '  R  reads']],
    [['plain', '  –  nobody called it: an Insights event']],
    ...explained(
      ['accent', `${INDENT}+  `],
      ['plain', 'somebody new, or a new address, Region or user agent of theirs among the events loaded'],
      state.columns,
    ),
    [['accent', `${INDENT}${MARKED_SIGN}  marked`]],
    [['accent', `${INDENT}${NOTE_SIGN}  with a note of yours`]],
    ...explained(
      ['plain', `${INDENT}dave → etl/nightly  `],
      ['plain', 'the person behind a session, as far as calls that are loaded show it'],
      state.columns,
    ),
    [['plain', '  ×3  three of the same call, folded; ▾3 opened']],
  );
  return lines;
}

/** Whether no section has told of this move yet, with these keys. */
function isFirst(moves: Set<string>, { keys, command }: Binding): boolean {
  const move = `${MOVES.exec(command)?.[1]} ${keys[0]}`;
  if (moves.has(move)) return false;
  moves.add(move);
  return true;
}

function helpLine({ keys, command }: Binding, reason: string | null, columns: number): readonly TonedLine[] {
  const label = `${INDENT}${keys.map(keyLabel).join(' ')} `.padEnd(KEYS_WIDTH);
  const { title } = COMMANDS[command];
  if (reason === null) return explained(['accent', label], ['plain', title], columns);
  return explained(['quiet', label], ['quiet', `${title} – not now: ${reason}`], columns);
}

/** A label and its meaning, which goes on below itself where the screen is narrow. */
function explained(
  label: TonedLine[number],
  [tone, meaning]: TonedLine[number],
  columns: number,
): readonly TonedLine[] {
  const beside = widthCells(label[1]);
  const isBelow = columns - beside < MIN_MEANING;
  const indent = isBelow ? 3 * INDENT.length : beside;
  const parts = wrapWords(meaning, Math.max(1, columns - indent), MAX_TEXT_LINES);
  const lines = parts.map((part): TonedLine => [[tone, ' '.repeat(indent) + part]]);
  if (isBelow) return [[[label[0], label[1].trimEnd()]], ...lines];
  return [[label, [tone, parts[0] ?? '']], ...lines.slice(1)];
}

/** A text of any length, sanitised here. */
function paragraph(tone: Tone, text: string, columns: number, indent: string = ''): readonly TonedLine[] {
  const width = Math.max(1, columns - indent.length);
  return wrapWords(sanitize(text), width, MAX_TEXT_LINES).map((line): TonedLine => [[tone, indent + line]]);
}

function loadedLines(state: AppState): readonly TonedLine[] {
  const { loading, columns } = state;
  switch (loading.kind) {
    case 'opening':
      return [[['plain', 'The store is being opened.']]];
    case 'live':
      return state.live === null ? [] : liveLines(state, state.live);
    case 'nothing':
      return [[['plain', 'Nothing was named to read.']]];
    case 'failed':
      return paragraph('warning', `Reading ended: ${loading.reason}`, columns);
    case 'reading': {
      const { filesDone, filesTotal, events } = loading.progress;
      return [
        [['title', 'Reading']],
        ...paragraph(
          'plain',
          `${formatCount(filesDone)} of ${countOf(filesTotal, 'file')}, ${countOf(events, 'event')} so far.`,
          columns,
        ),
        ...paragraph('quiet', 'What could not be read is listed here when it has ended.', columns),
      ];
    }
    case 'done':
      return doneLines(state, loading);
  }
}

function liveLines(state: AppState, live: LiveStatus): readonly TonedLine[] {
  return coverageTexts(state, live).flatMap(({ tone, text, depth }) =>
    text === '' ? [BLANK] : paragraph(tone, text, state.columns, INDENT.repeat(depth)),
  );
}

function doneLines(
  { columns, total }: AppState,
  { report, tookMs }: Extract<AppState['loading'], { kind: 'done' }>,
): readonly TonedLine[] {
  const { passedOver, problems } = report;
  const lines: TonedLine[] = [
    [['title', report.wasCancelled ? 'What was read before it was stopped' : 'What was read']],
  ];
  const say = (count: number, one: string, many?: string) => {
    if (count > 0) lines.push(...paragraph('plain', countOf(count, one, many), columns, INDENT));
  };
  const how = ` (${formatBytes(report.bytesDone)}) in ${formatDuration(tookMs)}`;
  say(report.filesDone, `file${how}`, `files${how}`);
  say(total, 'event');
  say(report.events - total, 'copy left out', 'copies left out');
  lines.push(BLANK, [['title', 'Passed over']]);
  const before = lines.length;
  say(passedOver.digests, 'digest file');
  say(passedOver.notifications, 'notification');
  say(passedOver.otherValues, 'value that is no event', 'values that are no events');
  say(passedOver.otherFiles, 'file of another kind', 'files of another kind');
  say(
    report.daysOutside,
    'day folder outside --since/--until was not opened',
    'day folders outside --since/--until were not opened',
  );
  if (lines.length === before) lines.push([['quiet', '  nothing']]);
  lines.push(BLANK, [['title', 'Could not be read']]);
  if (problems.length === 0) lines.push([['quiet', '  nothing: every file was read']]);
  for (const { path, reason, kept } of problems.slice(0, MAX_PROBLEMS)) {
    lines.push(...paragraph('warning', path, columns, INDENT));
    const text = kept > 0 ? `${reason}; ${countOf(kept, 'event')} of it ${kept === 1 ? 'was' : 'were'} read` : reason;
    lines.push(...paragraph('plain', text, columns, INDENT.repeat(3)));
  }
  say(problems.length - Math.min(problems.length, MAX_PROBLEMS), 'more', 'more');
  return lines;
}
