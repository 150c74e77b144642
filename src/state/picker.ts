// A list one picks from by typing: profiles, Regions. Every letter narrows it at once; Space picks; Enter applies what
// is picked, or the row under the cursor. What is in use is picked from the start, so that one more can be added; but
// whoever only goes to another row and presses Enter wants that row, so picks count once they have been touched.

import { widthCells } from '../text/width.ts';
import { EMPTY_LIST, type ListMove, type ListState, moveList, resizeList } from './list.ts';
import { matchingRows } from './matching-rows.ts';
import { EMPTY_INPUT, editText, type TextCommand, type TextInput } from './text-input.ts';

export type PickerSubject = 'profiles' | 'regions';

export type PickerRow = {
  /** What is picked; unique among the rows. */
  readonly id: string;
  readonly name: string;
  /** One for each further column; '' where there is nothing to say. */
  readonly notes: readonly string[];
  /** Can be picked, but is hardly meant: not by Ctrl-A, and shown quietly. */
  readonly isQuiet: boolean;
  /** Stands for a whole choice, as "all" does: it and other rows unpick each other. */
  readonly isWhole: boolean;
};

export type Picker = {
  readonly subject: PickerSubject;
  readonly stage: 'loading' | 'ready' | { readonly failed: string };
  readonly rows: readonly PickerRow[];
  /** Width in cells of the names and of each column of notes. */
  readonly widths: readonly number[];
  readonly input: TextInput;
  /** Indexes of the rows that the text leaves, best first. */
  readonly shown: readonly number[];
  readonly list: ListState;
  readonly picked: ReadonlySet<string>;
  /** The picks have been changed, so they are what Enter applies. */
  readonly isTouched: boolean;
  /** The cursor has been moved, or something typed. */
  readonly isMoved: boolean;
};

export type PickerStep =
  | { readonly kind: 'edit'; readonly edit: TextCommand }
  | { readonly kind: 'empty' }
  | { readonly kind: 'move'; readonly move: ListMove }
  /** Picks the row under the cursor, or takes it back, and goes on to the next. */
  | { readonly kind: 'toggle' }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' };

export function openPicker(subject: PickerSubject, picked: readonly string[]): Picker {
  return {
    subject,
    stage: 'loading',
    rows: [],
    widths: [],
    input: EMPTY_INPUT,
    shown: [],
    list: EMPTY_LIST,
    picked: new Set(picked),
    isTouched: false,
    isMoved: false,
  };
}

/** The rows have come. Those in use are listed first, so that they are seen together; the cursor goes to the first of
 *  them. What was typed meanwhile counts. */
export function fillPicker(picker: Picker, given: readonly PickerRow[]): Picker {
  const rankOf = ({ id, isWhole }: PickerRow) => (isWhole ? 0 : picker.picked.has(id) ? 1 : 2);
  const rows = given.toSorted((a, b) => rankOf(a) - rankOf(b));
  const ids = new Set(rows.map(({ id }) => id));
  const columns = rows.reduce((most, { notes }) => Math.max(most, notes.length), 0);
  const widths = Array.from({ length: columns + 1 }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, widthCells(textAt(row, column))), 0),
  );
  const picked = new Set([...picker.picked].filter((id) => ids.has(id)));
  const filled = narrow({ ...picker, stage: 'ready', rows, widths, picked });
  const index = filled.shown.findIndex((row) => picked.has(rows[row]?.id ?? ''));
  return index <= 0 || picker.input.text !== '' ? filled : moved(filled, { kind: 'to', index });
}

export function failPicker(picker: Picker, reason: string): Picker {
  return { ...picker, stage: { failed: reason } };
}

export function stepPicker(picker: Picker, step: PickerStep): Picker {
  switch (step.kind) {
    case 'edit': {
      const input = editText(picker.input, step.edit);
      return input.text === picker.input.text ? { ...picker, input } : narrow({ ...picker, input, isMoved: true });
    }
    case 'empty':
      return picker.input.text === '' ? picker : narrow({ ...picker, input: EMPTY_INPUT });
    case 'move':
      return { ...moved(picker, step.move), isMoved: picker.list.total > 0 };
    case 'toggle': {
      const row = rowUnderCursor(picker);
      return row === null ? picker : moved(withPicks(picker, toggled(picker, row)), 'down');
    }
    case 'all':
      return withPicks(picker, allOf(picker));
    case 'none':
      return withPicks(picker, new Set());
  }
}

/** Lines for the rows. */
export function resizePicker(picker: Picker, height: number): Picker {
  return picker.list.height === height ? picker : { ...picker, list: resizeList(picker.list, height) };
}

export function rowUnderCursor({ rows, shown, list }: Picker): PickerRow | null {
  return rows[shown[list.selected] ?? -1] ?? null;
}

/** What Enter applies: ids in the order of the rows; empty where there is nothing to apply. */
export function chosenIds(picker: Picker): readonly string[] {
  const { rows, picked, isTouched, isMoved } = picker;
  const row = rowUnderCursor(picker);
  const isPickMeant = picked.size > 0 && (isTouched || !isMoved || row === null);
  if (!isPickMeant) return row === null ? [] : [row.id];
  return rows.filter(({ id }) => picked.has(id)).map(({ id }) => id);
}

/** The text of a column: the name, then the notes. */
export function textAt(row: PickerRow, column: number): string {
  return column === 0 ? row.name : (row.notes[column - 1] ?? '');
}

function moved(picker: Picker, move: ListMove): Picker {
  return { ...picker, list: moveList(picker.list, move) };
}

function withPicks(picker: Picker, picked: ReadonlySet<string>): Picker {
  return { ...picker, picked, isTouched: true };
}

function toggled({ rows, picked }: Picker, row: PickerRow): ReadonlySet<string> {
  if (picked.has(row.id)) return new Set([...picked].filter((id) => id !== row.id));
  if (row.isWhole) return new Set([row.id]);
  const wholes = new Set(rows.filter(({ isWhole }) => isWhole).map(({ id }) => id));
  return new Set([...[...picked].filter((id) => !wholes.has(id)), row.id]);
}

/** All that is shown: where nothing is typed the row that means all, if there is one. */
function allOf({ rows, shown, input, picked }: Picker): ReadonlySet<string> {
  const all = rows.find(({ id, isWhole }) => isWhole && id === 'all');
  if (input.text === '' && all !== undefined) return new Set([all.id]);
  const wanted = shown.map((index) => rows[index] as PickerRow).filter((row) => !row.isQuiet && !row.isWhole);
  const wholes = new Set(rows.filter(({ isWhole }) => isWhole).map(({ id }) => id));
  return new Set([...[...picked].filter((id) => !wholes.has(id)), ...wanted.map(({ id }) => id)]);
}

/** The rows that the text leaves; the cursor goes to the best. */
function narrow(picker: Picker): Picker {
  const shown = matchingRows(picker.rows, picker.input.text);
  return { ...picker, shown, list: moveList({ ...picker.list, total: shown.length, top: 0, selected: 0 }, 'first') };
}
