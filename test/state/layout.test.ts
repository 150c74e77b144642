import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitColumns, listColumns } from '../../src/state/columns.ts';
import {
  type Area,
  type LayoutInput,
  layoutScreen,
  MIN_COLUMNS,
  MIN_ROWS,
  type ScreenLayout,
  WIDE_COLUMNS,
} from '../../src/state/layout.ts';

const BASE: LayoutInput = {
  columns: 120,
  rows: 30,
  detailSize: 0.4,
  isDetailOpen: true,
  isSearchOpen: true,
  bandRows: 0,
  focus: 'list',
};

const AREAS = ['header', 'search', 'band', 'columnTitles', 'list', 'separator', 'detail', 'status', 'footer'] as const;

function layout(input: Partial<LayoutInput>): ScreenLayout {
  const made = layoutScreen({ ...BASE, ...input });
  if (made.isTooSmall) throw new Error('too small');
  return made;
}

const area = (x: number, y: number, width: number, height: number): Area => ({ x, y, width, height });

describe('layoutScreen', () => {
  it('puts the detail at the right of a wide screen', () => {
    expect(layout({})).toEqual({
      isTooSmall: false,
      arrangement: 'side',
      header: area(0, 0, 120, 1),
      search: area(0, 1, 120, 1),
      band: area(0, 0, 0, 0),
      columnTitles: area(0, 2, 71, 1),
      list: area(0, 3, 71, 25),
      separator: area(71, 2, 1, 26),
      detail: area(72, 2, 48, 26),
      status: area(0, 28, 120, 1),
      footer: area(0, 29, 120, 1),
    });
    expect(layout({ columns: 104 }).arrangement).toBe('side');
  });

  it('puts it under the list of a narrow one', () => {
    const narrow = layout({ columns: 103, rows: 24, detailSize: 0.5, isSearchOpen: false });
    expect(narrow).toMatchObject({
      arrangement: 'below',
      search: area(0, 0, 0, 0),
      columnTitles: area(0, 1, 103, 1),
      list: area(0, 2, 103, 9),
      separator: area(0, 11, 103, 1),
      detail: area(0, 12, 103, 10),
      status: area(0, 22, 103, 1),
    });
  });

  it('leaves a list beside the detail room for date and time, name, who and result', () => {
    const { list } = layout({ columns: WIDE_COLUMNS });
    const columns = listColumns({ hasRegions: true, hasAccounts: true, timeWidth: 14 });
    const shown = fitColumns(columns, list.width - 1).map(({ id }) => id);
    expect(shown).toEqual(['mark', 'time', 'name', 'who', 'result']);
  });

  it('gives the list everything while the detail is closed', () => {
    expect(layout({ isDetailOpen: false })).toMatchObject({
      arrangement: 'list',
      list: area(0, 3, 120, 25),
      detail: area(0, 0, 0, 0),
      separator: area(0, 0, 0, 0),
    });
  });

  it('gives a focused pane everything at the ends of the scale, and never takes everything from it', () => {
    expect(layout({ detailSize: 1, focus: 'detail' }).arrangement).toBe('detail');
    expect(layout({ detailSize: 1, focus: 'detail' }).detail).toEqual(area(0, 2, 120, 26));
    expect(layout({ detailSize: 0, focus: 'list' }).arrangement).toBe('list');
    expect(layout({ detailSize: 1, focus: 'list' }).list.width).toBe(26);
    expect(layout({ detailSize: 0, focus: 'detail' }).detail.width).toBe(26);
    expect(layout({ columns: 60, rows: 15, detailSize: 0.01, focus: 'detail' }).detail.height).toBe(3);
    expect(layout({ columns: 60, rows: 15, detailSize: 0.99 }).list.height).toBe(3);
  });

  it('puts the band over both panes, and leaves it out where they need its lines', () => {
    expect(layout({ bandRows: 8 })).toMatchObject({
      band: area(0, 2, 120, 8),
      columnTitles: area(0, 10, 71, 1),
      list: area(0, 11, 71, 17),
      detail: area(72, 10, 48, 18),
    });
    expect(layout({ bandRows: 8, columns: 80, rows: 19 })).toMatchObject({
      band: area(0, 2, 80, 7),
      list: area(0, 10, 80, 3),
      detail: area(0, 14, 80, 3),
    });
    expect(layout({ bandRows: 8, columns: 80, rows: 16 }).band).toEqual(area(0, 0, 0, 0));
    expect(layout({ bandRows: 8, columns: 80, rows: 16, isDetailOpen: false }).band.height).toBe(8);
  });

  it('says when it is too small', () => {
    expect(layoutScreen({ ...BASE, columns: 59 })).toEqual({ isTooSmall: true });
    expect(layoutScreen({ ...BASE, rows: 14 })).toEqual({ isTooSmall: true });
    expect(layoutScreen({ ...BASE, columns: 60, rows: 15 }).isTooSmall).toBe(false);
  });

  it('covers every cell of the screen once, at any size', () => {
    const input: fc.Arbitrary<LayoutInput> = fc.record({
      columns: fc.oneof(fc.integer({ min: 1, max: 220 }), fc.integer({ min: MIN_COLUMNS, max: 90 })),
      rows: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: MIN_ROWS, max: 20 })),
      detailSize: fc.oneof(fc.double({ min: 0, max: 1 }), fc.constantFrom(-1, 2, Number.NaN)),
      isDetailOpen: fc.boolean(),
      isSearchOpen: fc.boolean(),
      bandRows: fc.integer({ min: 0, max: 12 }),
      focus: fc.constantFrom('list', 'detail', 'search'),
    });
    fc.assert(
      fc.property(input, (given) => {
        const made = layoutScreen(given);
        expect(made.isTooSmall).toBe(given.columns < MIN_COLUMNS || given.rows < MIN_ROWS);
        if (made.isTooSmall) return;
        const covered = new Uint8Array(given.columns * given.rows);
        for (const { x, y, width, height } of AREAS.map((name) => made[name])) {
          for (const value of [x, y, width, height]) expect(Number.isInteger(value) && value >= 0).toBe(true);
          expect(x + width <= given.columns && y + height <= given.rows).toBe(true);
          for (let row = y; row < y + height; row++) {
            for (let column = x; column < x + width; column++) {
              const cell = row * given.columns + column;
              covered[cell] = (covered[cell] ?? 0) + 1;
            }
          }
        }
        expect(covered.every((count) => count === 1)).toBe(true);
        const focused = given.focus === 'detail' && given.isDetailOpen ? made.detail : made.list;
        expect(focused.height).toBeGreaterThanOrEqual(3);
        expect(focused.width).toBeGreaterThanOrEqual(26);
      }),
      { numRuns: 500 },
    );
  });
});
