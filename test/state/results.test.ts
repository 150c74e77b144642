import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import type { ListMove } from '../../src/state/list.ts';
import {
  addEvents,
  holdSelection,
  moveResults,
  NO_RESULTS,
  type Results,
  replaceResult,
  resizeResults,
  selectedEvent,
  selectedRow,
  visibleRows,
  wantedRows,
} from '../../src/state/results.ts';
import type { Result } from '../../src/store/result.ts';

const NO_CELLS = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as TrailEvent['cells'];
const event = (row: number): TrailEvent => ({ row, time: row, cells: NO_CELLS });

let ids = 0;
function result(rows: readonly number[]): Result {
  const id = ++ids;
  return {
    id,
    revision: id,
    query: { kind: 'all' },
    total: rows.length,
    stage: 'complete',
    understood: [],
    rows: Int32Array.from(rows),
  };
}

const range = (count: number, from = 0) => Array.from({ length: count }, (_, k) => from + k);

/** Fetches until nothing more is wanted, as effects do. */
function fetchAll(state: Results): Results {
  for (let wanted = wantedRows(state); wanted !== null; wanted = wantedRows(state)) {
    const rows = wanted.result.rows.subarray(wanted.start, wanted.start + wanted.count);
    state = addEvents(state, Array.from(rows, event));
  }
  return state;
}

function open(count: number, height = 10): Results {
  return fetchAll(replaceResult(resizeResults(NO_RESULTS, height), result(range(count)), null));
}

describe('what is shown', () => {
  test('nothing, until the rows of the first result have come', () => {
    const state = replaceResult(resizeResults(NO_RESULTS, 10), result(range(100)), null);
    expect(state.shown).toBeNull();
    expect(fetchAll(state).shown?.list.total).toBe(100);
  });

  test('the state before, while rows are on their way', () => {
    const before = open(1000);
    const moved = moveResults(before, 'last');
    expect(moved.list.selected).toBe(999);
    expect(moved.shown).toBe(before.shown);
    expect(selectedRow(moved)).toBe(999);
    expect(selectedEvent(moved)?.row).toBe(0);
    const arrived = fetchAll(moved);
    expect(arrived.shown?.list.selected).toBe(999);
    expect(selectedEvent(arrived)?.row).toBe(999);
  });

  test('an empty result at once', () => {
    const state = replaceResult(open(10), result([]), null);
    expect(state.shown?.list.total).toBe(0);
    expect(selectedRow(state)).toBeNull();
    expect(selectedEvent(state)).toBeNull();
    expect(wantedRows(state)).toBeNull();
  });

  test('another result at once where its rows are known from the one before', () => {
    const before = open(30);
    const next = replaceResult(before, result(range(28, 2)), null);
    expect(next.shown?.result).toBe(next.result);
  });
});

describe('prefetch', () => {
  test('moving by lines never runs out of rows', () => {
    let state = open(10_000);
    for (let step = 0; step < 200; step++) {
      state = moveResults(state, 'down');
      expect(state.shown?.list).toBe(state.list);
      const wanted = wantedRows(state);
      if (wanted !== null)
        state = addEvents(
          state,
          Array.from(wanted.result.rows.subarray(wanted.start, wanted.start + wanted.count), event),
        );
    }
  });

  test('asks for a bounded part of the result', () => {
    const state = moveResults(open(1_000_000), 'last');
    expect(wantedRows(state)?.count).toBeLessThanOrEqual(50);
    expect(fetchAll(state).events.size).toBeLessThan(100);
  });
});

describe('another result', () => {
  test('begins at the newest where nobody has moved, or a new search asks for it', () => {
    expect(replaceResult(open(10), result(range(20)), null).list.selected).toBe(0);
    const moved = moveResults(open(10), 'down');
    expect(moved.isFollowing).toBe(false);
    expect(replaceResult(moved, result(range(20)), null)).toMatchObject({
      isFollowing: true,
      list: { selected: 0, top: 0 },
    });
  });

  test('keeps the selected event on its line when newer ones come above it', () => {
    const before = moveResults(moveResults(open(100), 'pageDown'), 'down');
    const line = before.list.selected - before.list.top;
    const after = replaceResult(before, result(range(150, -50)), before.list.selected + 50);
    expect(after.list.selected - after.list.top).toBe(line);
    expect(selectedRow(after)).toBe(selectedRow(before));
  });

  test('an opened event is held though it is the newest', () => {
    const held = holdSelection(open(10));
    expect(held.isFollowing).toBe(false);
    expect(holdSelection(held)).toBe(held);
  });

  test('going to the top follows the newest again', () => {
    expect(moveResults(moveResults(open(10), 'down'), 'first').isFollowing).toBe(true);
  });
});

test('whatever happens, all rows that are shown are at hand', () => {
  const moves: fc.Arbitrary<ListMove> = fc.oneof(
    fc.constantFrom<ListMove>('down', 'up', 'first', 'last', 'halfDown', 'halfUp', 'pageDown', 'pageUp'),
    fc.record({ kind: fc.constant('to' as const), index: fc.nat(600) }),
    fc.record({ kind: fc.constant('scroll' as const), rows: fc.integer({ min: -50, max: 50 }) }),
  );
  const happenings = fc.oneof(
    fc.record({ kind: fc.constant('move' as const), move: moves }),
    fc.record({ kind: fc.constant('resize' as const), height: fc.nat(60) }),
    fc.record({ kind: fc.constant('result' as const), from: fc.nat(300), count: fc.nat(500), keep: fc.boolean() }),
    fc.constant({ kind: 'fetch' as const }),
  );
  fc.assert(
    fc.property(fc.array(happenings, { maxLength: 40 }), (path) => {
      let state = open(300);
      for (const happening of path) {
        if (happening.kind === 'move') state = moveResults(state, happening.move);
        else if (happening.kind === 'resize') state = resizeResults(state, happening.height);
        else if (happening.kind === 'fetch') state = fetchAll(state);
        else
          state = replaceResult(
            state,
            result(range(happening.count, happening.from)),
            happening.keep ? Math.min(state.list.selected, Math.max(0, happening.count - 1)) : null,
          );
      }
      state = fetchAll(state);
      expect(state.shown?.result).toBe(state.result);
      expect(state.shown?.list).toEqual(state.list);
      if (state.shown !== null) for (const row of visibleRows(state.shown)) expect(state.events.has(row)).toBe(true);
    }),
  );
});
