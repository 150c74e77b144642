import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListMove } from '../../src/state/list.ts';
import {
  chosenIds,
  failPicker,
  fillPicker,
  openPicker,
  type Picker,
  type PickerRow,
  type PickerStep,
  resizePicker,
  rowUnderCursor,
  stepPicker,
} from '../../src/state/picker.ts';

const row = (name: string, changes: Partial<PickerRow> = {}): PickerRow => ({
  id: name,
  name,
  notes: [],
  isQuiet: false,
  isWhole: false,
  ...changes,
});

const REGIONS: readonly PickerRow[] = [
  row('all', { isWhole: true }),
  row('own', { isWhole: true }),
  row('eu-west-1', { notes: ['Europe (Ireland)'] }),
  row('eu-central-1', { notes: ['Europe (Frankfurt)'] }),
  row('us-east-1', { notes: ['US East (N. Virginia)'] }),
  row('me-south-1', { notes: ['Middle East (Bahrain)'], isQuiet: true }),
];

function open(rows: readonly PickerRow[] = REGIONS, picked: readonly string[] = [], height = 10): Picker {
  return resizePicker(fillPicker(openPicker('regions', picked), rows), height);
}

const type = (text: string): PickerStep => ({ kind: 'edit', edit: { kind: 'insert', text } });
const move = (to: ListMove): PickerStep => ({ kind: 'move', move: to });
const TOGGLE: PickerStep = { kind: 'toggle' };
const pressed = (picker: Picker, ...steps: readonly PickerStep[]): Picker => steps.reduce(stepPicker, picker);
const namesOf = ({ rows, shown }: Picker) => shown.map((index) => rows[index]?.name);

describe('typing', () => {
  test.each([
    ['eu', ['eu-west-1', 'eu-central-1']],
    ['1', ['eu-west-1', 'eu-central-1', 'us-east-1', 'me-south-1']],
    ['frank', ['eu-central-1']],
    ['europe ireland', ['eu-west-1']],
    ['EAST', ['us-east-1', 'me-south-1']],
    ['euw1', ['eu-west-1']],
    ['cenrtal', ['eu-central-1']],
    ['nowhere at all', []],
  ])('%s', (text, names) => {
    expect(namesOf(pressed(open(), type(text)))).toEqual(names);
  });

  test('the cursor goes to the best row, and back to the first when the line is emptied', () => {
    const typed = pressed(open(), move('last'), type('us-'));
    expect(rowUnderCursor(typed)?.id).toBe('us-east-1');
    expect(rowUnderCursor(pressed(typed, { kind: 'empty' }))?.id).toBe('all');
  });

  test('what starts with the text comes before what holds it', () => {
    const rows = ['preprod', 'prod', 'nonprod-prod', 'prod-eu'].map((name) => row(name));
    expect(namesOf(pressed(open(rows), type('prod')))).toEqual(['prod', 'prod-eu', 'nonprod-prod', 'preprod']);
  });
});

describe('what Enter applies', () => {
  test('the row under the cursor where nothing is picked', () => {
    expect(chosenIds(pressed(open(), move('down'), move('down')))).toEqual(['eu-west-1']);
    expect(chosenIds(pressed(open(), type('virginia')))).toEqual(['us-east-1']);
    expect(chosenIds(pressed(open(), type('nowhere at all')))).toEqual([]);
  });

  test('the rows that were picked, in their order', () => {
    const picker = pressed(open(), type('us-'), TOGGLE, { kind: 'empty' }, type('ireland'), TOGGLE, type(' x'));
    expect(chosenIds(picker)).toEqual(['eu-west-1', 'us-east-1']);
  });

  test('what is in use, as long as nothing was done', () => {
    const picker = open(REGIONS, ['us-east-1', 'eu-west-1', 'gone-1']);
    expect(chosenIds(picker)).toEqual(['eu-west-1', 'us-east-1']);
    expect(rowUnderCursor(picker)?.id).toBe('eu-west-1');
  });

  test('what is in use is listed first, after "all"', () => {
    const { rows } = open(REGIONS, ['us-east-1', 'eu-west-1']);
    expect(rows.map(({ id }) => id).slice(0, 5)).toEqual(['all', 'own', 'eu-west-1', 'us-east-1', 'eu-central-1']);
  });

  test('another row after a move to it, although others are in use', () => {
    expect(chosenIds(pressed(open(REGIONS, ['us-east-1']), type('frank')))).toEqual(['eu-central-1']);
  });

  test('what is in use and one more', () => {
    expect(chosenIds(pressed(open(REGIONS, ['us-east-1']), type('frank'), TOGGLE))).toEqual([
      'us-east-1',
      'eu-central-1',
    ]);
  });
});

describe('picking', () => {
  test('goes on to the next row, and takes back', () => {
    const picker = pressed(open(), move('last'), move('up'), TOGGLE);
    expect([...picker.picked]).toEqual(['us-east-1']);
    expect(rowUnderCursor(picker)?.id).toBe('me-south-1');
    expect([...pressed(picker, move('up'), TOGGLE).picked]).toEqual([]);
  });

  test('"all" and single rows unpick each other', () => {
    const all = pressed(open(), TOGGLE);
    expect([...all.picked]).toEqual(['all']);
    expect([...pressed(all, type('frank'), TOGGLE).picked]).toEqual(['eu-central-1']);
    expect([...pressed(all, type('frank'), TOGGLE, { kind: 'empty' }, TOGGLE).picked]).toEqual(['all']);
  });

  test('Ctrl-A means all, or all that the text leaves; Ctrl-X none', () => {
    expect([...pressed(open(), { kind: 'all' }).picked]).toEqual(['all']);
    const typed = pressed(open(), type('1'), { kind: 'all' });
    expect([...typed.picked]).toEqual(['eu-west-1', 'eu-central-1', 'us-east-1']);
    expect([...pressed(typed, { kind: 'none' }).picked]).toEqual([]);
    const plain = ['a', 'b'].map((name) => row(name));
    expect([...pressed(open(plain), { kind: 'all' }).picked]).toEqual(['a', 'b']);
  });
});

test('rows that come late are narrowed by what was typed meanwhile', () => {
  const waiting = pressed(openPicker('regions', []), type('virg'), TOGGLE, move('down'), { kind: 'all' });
  expect(chosenIds(waiting)).toEqual([]);
  const filled = fillPicker(waiting, REGIONS);
  expect(chosenIds(filled)).toEqual(['us-east-1']);
  expect(failPicker(waiting, 'no').stage).toEqual({ failed: 'no' });
});

test('ten thousand rows are narrowed within a frame', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    row(`team-${index % 97}-account-${index}-Admin`, {
      notes: [String(100_000_000_000 + index), 'AdministratorAccess'],
    }),
  );
  const picker = open(rows);
  pressed(picker, type('t'));
  const begun = performance.now();
  let typed = picker;
  for (const letter of 'team 42 admin') typed = pressed(typed, type(letter));
  expect(typed.shown.length).toBeGreaterThan(0);
  expect((performance.now() - begun) / 13).toBeLessThan(100);
});

test('whatever is pressed, the cursor is on a row and picks are rows', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), fc.constantFrom('eu', '1', ' ', 'a', '\u001b[2J'));
  const step: fc.Arbitrary<PickerStep> = fc.oneof(
    text.map(type),
    fc.constantFrom<PickerStep>(
      TOGGLE,
      { kind: 'all' },
      { kind: 'none' },
      { kind: 'empty' },
      { kind: 'edit', edit: 'backspace' },
      { kind: 'edit', edit: 'deleteWord' },
      move('up'),
      move('down'),
      move('pageDown'),
      move('pageUp'),
      move({ kind: 'scroll', rows: 3 }),
      move({ kind: 'to', index: 7 }),
    ),
  );
  const rows = fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), { maxLength: 40 });
  fc.assert(
    fc.property(rows, fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (names, steps, height) => {
      const half = Math.floor(steps.length / 2);
      const waiting = resizePicker(pressed(openPicker('profiles', names.slice(0, 2)), ...steps.slice(0, half)), height);
      const filled = fillPicker(
        waiting,
        names.map((name, index) => row(name, { isWhole: index === 3, isQuiet: index % 5 === 4 })),
      );
      const picker = pressed(filled, ...steps.slice(half));
      const { list, shown, picked } = picker;
      expect(list.total).toBe(shown.length);
      expect(new Set(shown).size).toBe(shown.length);
      if (shown.length > 0) {
        expect(rowUnderCursor(picker)).not.toBeNull();
        expect(list.selected).toBeGreaterThanOrEqual(list.top);
        expect(list.selected).toBeLessThan(list.top + list.height);
      } else expect(rowUnderCursor(picker)).toBeNull();
      for (const id of [...picked, ...chosenIds(picker)]) expect(names).toContain(id);
      if (shown.length > 0) expect(chosenIds(picker)).not.toEqual([]);
    }),
  );
});
