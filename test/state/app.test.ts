// What each action makes of the state, where more than one part of it is touched.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import type { TrailEvent } from '../../src/cloudtrail/trail-event.ts';
import type { Action } from '../../src/state/actions.ts';
import { reduce } from '../../src/state/app.ts';
import { type AppState, openApp } from '../../src/state/app-state.ts';
import { COLUMNS, fitColumns } from '../../src/state/columns.ts';
import { columnsOf } from '../../src/state/list-columns.ts';
import type { Result } from '../../src/store/result.ts';

const CELLS = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as TrailEvent['cells'];
const events = (count: number): readonly TrailEvent[] =>
  Array.from({ length: count }, (_, row) => ({ row, time: row, cells: CELLS }));

function result(count: number, changes: Partial<Result> = {}): Result {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return {
    id: 1,
    revision: 1,
    query: { kind: 'all' },
    total: count,
    stage: 'complete',
    understood: [],
    rows,
    ...changes,
  };
}

function open(...actions: readonly Action[]): AppState {
  const opened = openApp({
    columns: 120,
    rows: 30,
    theme: 'dark',
    zone: 'utc',
    isMouseOn: true,
    detailSize: 0.4,
    lastQuery: 'error:*',
    hiddenColumns: [],
    hasSource: true,
    sourceLabel: 'logs',
  });
  return actions.reduce(reduce, opened);
}

const LISTED: readonly Action[] = [
  { kind: 'resultArrived', result: result(100), position: null },
  { kind: 'eventsArrived', events: events(100) },
];
const word = (text: string): Action => ({
  kind: 'searchParsed',
  text,
  parsed: { query: { kind: 'word', text, mode: 'fuzzy' }, error: null },
});
const typed = (text: string): Action => ({ kind: 'searchEdited', edit: { kind: 'insert', text } });

test('what was said of an empty list goes when events come, anything else stays', () => {
  const said = (isOfEmpty: boolean) => open({ kind: 'said', text: 'no events in the list', isOfEmpty });
  const none: Action = { kind: 'resultArrived', result: result(0), position: null };
  const some: Action = { kind: 'resultArrived', result: result(3), position: null };
  expect(reduce(said(true), none).message?.text).toBe('no events in the list');
  expect(reduce(said(true), some).message).toBeNull();
  expect(reduce(said(false), some).message?.text).toBe('no events in the list');
});

test('the line reopens behind a space, whoever types one', () => {
  const kept = open({ kind: 'searchOpened' }, typed('a'), word('a'), { kind: 'searchKept' }, { kind: 'searchOpened' });
  expect(kept.search.input).toEqual({ text: 'a ', cursor: 2 });
  expect(reduce(kept, typed('b')).search.input.text).toBe('a b');
  expect(reduce(kept, typed(' b')).search.input.text).toBe('a b');
  expect(reduce(kept, { kind: 'searchKept' }).search).toMatchObject({ applied: 'a', input: { text: 'a' } });
});

describe('layout', () => {
  test('the list has the height that the screen leaves it, at every size and with every pane', () => {
    const state = open(...LISTED);
    expect(state.results.list.height).toBe(26);
    expect(reduce(state, { kind: 'searchOpened' }).results.list.height).toBe(25);
    expect(reduce(state, { kind: 'resized', columns: 80, rows: 20 }).results.list.height).toBe(16);
    const below = reduce(reduce(state, { kind: 'resized', columns: 80, rows: 24 }), { kind: 'detailOpened' });
    expect(below.layout).toMatchObject({ arrangement: 'below' });
    expect(below.detail.height + below.results.list.height).toBe(24 - 3 - 2);
  });

  test('an action that changes nothing gives the same state', () => {
    const state = open(...LISTED);
    expect(reduce(state, { kind: 'hushed' })).toBe(state);
    expect(reduce(state, { kind: 'focusMoved', to: 'detail' })).toBe(state);
    expect(reduce(open(), { kind: 'detailOpened' }).detail.isOpen).toBe(false);
  });

  test('columns: Region and account only where there are several, the date only where there are days', () => {
    const ids = (overview: Partial<AppState['overview']>) =>
      columnsOf(open({ kind: 'overviewArrived', overview })).map(({ id }) => id);
    expect(ids({})).not.toContain('region');
    expect(ids({ regions: ['a', 'b'], accounts: ['1'] })).toContain('region');
    expect(ids({ regions: ['a', 'b'], accounts: ['1'] })).not.toContain('account');
    const time = (to: number) =>
      columnsOf(open({ kind: 'overviewArrived', overview: { from: 0, to } })).find(({ id }) => id === 'time')?.min;
    expect(time(3_600_000)).toBe(8);
    expect(time(90_000_000)).toBe(14);
  });
});

describe('columns', () => {
  const down = (rows: number): Action => ({ kind: 'overlayScrolled', rows, last: COLUMNS.length - 1 });
  const toggle: Action = { kind: 'columnToggled' };
  const CHOOSING: readonly Action[] = [...LISTED, { kind: 'overlayOpened', overlay: 'columns' }];
  const ids = (state: AppState) => columnsOf(state).map(({ id }) => id);

  test.each([
    [[down(3), toggle], ['source']],
    [
      [down(3), toggle, down(1), toggle],
      ['source', 'who'],
    ],
    [[down(3), toggle, toggle], []],
    [[down(99), toggle], ['result']],
    [[down(1), toggle, down(-9), down(1), toggle], []],
  ] satisfies [Action[], string[]][])('%j hides %j', (actions, hidden) => {
    const state = open(...CHOOSING, ...actions);
    expect(state.hiddenColumns).toEqual(hidden);
    expect(ids(state)).toEqual(ids(open()).filter((id) => !hidden.includes(id)));
  });

  test('letter and name stay', () => {
    const state = open(...CHOOSING);
    expect(reduce(state, toggle)).toBe(state);
    const onName = reduce(state, down(2));
    expect(reduce(onName, toggle)).toBe(onName);
  });

  test('nothing is hidden while they are not being chosen', () => {
    expect(open(...LISTED, toggle, { kind: 'overlayOpened', overlay: 'help' }, toggle).hiddenColumns).toEqual([]);
  });

  test('scrolling sideways goes on from what is seen, after columns that needed it are hidden', () => {
    const right: Action = { kind: 'columnsScrolled', step: 1 };
    const narrow = open(...LISTED, { kind: 'resized', columns: 60, rows: 20 }, right, right, right, right);
    const most = narrow.columnScroll;
    expect(most).toBeGreaterThan(2);
    const choose: readonly Action[] = [{ kind: 'overlayOpened', overlay: 'columns' }, down(3), toggle, down(1), toggle];
    const fewer = choose.reduce(reduce, narrow);
    expect(reduce(fewer, { kind: 'columnsScrolled', step: -1 }).columnScroll).toBeLessThan(
      reduce(fewer, right).columnScroll,
    );
  });
});

describe('search', () => {
  test('typing shows at once, the answer follows; a mistake leaves the last good one', () => {
    const state = open(...LISTED, { kind: 'searchOpened' }, typed('termin'));
    expect(state.search).toMatchObject({ isOpen: true, input: { text: 'termin' }, applied: '', stage: 'settled' });
    const parsed = reduce(state, word('termin'));
    expect(parsed.search).toMatchObject({ applied: 'termin', stage: 'columns' });
    const answered = reduce(parsed, { kind: 'resultArrived', result: result(3, { stage: 'columns' }), position: null });
    expect(answered.search.stage).toBe('records');
    const complete = reduce(answered, { kind: 'resultArrived', result: result(4), position: null });
    expect(complete.search.stage).toBe('settled');
    const error = { from: 0, to: 1, reason: 'this ( is not closed' };
    const mistaken = reduce(complete, { kind: 'searchParsed', text: '(', parsed: { query: null, error } });
    expect(mistaken.search).toMatchObject({ applied: 'termin', error, query: { kind: 'word' } });
    expect(reduce(mistaken, { kind: 'searchKept' }).search.isOpen).toBe(true);
  });

  test('Enter keeps it and remembers the one before, Esc leads back', () => {
    const first = open({ kind: 'searchOpened' }, typed('a'), word('a'), { kind: 'searchKept' });
    expect(first.search).toMatchObject({ isOpen: false, applied: 'a', recent: ['a', 'error:*'] });
    const second = [{ kind: 'searchOpened' } as const, typed('b'), word('ab')].reduce<AppState>(reduce, first);
    expect(second.search.input.text).toBe('a b');
    expect(reduce(second, { kind: 'searchKept' }).search).toMatchObject({ applied: 'ab', recent: ['ab', 'a'] });
    expect(reduce(second, { kind: 'searchCancelled' }).search).toMatchObject({ isOpen: false, before: { text: 'a' } });
  });

  test('the line opens with the text, and knows the selected event for the way back', () => {
    const state = open(...LISTED, { kind: 'listMoved', move: 'down' }, { kind: 'searchOpened' });
    expect(state.search.before).toEqual({ text: '', row: 1 });
    expect(open(...LISTED, { kind: 'searchOpened' }).search.before.row).toBeNull();
  });

  test('a new search begins at its newest match, unless somebody moves meanwhile', () => {
    const state = open(...LISTED, { kind: 'listMoved', move: 'last' }, { kind: 'newestWanted' });
    expect(state.results).toMatchObject({ isFollowing: true, list: { selected: 99 } });
    expect(reduce(state, { kind: 'listMoved', move: 'up' }).results.isFollowing).toBe(false);
  });
});

describe('detail', () => {
  const opened = () =>
    open(
      ...LISTED,
      { kind: 'detailOpened' },
      {
        kind: 'recordArrived',
        event: events(1)[0] as TrailEvent,
        text: '{"eventName":"RunInstances","requestParameters":{"instanceType":"t3.micro"}}',
      },
    );

  test('opens with the keys in it, holds the event, and gives them back when it closes', () => {
    const state = opened();
    expect(state).toMatchObject({ focus: 'detail', detail: { isOpen: true }, results: { isFollowing: false } });
    expect(reduce(state, { kind: 'detailClosed' })).toMatchObject({ focus: 'list', detail: { isOpen: false } });
  });

  test('find says how many rows hold it, and that none does', () => {
    const find = (text: string) =>
      [
        { kind: 'findOpened' } as const,
        { kind: 'findEdited', edit: { kind: 'insert', text } } as const,
        { kind: 'findKept' } as const,
      ].reduce<AppState>(reduce, opened());
    expect(find('t3.').message).toEqual({ text: '"t3." is in 1 row', isWarning: false });
    expect(find('nowhere').message).toEqual({ text: '"nowhere" is not in this record', isWarning: true });
    expect(find('').message).toBeNull();
  });

  test('grows and shrinks by steps, and stops at the ends', () => {
    let state = opened();
    for (let step = 0; step < 10; step++) state = reduce(state, { kind: 'detailResized', step: 1 });
    expect(state.layout).toMatchObject({ arrangement: 'detail' });
    for (let step = 0; step < 10; step++) state = reduce(state, { kind: 'detailResized', step: -1 });
    expect(state.detail.size).toBe(0.25);
  });
});

test('whatever happens in whatever order, the parts fit together', () => {
  const arbitrary: fc.Arbitrary<Action> = fc.oneof(
    fc.record({ kind: fc.constant('resized' as const), columns: fc.nat(250), rows: fc.nat(80) }),
    fc.constantFrom<Action>(
      ...LISTED,
      { kind: 'resultArrived', result: result(0), position: null },
      { kind: 'detailOpened' },
      { kind: 'detailClosed' },
      { kind: 'searchOpened' },
      { kind: 'searchKept' },
      { kind: 'searchCancelled' },
      { kind: 'rawToggled' },
      { kind: 'findOpened' },
      { kind: 'findKept' },
      { kind: 'findClosed' },
      { kind: 'foundAgain', step: -1 },
      { kind: 'overlayOpened', overlay: 'help' },
      { kind: 'overlayOpened', overlay: 'columns' },
      { kind: 'columnToggled' },
      { kind: 'overlayClosed' },
      { kind: 'overlayScrolled', rows: 5, last: 3 },
      { kind: 'detailResized', step: 1 },
      { kind: 'detailResized', step: -1 },
      { kind: 'focusMoved', to: 'detail' },
      { kind: 'focusMoved', to: 'list' },
      { kind: 'listMoved', move: 'last' },
      { kind: 'listMoved', move: 'pageUp' },
      { kind: 'detailMoved', move: 'last' },
      { kind: 'treeMoved', command: 'openSiblingsDeep' },
      { kind: 'columnsScrolled', step: 1 },
      { kind: 'recordArrived', event: events(1)[0] as TrailEvent, text: '{"a":{"b":[1,2,{"c":null}]},"d":"e"}' },
      { kind: 'recordArrived', event: events(1)[0] as TrailEvent, text: 'no json' },
      typed('x'),
      word('x'),
    ),
  );
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 40 }), (actions) => {
      const { layout, results, detail, overlay, focus } = open(...actions);
      if (focus === 'detail') expect(detail.isOpen).toBe(true);
      if (overlay !== null) expect(overlay.at).toBeGreaterThanOrEqual(0);
      if (layout.isTooSmall) return;
      if (layout.list.height > 0) expect(results.list.height).toBe(layout.list.height);
      expect(results.list.selected).toBeLessThan(Math.max(1, results.list.total));
      if (layout.detail.height > 0) {
        expect([detail.width, detail.height]).toEqual([layout.detail.width, layout.detail.height]);
        expect((detail.tree?.height ?? 0) + detail.head.length).toBeLessThanOrEqual(detail.height);
      }
    }),
  );
});

test('times show what tells them apart: the clock, month and day, the year', () => {
  const time = (from: string, to: string, width: number) => {
    const overview = { from: Date.parse(from), to: Date.parse(to) };
    const columns = columnsOf(open({ kind: 'overviewArrived', overview }));
    return fitColumns(columns, width).find(({ id }) => id === 'time')?.width;
  };
  expect(time('2026-05-19T01:00:00Z', '2026-05-19T09:00:00Z', 118)).toBe('14:02:11'.length);
  expect(time('2026-05-01T01:00:00Z', '2026-05-19T09:00:00Z', 118)).toBe('05-19 14:02:11'.length);
  expect(time('2025-12-30T01:00:00Z', '2026-01-03T09:00:00Z', 118)).toBe('05-19 14:02:11'.length);
  expect(time('2014-09-26T11:31:47Z', '2026-01-03T09:00:00Z', 118)).toBe('2014-09-26 11:31:47'.length);
  expect(time('2014-09-26T11:31:47Z', '2026-01-03T09:00:00Z', 78)).toBe(19);
  expect(time('2014-09-26T11:31:47Z', '2026-01-03T09:00:00Z', 42)).toBe('2014-09-26'.length);
});
