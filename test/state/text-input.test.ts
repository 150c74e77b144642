import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_INPUT,
  editText,
  inputOf,
  inputWindow,
  type TextCommand,
  type TextInput,
} from '../../src/state/text-input.ts';
import { widthCells } from '../../src/text/width.ts';

/** The text with `|` where the cursor is. */
function show({ text, cursor }: TextInput): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

function read(shown: string): TextInput {
  return { text: shown.replace('|', ''), cursor: shown.indexOf('|') };
}

const insert = (text: string): TextCommand => ({ kind: 'insert', text });

describe('editText', () => {
  it.each<[string, TextCommand, string]>([
    ['|', insert('t'), 't|'],
    ['ter|ate', insert('min'), 'termin|ate'],
    ['|', insert('two\r\nlines\tand\u0007 more\n'), 'two lines and more |'],
    ['e|x', insert('\u0301'), 'e\u0301|x'],
    ['abc|', 'backspace', 'ab|'],
    ['|abc', 'backspace', '|abc'],
    ['a👨‍👩‍👧|b', 'backspace', 'a|b'],
    ['ae\u0301|', 'backspace', 'a|'],
    ['a|👨‍👩‍👧b', 'delete', 'a|b'],
    ['abc|', 'delete', 'abc|'],
    ['a🇩🇪|', 'left', 'a|🇩🇪'],
    ['|a', 'left', '|a'],
    ['a|🇩🇪b', 'right', 'a🇩🇪|b'],
    ['a|', 'right', 'a|'],
    ['ab|c', 'home', '|abc'],
    ['a|bc', 'end', 'abc|'],
    ['who:alice !readOnly:true|', 'wordLeft', 'who:alice |!readOnly:true'],
    ['who:alice  | x', 'wordLeft', '|who:alice   x'],
    ['|', 'wordLeft', '|'],
    ['who:al|ice x', 'wordRight', 'who:alice| x'],
    ['who:alice|  x y', 'wordRight', 'who:alice  x| y'],
    ['who:alice| x', 'clearToStart', '| x'],
    ['who:|alice x', 'clearToEnd', 'who:|'],
    ['who:alice since:2h| x', 'deleteWord', 'who:alice | x'],
    ['who:alice   |', 'deleteWord', '|'],
  ])('%s then %j: %s', (before, command, after) => {
    expect(show(editText(read(before), command))).toBe(after);
  });

  it('begins at the end of a text', () => {
    expect(show(inputOf('termin'))).toBe('termin|');
    expect(show(EMPTY_INPUT)).toBe('|');
  });
});

describe('inputWindow', () => {
  it.each<[string, number, string, number]>([
    ['|', 10, '', 0],
    ['termin|', 10, 'termin', 6],
    ['termin|', 7, 'termin', 6],
    ['terminate|', 7, '…inate', 6],
    ['|terminate', 7, 'termin…', 0],
    ['ter|minate', 7, 'termin…', 3],
    ['termi|nate', 7, 'termin…', 5],
    ['termin|ate', 7, 'termina', 6],
    ['termina|te', 7, '…rminat', 6],
    ['山田太郎|', 7, '…太郎', 5],
    ['山田|太郎', 5, '…田太', 3],
    ['abc|', 1, '', 0],
    ['abc|', 0, '', 0],
  ])('%s in %i cells', (shown, width, text, cursorCell) => {
    expect(inputWindow(read(shown), width)).toEqual({ text, cursorCell });
  });
});

describe('whatever is typed', () => {
  const command = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 4 }).map(insert),
    fc.string({ unit: 'binary', maxLength: 4 }).map(insert),
    fc.constantFrom<TextCommand[]>(
      'backspace',
      'delete',
      'left',
      'right',
      'home',
      'end',
      'wordLeft',
      'wordRight',
      'clearToStart',
      'clearToEnd',
      'deleteWord',
    ),
  );
  const input = fc.array(command, { maxLength: 20 }).map((commands) => commands.reduce(editText, EMPTY_INPUT));

  it('keeps the cursor between two graphemes', () => {
    fc.assert(
      fc.property(input, ({ text, cursor }) => {
        const boundaries = [...new Intl.Segmenter().segment(text)].map((segment) => segment.index);
        expect([...boundaries, text.length]).toContain(cursor);
      }),
    );
  });

  it('shows no more than there is room for, and the cursor within it', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 1, max: 20 }), (state, width) => {
        const shown = inputWindow(state, width);
        expect(widthCells(shown.text)).toBeLessThanOrEqual(width);
        expect(shown.cursorCell).toBeGreaterThanOrEqual(0);
        expect(shown.cursorCell).toBeLessThan(width);
        expect(shown.cursorCell).toBeLessThanOrEqual(widthCells(shown.text));
      }),
    );
  });
});
