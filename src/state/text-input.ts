// A line that one types into: the search line, the filter of a picker. Keys as in a shell (readline).
// The cursor stands between graphemes, so an emoji or an accented letter is one step and one deletion.

import { cutCells, widthCells } from '../text/width.ts';

/** `cursor`: UTF-16 offset at a grapheme boundary. */
export type TextInput = { readonly text: string; readonly cursor: number };

export type TextCommand =
  /** Line breaks and tabs become spaces, for there is one line; other controls are dropped. */
  | { readonly kind: 'insert'; readonly text: string }
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'wordLeft'
  | 'wordRight'
  /** Ctrl-U, Ctrl-K, Ctrl-W */
  | 'clearToStart'
  | 'clearToEnd'
  | 'deleteWord';

export const EMPTY_INPUT: TextInput = { text: '', cursor: 0 };

const SEGMENTER = new Intl.Segmenter();

/** An input holding `text`, the cursor at its end. */
export function inputOf(text: string): TextInput {
  return { text, cursor: text.length };
}

export function editText(state: TextInput, command: TextCommand): TextInput {
  const { text, cursor } = state;
  if (typeof command === 'object') return insert(state, command.text);
  switch (command) {
    case 'backspace':
      return remove(text, previousBoundary(text, cursor), cursor);
    case 'delete':
      return remove(text, cursor, nextBoundary(text, cursor));
    case 'left':
      return { text, cursor: previousBoundary(text, cursor) };
    case 'right':
      return { text, cursor: nextBoundary(text, cursor) };
    case 'home':
      return { text, cursor: 0 };
    case 'end':
      return { text, cursor: text.length };
    case 'wordLeft':
      return { text, cursor: wordStart(text, cursor) };
    case 'wordRight':
      return { text, cursor: wordEnd(text, cursor) };
    case 'clearToStart':
      return remove(text, 0, cursor);
    case 'clearToEnd':
      return remove(text, cursor, text.length);
    case 'deleteWord':
      return remove(text, wordStart(text, cursor), cursor);
  }
}

/** The part of the line to show in `width` cells, scrolled so that the cursor is seen, and the cell (from 0)
 *  on which the cursor stands. The cursor may stand behind the last character: one cell is kept for it. */
export function inputWindow(state: TextInput, width: number): { readonly text: string; readonly cursorCell: number } {
  const { text, cursor } = state;
  if (width <= 0) return { text: '', cursorCell: 0 };
  const before = text.slice(0, cursor);
  const under = graphemeAt(text, cursor);
  const underCells = Math.max(1, widthCells(under));
  const endCell = widthCells(before) + underCells;
  const isWhole = widthCells(text) <= width && endCell <= width;
  // The '…' for the rest needs a cell too, and must not lie under the cursor.
  if (isWhole || endCell < width) return { text: cutCells(text, width), cursorCell: endCell - underCells };
  // What is left of the cursor matters most: it was just typed.
  const room = width - underCells;
  const start = cutCells(before, Math.max(0, room), 'start');
  const shown = widthCells(start + under) <= width ? start + under : start;
  return { text: shown, cursorCell: Math.min(widthCells(start), width - 1) };
}

function insert({ text, cursor }: TextInput, inserted: string): TextInput {
  const clean = inserted.replace(/\r\n|[\r\n\t\u2028\u2029]/g, ' ').replace(/\p{Cc}/gu, '');
  const joined = text.slice(0, cursor) + clean + text.slice(cursor);
  // A combining mark may have joined the letters around it: step on to the next boundary.
  return { text: joined, cursor: boundaryFrom(joined, cursor + clean.length) };
}

function remove(text: string, from: number, to: number): TextInput {
  const rest = text.slice(0, from) + text.slice(to);
  return { text: rest, cursor: boundaryFrom(rest, from) };
}

function graphemeAt(text: string, offset: number): string {
  return SEGMENTER.segment(text).containing(offset)?.segment ?? '';
}

function previousBoundary(text: string, offset: number): number {
  return offset <= 0 ? 0 : (SEGMENTER.segment(text).containing(offset - 1)?.index ?? 0);
}

function nextBoundary(text: string, offset: number): number {
  return Math.min(text.length, offset + Math.max(1, graphemeAt(text, offset).length));
}

function boundaryFrom(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  const segment = SEGMENTER.segment(text).containing(offset);
  return segment === undefined || segment.index === offset ? offset : segment.index + segment.segment.length;
}

/** Words end at white space only: `who:alice` goes in one Ctrl-W, as in a shell. */
function wordStart(text: string, cursor: number): number {
  let at = cursor;
  while (at > 0 && isSpace(text.charAt(at - 1))) at--;
  while (at > 0 && !isSpace(text.charAt(at - 1))) at--;
  return at;
}

function wordEnd(text: string, cursor: number): number {
  let at = cursor;
  while (at < text.length && isSpace(text.charAt(at))) at++;
  while (at < text.length && !isSpace(text.charAt(at))) at++;
  return at;
}

function isSpace(char: string): boolean {
  return /\s/.test(char);
}
