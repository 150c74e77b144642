import type { AppState } from '../state/app-state.ts';
import type { Search } from '../state/search.ts';
import { inputWindow, type TextInput } from '../state/text-input.ts';
import type { Result, Understood } from '../store/result.ts';
import { cutValue } from '../text/cell.ts';
import { formatCount } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { noiseTexts } from './noise-text.ts';
import type { Theme } from './theme.ts';

const PROMPT = ' / ';
/** The line one types into never gets narrower than this. */
const MIN_INPUT = 24;
/** Names shown for each fuzzy word. */
const MAX_MATCHES = 3;
const MATCH_CELLS = 60;
/** Of the text at either side of the cursor, for each cell of the line: more of it is not looked at. */
const UNITS_PER_CELL = 3;

/** ` / termnate who:alice        12 of 41,208 · termnate ≈ TerminateInstances 12` in `columns` cells. */
export function searchLine(state: AppState, theme: Theme): string {
  const { columns, search } = state;
  // The reason of a mistake is in the status line, which has room for all of it.
  const answers = noiseTexts(state).map((noise) => sanitize(answerText(state, noise)));
  const room = columns - widthCells(PROMPT) - 1;
  const typed = widthCells(cutValue(search.isOpen ? search.input.text : search.applied, room)) + 1;
  const most = Math.max(0, Math.min(room - Math.max(MIN_INPUT, Math.min(typed, Math.floor(room / 2))) - 2, room));
  // A search that is on is told before its count, which the header tells as well.
  const beside = room - typed - 1;
  const briefs = [answers.at(-1) ?? '', ...briefTexts(state)];
  const right =
    briefs.length > 1 && typed > room / 2
      ? (briefs.find((answer) => widthCells(answer) <= beside) ?? cutCells(briefs.at(-1) ?? '', most))
      : cutCells(answers.find((answer) => widthCells(answer) <= most) ?? answers.at(-1) ?? '', most);
  const width = Math.max(1, room - widthCells(right) - 1);
  const text = search.isOpen ? paintInput(search.input, search, width, theme) : paintApplied(search.applied, width);
  return theme.paint('accent', PROMPT) + text + theme.paint('quiet', right);
}

/** A line with a cursor, filled to `width` + 1 cells; the mistake in it is underlined. */
export function paintInput(
  input: TextInput,
  search: Pick<Search, 'error' | 'doubt'> | null,
  width: number,
  theme: Theme,
): string {
  const start = boundary(input.text, input.cursor - width * UNITS_PER_CELL - 64);
  const piece = input.text.slice(start, boundary(input.text, input.cursor + width * UNITS_PER_CELL + 64));
  // What is shown of a character may be wider than the character, so all places are those of the shown text.
  const placeOf = (offset: number) => sanitize(piece.slice(0, Math.max(0, offset - start))).length;
  const whole = sanitize(piece);
  const cursor = placeOf(input.cursor);
  const { text, cursorCell } = inputWindow({ text: whole, cursor }, width);
  const scrolledBy = scrolledUnits(whole, text, cursor);
  const mistake = search?.error ?? search?.doubt ?? null;
  const isMarked = mistake !== null && mistake.to >= start && mistake.from <= start + piece.length;
  // A mistake at the very end, where something is missing, marks the last character.
  const from = isMarked ? Math.min(placeOf(mistake.from), Math.max(0, whole.length - 1)) - scrolledBy : 0;
  const to = isMarked ? Math.max(placeOf(mistake.to) - scrolledBy, from + 1) : 0;
  let line = '';
  let cells = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    const tone = cells === cursorCell ? 'cursor' : index >= from && index < to ? 'mistake' : 'plain';
    line += theme.paint(tone, segment);
    cells += widthCells(segment);
  }
  if (cursorCell >= cells) {
    line += theme.paint('cursor', ' ');
    cells++;
  }
  return line + ' '.repeat(Math.max(0, width + 1 - cells));
}

/** The offset, within the text and not within a pair of surrogates. */
function boundary(text: string, offset: number): number {
  const at = Math.max(0, Math.min(text.length, offset));
  return at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

/** How much of the text is scrolled off to the left; a '…' then stands for it. */
function scrolledUnits(whole: string, shown: string, cursor: number): number {
  if (!shown.startsWith('…') || whole.startsWith('…')) return 0;
  return Math.max(0, whole.lastIndexOf(shown.slice(1), cursor) - 1);
}

function paintApplied(applied: string, width: number): string {
  const text = cutValue(applied, width);
  return text + ' '.repeat(Math.max(0, width + 1 - widthCells(text)));
}

function answerText(state: AppState, noise: string): string {
  const { search, results, total } = state;
  const result = results.shown?.result ?? null;
  if (search.applied === '' && search.input.text === '')
    return search.isOpen && noise === '' ? 'words, field:value, !not · ? in the list explains' : noise;
  if (result === null) return 'searching…';
  // Until the columns answer, what is there stays, with a mark: a line that blinks at every letter cannot be read.
  const count = `${formatCount(result.folded?.whole.total ?? result.total)} of ${formatCount(total)}`;
  const running = search.stage === 'settled' ? '' : search.stage === 'records' ? '⟳ records' : '⟳';
  return [count, running, noise, ...understoodTexts(state, result)].filter((part) => part !== '').join(' · ');
}

/** Ever less beside a long search. */
function briefTexts(state: AppState): readonly string[] {
  const { search, results, total } = state;
  const result = results.shown?.result ?? null;
  if (search.applied === '' || result === null) return [];
  const [, noise] = noiseTexts(state);
  const running = search.stage === 'settled' ? '' : '⟳';
  const count = `${formatCount(result.folded?.whole.total ?? result.total)} of ${formatCount(total)}`;
  return [
    [count, running, noise],
    [running, noise],
  ].map((parts) => parts.filter((part) => part !== '').join(' · '));
}

/** What each fuzzy word stood for. Names are counted in all that is loaded, whatever else is asked for. */
function understoodTexts(state: AppState, { understood }: Result): readonly string[] {
  const most = isConfined(state) ? '≤' : '';
  return understood.map((word) => understoodText(word, most));
}

/** Whether the list leaves events out even without a search: the count of a name is then the most that it can hold. */
export function isConfined({ total, loaded, noise }: AppState): boolean {
  return noise.isOn || total < loaded;
}

/** `termnate ≈ TerminateInstances 12, TerminateSession 1, 3 more` */
function understoodText({ word, matches }: Understood, most: string): string {
  if (matches.length === 0) return '';
  // One value may stand in several fields (who, user, session): it is one answer to a reader.
  const counts = new Map<string, number>();
  for (const { value, count } of matches) counts.set(value, Math.max(count, counts.get(value) ?? 0));
  const shown = [...counts]
    .slice(0, MAX_MATCHES)
    .map(([value, count]) => `${cutValue(value, MATCH_CELLS)} ${most}${formatCount(count)}`);
  const more = counts.size > MAX_MATCHES ? [`${counts.size - MAX_MATCHES} more`] : [];
  return `${word} ≈ ${[...shown, ...more].join(', ')}`;
}
