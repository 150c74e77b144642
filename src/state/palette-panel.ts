// The palette: a line to type into, and under it every command, page, preset and saved search that makes sense from
// where one was. Each letter narrows it; Enter runs what is under the cursor, or the word with its argument as typed.

import { nearest } from '../text/nearest.ts';
import { EMPTY_LIST, type ListMove, type ListState, moveList, resizeList } from './list.ts';
import { matchingRows, type NamedRow } from './matching-rows.ts';
import type { TablePanel } from './table-panel.ts';
import { editText, inputOf, type TextCommand, type TextInput } from './text-input.ts';
import type { TextPanel } from './text-panel.ts';

export type PaletteItem = {
  /** What runs it: told apart by the palette's handler. */
  readonly id: string;
  /** Other words for it, as vim has :q; the first is shown. Empty: it has a key and no word. */
  readonly words: readonly string[];
  /** What has to follow the word, e.g. NAME; '' where nothing has to. */
  readonly argument: string;
  /** What Tab completes each word of the argument to. */
  readonly names?: readonly string[];
  /** The key in the place the palette was opened from, else ''. */
  readonly key: string;
  readonly title: string;
  /** Why it cannot run now; null when it can. */
  readonly blocked: string | null;
};

export type PalettePanel = {
  readonly kind: 'palette';
  readonly items: readonly PaletteItem[];
  readonly input: TextInput;
  /** Indexes of the items that the text leaves, best first. */
  readonly shown: readonly number[];
  readonly list: ListState;
  /** The cursor was moved since the last letter: Enter takes its row, whatever is typed. */
  readonly isMoved: boolean;
  /** Why what was asked for cannot be; '' else. */
  readonly problem: string;
  /** The page that it was opened on: Esc leads back there. */
  readonly over: TablePanel | TextPanel | null;
};

export type PaletteStep =
  | { readonly kind: 'edit'; readonly edit: TextCommand }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'move'; readonly move: ListMove }
  | { readonly kind: 'complete' }
  | { readonly kind: 'refuse'; readonly problem: string };

/** What Enter takes: an item, and what was typed behind its word. */
export type PaletteChoice =
  | { readonly kind: 'item'; readonly item: PaletteItem; readonly argument: string }
  | { readonly kind: 'none'; readonly problem: string };

const MAX_ROWS = 14;

export function openPalette(
  items: readonly PaletteItem[],
  text: string = '',
  over: PalettePanel['over'] = null,
): PalettePanel {
  return narrow({
    kind: 'palette',
    items,
    input: inputOf(text),
    shown: [],
    list: EMPTY_LIST,
    isMoved: false,
    problem: '',
    over,
  });
}

export function stepPalette(panel: PalettePanel, step: PaletteStep): PalettePanel {
  switch (step.kind) {
    case 'edit': {
      const input = editText(panel.input, step.edit);
      return input.text === panel.input.text ? { ...panel, input } : narrow({ ...panel, input });
    }
    case 'type':
      return narrow({ ...panel, input: inputOf(step.text) });
    case 'move':
      return { ...panel, list: moveList(panel.list, step.move), isMoved: panel.list.total > 0, problem: '' };
    case 'complete': {
      const item = itemUnderCursor(panel);
      if (item === null) return panel;
      const { text } = panel.input;
      const wanted = hasArgument(item, text) ? withName(text, item.names ?? []) : completed(item);
      return text.startsWith(wanted) ? panel : narrow({ ...panel, input: inputOf(wanted) });
    }
    case 'refuse':
      return { ...panel, problem: step.problem };
  }
}

/** For a page of `height` lines: the list stays in sight. */
export function resizePalette(panel: PalettePanel, height: number): PalettePanel {
  const rows = Math.max(1, Math.min(MAX_ROWS, Math.floor(height / 2) - 2));
  return panel.list.height === rows ? panel : { ...panel, list: resizeList(panel.list, rows) };
}

export function itemUnderCursor({ items, shown, list }: PalettePanel): PaletteItem | null {
  return items[shown[list.selected] ?? -1] ?? null;
}

export function paletteChoice(panel: PalettePanel): PaletteChoice {
  const { items, input, isMoved } = panel;
  const item = (isMoved ? null : wordIn(items, input.text)) ?? itemUnderCursor(panel);
  if (item !== null) return { kind: 'item', item, argument: restAfter(item, input.text) };
  const [word = '', ...rest] = commandText(input.text).trim().split(/\s+/);
  if (rest.length > 0 && wordIn(items, word)?.argument === '')
    return { kind: 'none', problem: `nothing follows ${word}: leave out ${rest.join(' ')}` };
  const close = nearest(
    word,
    items.flatMap(({ words }) => words),
  );
  const hint = close === null ? 'Ctrl-U empties the line and shows all' : `did you mean ${close}?`;
  return { kind: 'none', problem: `there is no command ${word}: ${hint}` };
}

/** What Tab and an item that wants an argument put into the line. */
export function completed({ words, argument, title }: PaletteItem): string {
  const [word = title] = words;
  return argument === '' ? word : `${word} `;
}

/** Whether the text goes on behind the item's word. */
function hasArgument({ words, argument }: PaletteItem, text: string): boolean {
  const typed = commandText(text).toLowerCase();
  return argument !== '' && words.some((word) => typed.startsWith(`${word.toLowerCase()} `));
}

/** The line with its last word completed as far as the names agree; where only one is left, a space behind it. */
function withName(text: string, names: readonly string[]): string {
  const word = /[^\s,]*$/.exec(text)?.[0] ?? '';
  const found = names.filter((name) => word !== '' && name.toLowerCase().startsWith(word.toLowerCase()));
  let [agreed] = found;
  if (agreed === undefined) return text;
  for (const name of found) {
    while (!name.toLowerCase().startsWith(agreed.toLowerCase())) agreed = agreed.slice(0, -1);
  }
  return `${text.slice(0, text.length - word.length)}${agreed}${found.length === 1 ? ' ' : ''}`;
}

/** The item that the text calls by a word, with its argument where it takes one; of two the longer word. */
function wordIn(items: readonly PaletteItem[], text: string): PaletteItem | null {
  let best: { readonly item: PaletteItem; readonly length: number } | null = null;
  for (const item of items) {
    for (const word of item.words) {
      const isCalled = item.argument === '' ? isSame(commandText(text).trim(), word) : startsWith(text, word);
      if (isCalled && word.length > (best?.length ?? 0)) best = { item, length: word.length };
    }
  }
  return best?.item ?? null;
}

function restAfter({ words, argument }: PaletteItem, text: string): string {
  if (argument === '') return '';
  const word = words.filter((other) => startsWith(text, other)).sort((a, b) => b.length - a.length)[0];
  return word === undefined ? '' : commandText(text).slice(word.length).trim();
}

/** Whether the text is the word, or begins with it and goes on behind a space. */
function startsWith(text: string, word: string): boolean {
  const typed = commandText(text).toLowerCase();
  const sought = word.toLowerCase();
  return typed.startsWith(sought) && (typed.length === sought.length || typed.charAt(sought.length) === ' ');
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whoever types the colon once more, as vim shows it, means the same. */
function commandText(text: string): string {
  return text.trimStart().replace(/^:+/, '');
}

/** The items that the text leaves. Behind a word comes its argument: that leaves the word, and longer ones. */
function narrow(panel: PalettePanel): PalettePanel {
  const { items, list } = panel;
  const text = commandText(panel.input.text);
  const own = wordIn(items, text);
  const found = matchingRows(items.map(namedRow), text);
  const others = own === null || restAfter(own, text) === '' ? found : longer(items, own);
  const shown = own === null ? others : [items.indexOf(own), ...others.filter((index) => items[index] !== own)];
  return {
    ...panel,
    shown,
    isMoved: false,
    problem: '',
    list: moveList({ ...list, total: shown.length, top: 0, selected: 0 }, 'first'),
  };
}

/** Items whose word goes on where the word of `own` ends: `noise add` after `noise`. */
function longer(items: readonly PaletteItem[], own: PaletteItem): readonly number[] {
  return items.flatMap(({ words }, index) =>
    words.some((word) => own.words.some((begin) => word !== begin && startsWith(word, begin))) ? [index] : [],
  );
}

function namedRow({ words, title, key }: PaletteItem): NamedRow {
  const [word = title, ...others] = words;
  return { name: word, notes: [...others, title, key] };
}
