import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_LIST, type ListMove, type ListState, moveList, replaceList, resizeList } from '../../src/state/list.ts';

const START: ListState = { total: 100, selected: 0, top: 0, height: 10 };
const to = (index: number): ListMove => ({ kind: 'to', index });
const by = (rows: number): ListMove => ({ kind: 'by', rows });
const scroll = (rows: number): ListMove => ({ kind: 'scroll', rows });

/** Each move starts where the one before ended. */
function assertMovements(start: ListState, table: readonly (readonly [ListMove, selected: number, top: number])[]) {
  let state = start;
  table.forEach(([move, selected, top], index) => {
    state = moveList(state, move);
    expect([index, move, state.selected, state.top]).toEqual([index, move, selected, top]);
  });
}

describe('moveList', () => {
  it('moves by one and keeps two lines in sight', () => {
    assertMovements({ ...START, selected: 6 }, [
      ['down', 7, 0],
      ['down', 8, 1],
      ['down', 9, 2],
      ['up', 8, 2],
      [by(-4), 4, 2],
      ['up', 3, 1],
    ]);
  });

  it('stops at both ends, without a margin there', () => {
    assertMovements(START, [
      ['up', 0, 0],
      ['last', 99, 90],
      ['down', 99, 90],
      ['up', 98, 90],
      ['first', 0, 0],
    ]);
  });

  it('turns pages with the selection on its line', () => {
    assertMovements({ ...START, selected: 4 }, [
      ['halfDown', 9, 5],
      ['halfDown', 14, 10],
      ['pageDown', 22, 18],
      ['pageUp', 14, 10],
      ['halfUp', 9, 5],
      ['pageUp', 1, 0],
      ['pageUp', 0, 0],
    ]);
    assertMovements({ ...START, selected: 95, top: 90 }, [
      ['pageDown', 99, 90],
      ['halfUp', 94, 87],
    ]);
  });

  it('jumps: what is seen stays where it is, what is near comes into sight, what is far is centred', () => {
    assertMovements({ ...START, selected: 25, top: 20 }, [
      [to(20), 20, 20],
      [to(29), 29, 20],
      [to(31), 31, 24],
      [to(80), 80, 75],
      [to(1000), 99, 90],
      [to(-5), 0, 0],
    ]);
  });

  it('scrolls the window and takes the selection along only where it would be lost', () => {
    assertMovements({ ...START, selected: 4 }, [
      [scroll(3), 4, 3],
      [scroll(3), 6, 6],
      [scroll(-3), 6, 3],
      [scroll(-30), 6, 0],
      [scroll(1000), 90, 90],
    ]);
  });

  it('is at peace with an empty list, one event and no height', () => {
    assertMovements({ ...EMPTY_LIST, height: 5 }, [
      ['down', 0, 0],
      ['last', 0, 0],
      [scroll(3), 0, 0],
      [to(3), 0, 0],
    ]);
    assertMovements({ total: 1, selected: 0, top: 0, height: 5 }, [
      ['pageDown', 0, 0],
      [scroll(3), 0, 0],
    ]);
    assertMovements({ total: 5, selected: 0, top: 0, height: 0 }, [
      ['down', 1, 1],
      ['last', 4, 4],
    ]);
  });
});

describe('resizeList', () => {
  it('keeps the selection in sight', () => {
    expect(resizeList({ ...START, selected: 9 }, 5)).toEqual({ total: 100, selected: 9, top: 5, height: 5 });
    expect(resizeList({ ...START, selected: 99, top: 90 }, 20)).toMatchObject({ selected: 99, top: 80 });
    expect(resizeList(START, -1)).toMatchObject({ selected: 0, top: 0, height: 0 });
  });
});

describe('replaceList', () => {
  const state: ListState = { total: 100, selected: 35, top: 30, height: 10 };

  it('keeps the event on its line when newer ones arrive above or the search changes', () => {
    expect(replaceList(state, 103, 38)).toEqual({ total: 103, selected: 38, top: 33, height: 10 });
    expect(replaceList(state, 12, 7)).toEqual({ total: 12, selected: 7, top: 2, height: 10 });
    expect(replaceList(state, 40, 2)).toMatchObject({ selected: 2, top: 0 });
    expect(replaceList(state, 36, 35)).toMatchObject({ selected: 35, top: 26 });
  });

  it('comes back from an empty result', () => {
    const empty = replaceList(state, 0, -1);
    expect(empty).toEqual({ total: 0, selected: 0, top: 0, height: 10 });
    expect(replaceList(empty, 50, 20)).toMatchObject({ total: 50, selected: 20 });
  });
});

it('keeps the selection in the list, in the window, and the window full, whatever happens', () => {
  const rows = fc.integer({ min: -200, max: 200 });
  const move: fc.Arbitrary<ListMove> = fc.oneof(
    fc.constantFrom('down', 'up', 'first', 'last', 'halfDown', 'halfUp', 'pageDown', 'pageUp'),
    rows.map(by),
    rows.map(to),
    rows.map(scroll),
  );
  const change: fc.Arbitrary<(state: ListState) => ListState> = fc.oneof(
    move.map((made) => (state: ListState) => moveList(state, made)),
    fc.nat(30).map((height) => (state: ListState) => resizeList(state, height)),
    fc.tuple(fc.nat(60), rows).map(
      ([total, row]) =>
        (state: ListState) =>
          replaceList(state, total, row),
    ),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const { total, selected, top, height } = changes.reduce((state, made) => made(state), START);
      if (total === 0) {
        expect([selected, top]).toEqual([0, 0]);
        return;
      }
      expect(selected).toBeGreaterThanOrEqual(0);
      expect(selected).toBeLessThan(total);
      expect(selected - top).toBeGreaterThanOrEqual(0);
      expect(selected - top).toBeLessThan(Math.max(1, height));
      expect(top).toBeLessThanOrEqual(Math.max(0, total - Math.max(1, height)));
    }),
  );
});
