import { describe, expect, test } from 'vitest';
import {
  compareBlocked,
  type Marks,
  type MarksStep,
  markedRows,
  markOf,
  NO_MARKS,
  stepMarks,
} from '../../src/state/marks.ts';

const marksAfter = (...steps: readonly MarksStep[]): Marks => steps.reduce(stepMarks, NO_MARKS);
const mark = (...rows: readonly number[]): MarksStep => ({ kind: 'marked', rows, isMarked: true });
const unmark = (...rows: readonly number[]): MarksStep => ({ kind: 'marked', rows, isMarked: false });
const note = (row: number, text: string): MarksStep => ({ kind: 'noted', row, note: text });

describe('marks', () => {
  test('are set, counted and taken back', () => {
    const marks = marksAfter(mark(3, 5, 3), unmark(5), mark(9));
    expect(markedRows(marks).toSorted()).toEqual([3, 9]);
    expect(marks.count).toBe(2);
    expect(markOf(marks, 5)).toEqual({ isMarked: false, note: '' });
    expect(marks.byRow.has(5)).toBe(false);
  });

  test('what changes nothing is the same state', () => {
    const marks = marksAfter(mark(3), note(3, 'why'));
    expect(stepMarks(marks, mark(3))).toBe(marks);
    expect(stepMarks(marks, note(3, '  why '))).toBe(marks);
    expect(stepMarks(marks, { kind: 'marksPlaced', marks: new Map([[3, { isMarked: false, note: '' }]]) })).toBe(marks);
  });

  test('a note marks its event, and stays when the mark goes', () => {
    expect(marksAfter(note(4, 'ask bob'))).toMatchObject({ count: 1 });
    expect(markOf(marksAfter(note(4, 'ask bob'), unmark(4)), 4)).toEqual({ isMarked: false, note: 'ask bob' });
    expect(markOf(marksAfter(note(4, 'ask bob'), mark(5), { kind: 'marksCleared' }), 4).note).toBe('ask bob');
    expect(marksAfter(note(4, 'ask bob'), mark(5), { kind: 'marksCleared' }).count).toBe(0);
  });

  test('an empty note takes the note away and leaves the mark', () => {
    const marks = marksAfter(note(4, 'ask bob'), note(4, ' '));
    expect(markOf(marks, 4)).toEqual({ isMarked: true, note: '' });
    expect(marksAfter(note(4, '')).byRow.size).toBe(0);
  });

  test('those of an earlier run give way to what was done meanwhile', () => {
    const earlier = new Map([
      [1, { isMarked: true, note: 'old' }],
      [2, { isMarked: true, note: '' }],
    ]);
    const marks = marksAfter(note(1, 'new'), { kind: 'marksPlaced', marks: earlier });
    expect(markOf(marks, 1).note).toBe('new');
    expect(marks.count).toBe(2);
  });

  test('mark and note of an earlier run give way each for itself', () => {
    const placed: MarksStep = { kind: 'marksPlaced', marks: new Map([[1, { isMarked: false, note: 'of last week' }]]) };
    expect(markOf(marksAfter(mark(1), placed), 1)).toEqual({ isMarked: true, note: 'of last week' });
    const unmark: MarksStep = { kind: 'marked', rows: [1], isMarked: false };
    const marked: MarksStep = { kind: 'marksPlaced', marks: new Map([[1, { isMarked: true, note: 'x' }]]) };
    expect(markOf(marksAfter(mark(1), unmark, marked), 1)).toEqual({ isMarked: false, note: 'x' });
    expect(markOf(marksAfter(note(1, 'new'), note(1, ''), marked), 1).note).toBe('');
  });

  test('only the marked are listed while there are any', () => {
    const only: MarksStep = { kind: 'onlyMarkedSwitched' };
    expect(marksAfter(only).isOnly).toBe(false);
    expect(marksAfter(mark(1), only).isOnly).toBe(true);
    expect(marksAfter(mark(1), only, only).isOnly).toBe(false);
    expect(marksAfter(mark(1), only, unmark(1)).isOnly).toBe(false);
  });

  test.each([
    [0, /^mark 2 to 5 events .* Space/],
    [1, /^mark 2 to 5 events/],
    [2, null],
    [5, null],
    [6, /^6 events are marked, 5 can be compared/],
  ] as const)('%i marked: whether they can be compared', (count, reason) => {
    if (reason === null) expect(compareBlocked(count)).toBeNull();
    else expect(compareBlocked(count)).toMatch(reason);
  });
});
