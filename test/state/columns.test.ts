import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLUMN_GAP,
  COLUMNS,
  canHide,
  fitColumns,
  listColumns,
  maxScroll,
  toggleHidden,
} from '../../src/state/columns.ts';

const ALL = listColumns({ hasRegions: true, hasAccounts: true });
const PLAIN = listColumns({ hasRegions: false, hasAccounts: false });

const ids = (width: number, scroll = 0, columns = ALL) => fitColumns(columns, width, scroll).map((column) => column.id);

describe('listColumns', () => {
  it('shows Region and account only where there is more than one', () => {
    expect(PLAIN.map((column) => column.id)).toEqual([
      'mark',
      'time',
      'name',
      'source',
      'who',
      'from',
      'resource',
      'result',
    ]);
    expect(ALL.map((column) => column.id)).toEqual([
      'mark',
      'time',
      'name',
      'source',
      'who',
      'account',
      'region',
      'from',
      'resource',
      'result',
    ]);
  });

  it('leaves out what is hidden, and makes room for the style of the time', () => {
    const columns = listColumns({ hasRegions: true, hasAccounts: false, hidden: ['source', 'from'], timeWidth: 14 });
    expect(columns.map((column) => column.id)).toEqual(['mark', 'time', 'name', 'who', 'region', 'resource', 'result']);
    expect(fitColumns(columns, 200).find((column) => column.id === 'time')?.width).toBe(14);
  });
});

describe('hidden columns', () => {
  it('are toggled one by one; letter and name are never hidden', () => {
    expect(toggleHidden([], 'source')).toEqual(['source']);
    expect(toggleHidden(['from', 'source'], 'from')).toEqual(['source']);
    expect(toggleHidden(['from'], 'mark')).toEqual(['from']);
    expect(toggleHidden(['from'], 'name')).toEqual(['from']);
    expect(COLUMNS.filter(({ id }) => !canHide(id)).map(({ id }) => id)).toEqual(['mark', 'name']);
  });

  it('of another trailx are passed over, and kept for it', () => {
    const hidden = ['name', 'mark', 'agent', 'constructor', ''];
    expect(listColumns({ hasRegions: true, hasAccounts: true, hidden })).toEqual(ALL);
    expect(toggleHidden(hidden, 'who')).toEqual([...hidden, 'who']);
  });
});

describe('fitColumns', () => {
  it('drops the least important first', () => {
    expect(ids(200)).toEqual(ALL.map((column) => column.id));
    expect(ids(105)).toEqual(['mark', 'time', 'name', 'who', 'account', 'region', 'resource', 'result']);
    expect(ids(86, 0)).toEqual(['mark', 'time', 'name', 'who', 'region', 'resource', 'result']);
    expect(ids(72)).toEqual(['mark', 'time', 'name', 'who', 'resource', 'result']);
    expect(ids(60)).toEqual(['mark', 'time', 'name', 'who', 'result']);
    expect(ids(33)).toEqual(['mark', 'time', 'name']);
    expect(ids(23)).toEqual(['mark', 'name']);
    expect(ids(0)).toEqual([]);
  });

  it('gives spare cells to the columns that want them', () => {
    const fitted = fitColumns(PLAIN, 118);
    expect(fitted.map(({ title, x, width }) => [title, x, width])).toEqual([
      ['', 0, 1],
      ['TIME', 3, 8],
      ['NAME', 13, 25],
      ['SOURCE', 40, 9],
      ['WHO', 51, 20],
      ['FROM', 73, 14],
      ['RESOURCE', 89, 17],
      ['RESULT', 108, 10],
    ]);
    const wide = fitColumns(PLAIN, 400);
    expect(Object.fromEntries(wide.map((column) => [column.id, column.width]))).toMatchObject({
      name: 40,
      who: 48,
      resource: 80,
    });
  });

  it('scrolls sideways until the last column is seen, with time and name in place', () => {
    const width = 60;
    const most = maxScroll(ALL, width);
    expect(ids(width, 1)).toEqual(['mark', 'time', 'name', 'source', 'who']);
    expect(ids(width, 2)).toEqual(['mark', 'time', 'name', 'who']);
    expect(ids(width, 3)).toEqual(['mark', 'time', 'name', 'account', 'region']);
    expect(ids(width, most).at(-1)).toBe('result');
    expect(ids(width, most + 10)).toEqual(ids(width, most));
    expect(maxScroll(ALL, 200)).toBe(0);
    expect(ids(200, 5)).toEqual(ids(200));
  });

  it('reaches every column, and every step to the side shows something else', () => {
    for (let width = 55; width < 140; width++) {
      for (const columns of [ALL, PLAIN]) {
        const views = Array.from({ length: maxScroll(columns, width) + 1 }, (_, scroll) => ids(width, scroll, columns));
        expect(new Set(views.flat()).size).toBe(columns.length);
        views.slice(1).forEach((view, step) => void expect(view).not.toEqual(views[step]));
      }
    }
  });

  it('never shows a date without its clock beside a less important column', () => {
    for (const columns of [ALL, PLAIN]) {
      const years = columns.map((column) =>
        column.id === 'time' ? { ...column, min: 10, ideal: 10, max: 10, whole: 19 } : column,
      );
      for (let width = 35; width < 220; width++) {
        const fitted = fitColumns(years, width);
        const isWhole = fitted.find(({ id }) => id === 'time')?.width === 19;
        if (!isWhole) expect(fitted.map(({ id }) => id)).toEqual(['mark', 'time', 'name']);
        expect(isWhole).toBe(width >= 44);
        const most = maxScroll(years, width);
        const views = Array.from({ length: most + 1 }, (_, scroll) => fitColumns(years, width, scroll));
        expect([10, 19]).toContain(views.at(-1)?.find(({ id }) => id === 'time')?.width);
        if (width >= 55) expect(new Set(views.flat().map(({ id }) => id)).size).toBe(columns.length);
      }
      expect(fitColumns(years, 103, 2).find(({ id }) => id === 'time')?.width).toBe(19);
    }
  });

  it('never is wider than its place, whatever the width, scroll and choice', () => {
    const choice = fc.record({
      hasRegions: fc.boolean(),
      hasAccounts: fc.boolean(),
      hidden: fc.subarray(ALL.map((column): string => column.id)),
      timeWidth: fc.constantFrom(8, 14, 19, 25),
    });
    fc.assert(
      fc.property(choice, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 12 }), (given, width, scroll) => {
        const available = listColumns(given);
        const fitted = fitColumns(available, width, scroll);
        let x = 0;
        for (const column of fitted) {
          const spec = available.find(({ id }) => id === column.id);
          expect(column.x).toBe(x);
          expect(column.width).toBeGreaterThanOrEqual(spec?.min ?? Number.NaN);
          expect(column.width).toBeLessThanOrEqual(spec?.max ?? Number.NaN);
          x += column.width + COLUMN_GAP;
        }
        expect(x - COLUMN_GAP).toBeLessThanOrEqual(width);
        const isAtMost =
          fitted.length === 0 ||
          fitted.every((column) => available.find(({ id }) => id === column.id)?.max === column.width);
        if (!isAtMost) expect(x - COLUMN_GAP).toBe(width);
      }),
    );
  });
});
