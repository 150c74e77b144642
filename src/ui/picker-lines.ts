// Profiles or Regions being chosen: what is typed, the rows it leaves, and what Enter would apply.

import type { AppState } from '../state/app-state.ts';
import { chosenIds, type Picker, type PickerRow, type PickerSubject, textAt } from '../state/picker.ts';
import { PROFILE_COLUMNS, REGION_COLUMNS } from '../state/scope-choice.ts';
import { padValue } from '../text/cell.ts';
import { countOf, formatCount } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import { cutCells, widthCells } from '../text/width.ts';
import { wrapWords } from '../text/wrap.ts';
import { paintInput } from './search-line.ts';
import type { Theme } from './theme.ts';

/** Lines of a page above its first choice: title, typed line, column titles. */
export const CHOICES_TOP = 3;

const PROMPT = ' > ';
const GAP = 2;
/** Of a row: ▌, ✓ and a space. */
const MARKS_WIDTH = 3;
/** What one column takes at most, and below which it is left out. */
const MAX_COLUMN = 44;
const MIN_COLUMN = 6;
const MAX_NAMED = 4;

type Words = {
  readonly title: string;
  readonly loading: string;
  readonly none: string;
  readonly name: string;
  readonly columns: readonly string[];
};

const WORDS: Readonly<Record<PickerSubject, Words>> = {
  profiles: {
    title: 'Profiles',
    loading: 'reading the config and credentials files…',
    none: 'The config and credentials files name no profile.',
    name: 'profile',
    columns: PROFILE_COLUMNS,
  },
  regions: {
    title: 'Regions',
    loading: "asking for the account's Regions…",
    none: 'The account has no Regions.',
    name: 'Region',
    columns: REGION_COLUMNS,
  },
};

export function pickerLines({ columns }: Pick<AppState, 'columns'>, picker: Picker, theme: Theme): readonly string[] {
  const words = WORDS[picker.subject];
  const title = ` ${words.title}`;
  const counts = cutCells(`  ${countsText(picker)}`, columns - widthCells(title));
  const head = [
    theme.paint('title', title) + theme.paint('quiet', counts),
    theme.paint('accent', PROMPT) + paintInput(picker.input, null, columns - PROMPT.length - 1, theme),
  ];
  const body = picker.stage === 'ready' && picker.shown.length > 0 ? rowLines(picker, columns, theme) : [];
  const said = body.length > 0 ? [] : saidLines(picker, words, columns, theme);
  const foot = applyText(picker);
  const blanks = Math.max(0, picker.list.height + 1 - body.length - said.length);
  return [...head, ...body, ...said, ...Array(blanks).fill(''), theme.paint('accent', cutCells(` ${foot}`, columns))];
}

function countsText({ stage, rows, shown, picked }: Picker): string {
  if (stage !== 'ready') return '';
  const all =
    shown.length === rows.length
      ? formatCount(rows.length)
      : `${formatCount(shown.length)} of ${formatCount(rows.length)}`;
  return picked.size === 0 ? all : `${all} · ${formatCount(picked.size)} picked`;
}

/** Column titles and the visible rows. */
function rowLines(picker: Picker, columns: number, theme: Theme): readonly string[] {
  const { rows, shown, list, picked, subject } = picker;
  const widths = fitWidths(picker.widths, columns - MARKS_WIDTH - 1);
  const { name, columns: titles } = WORDS[subject];
  const cells = (textOf: (column: number) => string) =>
    widths.map((width, column) => (width === 0 ? '' : padValue(textOf(column), width) + ' '.repeat(GAP)));
  const heading = ' '.repeat(MARKS_WIDTH) + cells((column) => [name, ...titles][column] ?? '').join('');
  const lines = shown.slice(list.top, list.top + list.height).map((index, line) => {
    const row = rows[index] as PickerRow;
    const isSelected = list.top + line === list.selected;
    const [text = '', ...notes] = cells((column) => textAt(row, column));
    const mark = theme.paint('accent', isSelected ? '▌' : ' ') + theme.paint('good', picked.has(row.id) ? '✓ ' : '  ');
    const own = text.slice(0, text.length - GAP);
    const tone = isSelected ? 'selected' : row.isQuiet ? 'quiet' : 'plain';
    return mark + theme.paint(tone, own) + theme.paint('quiet', ' '.repeat(GAP) + notes.join(''));
  });
  return [theme.paint('quiet', cutCells(heading, columns)), ...lines];
}

/** The name first, then the columns from the left, each as wide as it wants to be; what has no room is left out. */
function fitWidths(wanted: readonly number[], width: number): readonly number[] {
  let room = width;
  return wanted.map((cells, column) => {
    // The names leave something for the rest where both are long.
    const most = column === 0 ? Math.max(20, Math.floor(width * 0.45)) : MAX_COLUMN;
    const given = Math.min(cells, most, room - GAP);
    if (cells === 0 || (given < cells && given < MIN_COLUMN)) return 0;
    room -= given + GAP;
    return given;
  });
}

function saidLines({ stage, rows, list }: Picker, words: Words, columns: number, theme: Theme): readonly string[] {
  const say = (text: string, tone: 'quiet' | 'warning') =>
    wrapWords(sanitize(text), Math.max(1, columns - 4), list.height).map((line) => theme.paint(tone, `   ${line}`));
  if (stage === 'loading') return ['', ...say(words.loading, 'quiet')];
  if (stage !== 'ready') return ['', ...say(stage.failed, 'warning')];
  return ['', ...say(rows.length === 0 ? words.none : 'No row is like that. Ctrl-U empties the line.', 'quiet')];
}

/** `↵ applies prod, dev and 3 more`, so that nobody has to wonder whether picks or the cursor count. */
function applyText(picker: Picker): string {
  const ids = new Set(chosenIds(picker));
  if (ids.size === 0) return '';
  const names = picker.rows.filter(({ id }) => ids.has(id)).map(({ name }) => sanitize(name));
  const more = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED).join(', ');
  return `↵ applies ${more > 0 ? `${named} and ${countOf(more, 'more', 'more')}` : named}`;
}
