import type { AppState } from '../state/app.ts';
import type { Search } from '../state/search.ts';
import { inputWindow, type TextInput } from '../state/text-input.ts';
import type { Understood } from '../store/result.ts';
import { formatCount } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import type { Theme } from './theme.ts';

const PROMPT = ' / ';
/** The line one types into never gets narrower than this. */
const MIN_INPUT = 24;
/** Names shown for each fuzzy word. */
const MAX_MATCHES = 3;

/** ` / termnate who:alice        12 of 41,208 · termnate ≈ TerminateInstances 12` in `columns` cells. */
export function searchLine(state: AppState, theme: Theme): string {
  const { columns, search } = state;
  const isMistake = search.error !== null;
  const wanted = sanitize(isMistake ? (search.error?.reason ?? '') : answerText(state));
  const typed = widthCells(sanitize(search.isOpen ? search.input.text : search.applied)) + 1;
  const room = columns - widthCells(PROMPT);
  const right = cutCells(
    wanted,
    Math.max(0, Math.min(room - Math.max(MIN_INPUT, Math.min(typed, Math.floor(room / 2))) - 2, room)),
  );
  const width = Math.max(1, room - widthCells(right) - 1);
  const text = search.isOpen ? paintInput(search.input, search, width, theme) : paintApplied(search.applied, width);
  return theme.paint('accent', PROMPT) + text + theme.paint(isMistake ? 'failed' : 'quiet', right);
}

/** A line with a cursor, filled to `width` + 1 cells; the mistake in it is underlined. */
export function paintInput(
  input: TextInput,
  search: Pick<Search, 'error'> | null,
  width: number,
  theme: Theme,
): string {
  const { text, cursorCell } = inputWindow({ text: input.text, cursor: input.cursor }, width);
  const marks = markedCells(input.text, text, search?.error ?? null);
  let line = '';
  let cells = 0;
  let run = '';
  let runIsMarked = false;
  const flush = () => {
    line += theme.paint(runIsMarked ? 'mistake' : 'plain', run);
    run = '';
  };
  let unit = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const shown = sanitize(segment);
    const isMarked = marks !== null && unit >= marks.from && unit < marks.to;
    if (cells === cursorCell) {
      flush();
      line += theme.paint('cursor', shown);
    } else {
      if (isMarked !== runIsMarked) flush();
      runIsMarked = isMarked;
      run += shown;
    }
    cells += widthCells(shown);
    unit += segment.length;
  }
  flush();
  if (cursorCell >= cells) {
    line += theme.paint('cursor', ' ');
    cells++;
  }
  return line + ' '.repeat(Math.max(0, width + 1 - cells));
}

/** Where the mistake is in the part of the line that is shown; a mistake at the very end marks the last character. */
function markedCells(whole: string, shown: string, error: Search['error']): { from: number; to: number } | null {
  if (error === null) return null;
  const scrolledBy = whole.startsWith(shown) ? 0 : whole.length - shown.length;
  const to = Math.max(error.to, error.from + 1);
  const from = Math.min(error.from, Math.max(0, whole.length - 1));
  return { from: from - scrolledBy, to: to - scrolledBy };
}

function paintApplied(applied: string, width: number): string {
  const text = cutCells(sanitize(applied), width);
  return text + ' '.repeat(Math.max(0, width + 1 - widthCells(text)));
}

function answerText({ search, results, total }: AppState): string {
  const result = results.shown?.result ?? null;
  if (search.applied === '' && search.input.text === '')
    return search.isOpen ? 'words, field:value, !not · ? in the list explains' : '';
  if (result === null) return 'searching…';
  // Until the columns answer, what is there stays, with a mark: a line that blinks at every letter cannot be read.
  const count = `${formatCount(result.total)} of ${formatCount(total)}`;
  const running = search.stage === 'settled' ? '' : search.stage === 'records' ? '⟳ records' : '⟳';
  return [count, running, ...result.understood.map(understoodText)].filter((part) => part !== '').join(' · ');
}

/** `termnate ≈ TerminateInstances 12, TerminateSession 1, 3 more` */
function understoodText({ word, matches }: Understood): string {
  if (matches.length === 0) return '';
  // One value may stand in several fields (who, user, session): it is one answer to a reader.
  const counts = new Map<string, number>();
  for (const { value, count } of matches) counts.set(value, Math.max(count, counts.get(value) ?? 0));
  const shown = [...counts].slice(0, MAX_MATCHES).map(([value, count]) => `${value} ${formatCount(count)}`);
  const more = counts.size > MAX_MATCHES ? [`${counts.size - MAX_MATCHES} more`] : [];
  return `${word} ≈ ${[...shown, ...more].join(', ')}`;
}
