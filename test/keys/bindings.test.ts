import { describe, expect, test } from 'vitest';
import type { Place } from '../../src/keys/binding.ts';
import { bindingsIn, commandFor, isLine } from '../../src/keys/bindings.ts';
import type { Facts } from '../../src/keys/command.ts';
import { blockedReason, COMMANDS, type CommandId, hintOf } from '../../src/keys/commands.ts';
import { HELP_SECTIONS } from '../../src/keys/help-sections.ts';
import { keyLabel } from '../../src/keys/key-labels.ts';
import { createKeypressParser } from '../../src/keys/keypress.ts';
import { textEditFor } from '../../src/keys/text-keys.ts';

const PLACES: readonly Place[] = [
  'list',
  'login',
  'offers',
  'detail',
  'overlay',
  'columns',
  'search',
  'find',
  'picker',
  'times',
  'code',
  'path',
  'line',
  'menu',
  'compare',
  'palette',
  'download',
  'downloadLine',
  'facets',
  'histogram',
  'facetFilter',
  'table',
  'text',
];
const IDS = Object.keys(COMMANDS) as CommandId[];
/** The menu of `=` has letters for what these do, within the search. */
const IN_THE_PALETTE = /^(pivot|marks)\./;
const FACTS: Facts = {
  hasEvents: true,
  marked: 2,
  isOnlyMarked: false,
  isFolded: false,
  run: null,
  cellBlocked: null,
  hasSearched: true,
  hasLastQuery: true,
  hasEarlierQuery: true,
  hasLaterQuery: true,
  completion: 'match',
  isDetailOpen: true,
  isRaw: false,
  hasFindText: true,
  isOnValue: true,
  isColumnFixed: false,
  isLive: true,
  hasLanes: true,
  isFollowing: false,
  isPaused: false,
  hasSpan: false,
  canLogIn: true,
  hasChoice: true,
  isCodeWhole: true,
  menuBlocked: null,
  isHistogramOpen: true,
  hasBar: true,
  isWriting: false,
  isTaken: true,
  hasFacetTerm: true,
  isOnFacetField: false,
  tableRow: { query: 'name:x', after: { query: 'who:alice', hint: '' } },
  copyable: 'the policy',
  back: 'to the list',
};

describe('bindings', () => {
  test.each(PLACES)('no key means two things in %s', (place) => {
    const own = bindingsIn(place).flatMap(({ keys }) => keys);
    const specific = new Map<string, CommandId>();
    for (const { keys, command } of bindingsIn(place)) {
      for (const key of keys) if (!specific.has(key)) specific.set(key, command);
    }
    expect(own.filter((key, index) => own.indexOf(key) !== index)).toEqual([]);
    for (const [key, command] of specific) expect(commandFor(place, key)).toBe(command);
  });

  test('every command can be reached by a key, or is one of those that only the palette has', () => {
    const bound = new Set(PLACES.flatMap(bindingsIn).map(({ command }) => command));
    expect(IDS.filter((id) => !bound.has(id) && !IN_THE_PALETTE.test(id))).toEqual([]);
  });

  test('every key is one that the parser names so', () => {
    const bytes: Readonly<Record<string, string>> = {
      enter: '\r',
      escape: '\u001b',
      tab: '\t',
      'shift+tab': '\u001b[Z',
      space: ' ',
      up: '\u001b[A',
      down: '\u001b[B',
      right: '\u001b[C',
      left: '\u001b[D',
      'shift+left': '\u001b[1;2D',
      'shift+right': '\u001b[1;2C',
      backspace: '\u007f',
      home: '\u001b[H',
      end: '\u001b[F',
      pageUp: '\u001b[5~',
      pageDown: '\u001b[6~',
      f1: '\u001bOP',
    };
    for (const key of new Set(PLACES.flatMap(bindingsIn).flatMap(({ keys }) => keys))) {
      const control = /^ctrl\+([a-z])$/.exec(key)?.[1];
      const sent = bytes[key] ?? (control === undefined ? key : String.fromCharCode(control.charCodeAt(0) - 0x60));
      const parser = createKeypressParser();
      expect([...parser.push(sent), ...parser.flush()].map(({ name }) => name)).toEqual([key]);
    }
  });

  test('in a line letters are letters, and Ctrl-C still quits', () => {
    for (const place of PLACES.filter(isLine)) {
      for (const letter of 'qjk?/=!eEwW+_-TZML') expect(commandFor(place, letter)).toBeUndefined();
      expect(commandFor(place, 'ctrl+c')).toBe('app.interrupt');
      expect(commandFor(place, 'escape')).toMatch(/(cancel|close)$/);
    }
  });

  test('Esc never quits', () => {
    for (const place of PLACES) expect(commandFor(place, 'escape')).not.toMatch(/quit|interrupt/);
  });

  test('the help has a title for each of its keys', () => {
    for (const { bindings } of HELP_SECTIONS) {
      for (const { keys, command } of bindings) {
        expect(COMMANDS[command].title).not.toBe('');
        expect(keys.map(keyLabel).join()).not.toMatch(/undefined/);
      }
    }
  });

  test('keys that edit a line are no commands of it', () => {
    for (const key of ['backspace', 'left', 'right', 'home', 'end', 'ctrl+w', 'ctrl+k', 'ctrl+a', 'ctrl+e', 'delete']) {
      expect(textEditFor(key)).toBeDefined();
      for (const place of PLACES.filter(isLine)) {
        // In a picker Ctrl-A picks all; Home goes to the start of the line.
        if (key !== 'ctrl+a' || place !== 'picker') expect(commandFor(place, key)).toBeUndefined();
      }
    }
    expect(textEditFor('constructor')).toBeUndefined();
  });
});

describe('commands', () => {
  test('nothing is blocked where everything is there', () => {
    expect(IDS.filter((id) => blockedReason(id, FACTS) !== null)).toEqual([]);
  });

  test.each([
    ['list.open', { hasEvents: false }, 'no events in the list'],
    ['list.lastQuery', { hasLastQuery: false, hasSearched: false }, 'there was no search yet'],
    ['list.lastQuery', { hasLastQuery: false }, 'there was no search before this one'],
    ['list.earlierQuery', { hasEarlierQuery: false }, 'there is no earlier search'],
    ['list.laterQuery', { hasLaterQuery: false }, 'there is no later search'],
    ['search.complete', { completion: 'none' }, 'nothing to complete here'],
    ['search.complete', { completion: 'pending' }, 'still searching: once more'],
    ['search.dropMatch', { completion: 'other' }, 'only for what a word stood for (≈)'],
    ['pane.next', { isDetailOpen: false, isHistogramOpen: false }, 'the detail is closed'],
    ['detail.open', { isRaw: true }, 'only in the tree (v leaves the raw JSON)'],
    ['detail.findNext', { hasFindText: false }, 'nothing to find yet: / asks for a text'],
    ['detail.only', { isOnValue: false }, 'the cursor is not on a value'],
    ['columns.toggle', { isColumnFixed: true }, 'this column is always shown'],
    ['choose.profiles', { isLive: false }, 'only for the event history of an account'],
    ['live.login', { canLogIn: false }, 'nothing waits for a login'],
    ['download.open', { isWriting: true }, 'a file is being written: Esc stops it'],
    ['download.open', { hasEvents: false, marked: 0 }, 'no events in the list'],
    ['download.replace', { isTaken: false }, 'there is no file of this name'],
    ['picker.apply', { hasChoice: false }, 'there is nothing to apply'],
    ['code.answer', { isCodeWhole: false }, 'the code has six digits'],
    ['app.back', { back: null }, 'there is nothing to go back from'],
  ] as const)('%s says why it cannot run', (id, facts, reason) => {
    expect(blockedReason(id, { ...FACTS, ...facts })).toBe(reason);
  });

  test('the hint of Esc is what it does now', () => {
    expect(hintOf('app.back', FACTS)).toBe('to the list');
    expect(hintOf('app.back', { ...FACTS, back: null })).toBe('');
    expect(hintOf('list.down', FACTS)).toBe('');
  });
});
