import { describe, expect, test } from 'vitest';
import {
  completed,
  itemUnderCursor,
  openPalette,
  type PaletteItem,
  type PalettePanel,
  type PaletteStep,
  paletteChoice,
  resizePalette,
  stepPalette,
} from '../../src/state/palette-panel.ts';

const item = (words: readonly string[], title: string, changes: Partial<PaletteItem> = {}): PaletteItem => ({
  id: title,
  words,
  argument: '',
  key: '',
  title,
  blocked: null,
  ...changes,
});

const ITEMS = [
  item(['denied'], 'denied calls by person and reason'),
  item(['save'], 'name this search', { argument: 'NAME' }),
  item(['noise'], 'noise on or off', { key: 'n' }),
  item(['noise add'], 'hide these events with the noise', { argument: 'NAME' }),
  item(['quit', 'q'], 'quit'),
  item([], 'next failure', { key: 'e' }),
  item([], 'newest event', { key: 'g', blocked: 'no events in the list' }),
];

const type = (text: string): PaletteStep => ({ kind: 'edit', edit: { kind: 'insert', text } });
const pressed = (...steps: readonly PaletteStep[]): PalettePanel =>
  steps.reduce(stepPalette, resizePalette(openPalette(ITEMS), 40));
const titles = ({ items, shown }: PalettePanel) => shown.map((index) => items[index]?.title);

describe('narrowing', () => {
  test('everything is offered at first', () => {
    expect(titles(pressed())).toEqual(ITEMS.map(({ title }) => title));
  });

  test.each([
    ['den', 'denied calls by person and reason'],
    ['q', 'quit'],
    [':q', 'quit'],
    ['failure', 'next failure'],
    ['nois', 'noise on or off'],
    ['dneied', 'denied calls by person and reason'],
    ['nxfail', 'next failure'],
  ])('%s leads to %s', (text, title) => {
    expect(itemUnderCursor(pressed(type(text)))?.title).toBe(title);
  });

  test('behind a word stands its argument, which narrows nothing else in', () => {
    expect(titles(pressed(type('save next failure')))).toEqual(['name this search']);
    expect(titles(pressed(type('noise a')))).toEqual(['hide these events with the noise']);
    expect(titles(pressed(type('noise add PutRecord')))).toEqual(['hide these events with the noise']);
  });

  test('the cursor goes back to the best at each letter', () => {
    const moved = pressed(type('n'), { kind: 'move', move: 'down' });
    expect(moved.list.selected).toBe(1);
    expect(stepPalette(moved, type('o')).list.selected).toBe(0);
  });
});

describe('Enter', () => {
  test('takes the word with what stands behind it', () => {
    expect(paletteChoice(pressed(type('save root logins ')))).toMatchObject({
      item: { title: 'name this search' },
      argument: 'root logins',
    });
    expect(paletteChoice(pressed(type(':Noise Add PutRecord')))).toMatchObject({
      item: { title: 'hide these events with the noise' },
      argument: 'PutRecord',
    });
  });

  test('takes the row that the cursor was moved to', () => {
    expect(paletteChoice(pressed(type('noise'), { kind: 'move', move: 'down' }))).toMatchObject({
      item: { title: 'hide these events with the noise' },
      argument: '',
    });
  });

  test('a word that takes no argument gives way to a longer name', () => {
    const named = openPalette([...ITEMS, item(['quit all at five'], 'saved search')]);
    expect(paletteChoice(stepPalette(named, type('quit all')))).toMatchObject({ item: { title: 'saved search' } });
    expect(paletteChoice(pressed(type('quit now')))).toEqual({
      kind: 'none',
      problem: 'nothing follows quit: leave out now',
    });
  });

  test('says what is no command, and what may have been meant', () => {
    expect(paletteChoice(pressed(type('sace root')))).toEqual({
      kind: 'none',
      problem: 'there is no command sace: did you mean save?',
    });
    expect(paletteChoice(pressed(type('zzzzzzzzz')))).toEqual({
      kind: 'none',
      problem: 'there is no command zzzzzzzzz: Ctrl-U empties the line and shows all',
    });
  });
});

test('Tab completes the names that follow a word, as far as they agree', () => {
  const names = ['who', 'role', 'resource', 'requestParameters.instanceId', 'requestParameters.instanceType'];
  const panel = resizePalette(openPalette([item(['by', 'count'], 'count', { argument: 'FIELD…', names })]), 40);
  const completedText = (text: string) =>
    [type(text), { kind: 'complete' } as const].reduce(stepPalette, panel).input.text;
  expect(completedText('by w')).toBe('by who ');
  expect(completedText('count who,ROL')).toBe('count who,role ');
  expect(completedText('by req')).toBe('by requestParameters.instance');
  expect(completedText('by requestparameters.instanceT')).toBe('by requestParameters.instanceType ');
  for (const text of ['by ', 'by r', 'by who ', 'by none', 'by role w.']) expect(completedText(text)).toBe(text);
});

test('Tab completes the word, with a space where something has to follow', () => {
  expect(pressed(type('sav'), { kind: 'complete' }).input.text).toBe('save ');
  expect(pressed(type('den'), { kind: 'complete' }).input.text).toBe('denied');
  expect(pressed(type('save mine'), { kind: 'complete' }).input.text).toBe('save mine');
  expect(completed(item([], 'next failure'))).toBe('next failure');
});

test('what was refused is said until the next letter', () => {
  const refused = pressed({ kind: 'refuse', problem: 'no events in the list' });
  expect(refused.problem).toBe('no events in the list');
  expect(stepPalette(refused, type('x')).problem).toBe('');
});

test('the palette leaves half of the page to the list', () => {
  expect(resizePalette(openPalette(ITEMS), 20).list.height).toBe(8);
  expect(resizePalette(openPalette(ITEMS), 100).list.height).toBe(14);
  expect(resizePalette(openPalette(ITEMS), 1).list.height).toBe(1);
});
