// What a live source is told, and when: a session on the real reducer, with the clock in the test's hand.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LookupAttribute } from '../../src/cloudtrail/lookup-attribute.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { LiveStatus } from '../../src/sources/live-source.ts';
import type { Action } from '../../src/state/actions.ts';
import { reduce } from '../../src/state/app.ts';
import { type AppState, openApp } from '../../src/state/app-state.ts';
import type { Store } from '../../src/store/store.ts';
import { LiveSession } from '../../src/ui/live.ts';
import { fakeLiveSource, fault, lane } from './fake-live-source.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** `name:X` alone is a condition for the server. */
function attributeOf({ search: { query } }: AppState): LookupAttribute | null {
  if (query.kind !== 'field' || query.path !== 'name') return null;
  return { key: 'EventName', value: query.values[0] ?? '' };
}

function open(status: Partial<LiveStatus> = {}) {
  const source = fakeLiveSource({ status: { lanes: [lane({ phase: 'done' })], ...status } });
  let state: AppState = openApp({
    columns: 80,
    rows: 24,
    theme: 'dark',
    zone: 'utc',
    isMouseOn: true,
    detailSize: 0.4,
    lastQuery: '',
    hiddenColumns: [],
    hasSource: true,
    sourceLabel: 'event history',
  });
  const scopes: ReadonlySet<number>[] = [];
  const dispatch = (action: Action): void => {
    state = reduce(state, action);
    session.serve();
  };
  const session: LiveSession = new LiveSession(
    source,
    { append: async () => ({ added: 0, duplicates: 0 }), countOf: () => 0 } as Partial<Store> as Store,
    {
      stateOf: () => state,
      now: () => 0,
      dispatch,
      onAppended: () => {},
      onScopeChanged: () => void scopes.push(session.origins),
      askMfaCode: async () => null,
    },
    attributeOf,
  );
  session.start();
  const asked = (what: string) => source.calls.filter(([name]) => name === what).map(([, value]) => value);
  const type = (text: string) =>
    dispatch({ kind: 'searchParsed', text, parsed: parseQuery(text, { now: 0, zone: 'utc' }) });
  return {
    source,
    session,
    dispatch,
    asked,
    type,
    scopes,
    message: () => state.message?.text ?? null,
    range: () => state.range,
  };
}

describe('a condition for the server', () => {
  test('waits for a second of rest while one types', () => {
    const { dispatch, type, asked } = open();
    dispatch({ kind: 'searchOpened' });
    type('name:Ru');
    vi.advanceTimersByTime(900);
    type('name:RunInstances');
    vi.advanceTimersByTime(900);
    expect(asked('setAttribute')).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(asked('setAttribute')).toEqual([{ key: 'EventName', value: 'RunInstances' }]);
  });

  test('goes out at once by Enter, once, and is taken back with the search', () => {
    const { dispatch, type, asked } = open();
    dispatch({ kind: 'searchOpened' });
    type('name:RunInstances');
    dispatch({ kind: 'searchKept' });
    expect(asked('setAttribute')).toEqual([{ key: 'EventName', value: 'RunInstances' }]);
    vi.advanceTimersByTime(5000);
    dispatch({ kind: 'searchOpened' });
    dispatch({ kind: 'searchKept' });
    expect(asked('setAttribute')).toHaveLength(1);
    type('');
    expect(asked('setAttribute')).toEqual([{ key: 'EventName', value: 'RunInstances' }, null]);
  });

  test('is nothing where the query holds none', () => {
    const { type, asked } = open();
    type('who:alice');
    vi.advanceTimersByTime(5000);
    expect(asked('setAttribute')).toEqual([]);
  });
});

test('another scope is told of once', () => {
  const { source, scopes } = open();
  expect(scopes.map((origins) => [...origins])).toEqual([[1]]);
  source.tell({ lanes: [lane({ phase: 'done', events: 50 })] });
  source.tell({ lanes: [lane({ origin: 7 })] });
  expect(scopes.map((origins) => [...origins])).toEqual([[1], [7]]);
});

test('notices are said one after the other, once each, and not over a failure', () => {
  const { source, message, dispatch } = open({ notices: ['one', 'two'] });
  expect(message()).toBe('one');
  vi.advanceTimersByTime(6000);
  expect(message()).toBe('two');
  dispatch({ kind: 'hushed' });
  vi.advanceTimersByTime(6000);
  expect(message()).toBeNull();
  const failed = lane({ phase: 'failed', fault: fault() });
  source.tell({ notices: ['one', 'two', 'three'], lanes: [failed] });
  expect(message()).toBeNull();
  source.tell({ lanes: [lane()] });
  expect(message()).toBeNull();
  source.tell({ lanes: [lane({ events: 50 })] });
  expect(message()).toBe('three');
  source.tell({ lanes: [failed] });
  expect(message()).toBeNull();
});

test('another range is told to the source', () => {
  const range = { kind: 'span', from: 0, to: 1000 } as const;
  const { dispatch, asked } = open();
  dispatch({ kind: 'rangeChosen', range });
  expect(asked('setRange')).toEqual([range]);
  dispatch({ kind: 'rangeChosen', range: { kind: 'recent' } });
  expect(asked('setRange')).toEqual([range, { kind: 'recent' }]);
});

test('all 90 days are more than a chosen span: the list shows them', () => {
  const { session, dispatch, asked, range } = open();
  dispatch({ kind: 'rangeChosen', range: { kind: 'span', from: 0, to: 1000 } });
  session.loadAll();
  expect(range()).toEqual({ kind: 'recent' });
  session.serve();
  expect(asked('loadAll')).toHaveLength(1);
  expect(asked('setRange')).toHaveLength(1);
});

describe('a time that the search names', () => {
  const DAY = 86_400_000;
  const ago = (days: number) => new Date(-days * DAY).toISOString();
  const recent = { lanes: [lane({ phase: 'done', wanted: { from: -DAY, to: 0 } })] };

  test('is loaded where it is older than what is, and no more once the search is another', () => {
    const { type, asked, session } = open(recent);
    type('since:2h who:alice');
    expect(asked('setRange')).toEqual([]);
    type('since:7d who:alice');
    expect(asked('setRange')).toEqual([{ kind: 'span', from: -7 * DAY, to: null }]);
    expect(session.isNamed).toBe(true);
    type('since:7d who:bob');
    expect(asked('setRange')).toHaveLength(1);
    type('who:bob');
    expect(asked('setRange').at(-1)).toEqual({ kind: 'recent' });
    expect(session.isNamed).toBe(false);
  });

  test('waits for a second of rest while one types', () => {
    const { dispatch, type, asked } = open(recent);
    dispatch({ kind: 'searchOpened' });
    type('since:7');
    type('since:7d');
    vi.advanceTimersByTime(900);
    expect(asked('setRange')).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(asked('setRange')).toEqual([{ kind: 'span', from: -7 * DAY, to: null }]);
  });

  test('is not asked for where the server looks for one condition in all 90 days', () => {
    const { type, asked } = open(recent);
    type('since:7d');
    type('name:RunInstances');
    expect(asked('setRange').at(-1)).toEqual({ kind: 'recent' });
    expect(asked('setAttribute')).toHaveLength(1);
  });

  test('gives way to the range that the person chooses, and comes back after it', () => {
    const { type, asked, dispatch, session } = open(recent);
    type('since:7d');
    const range = { kind: 'span', from: -DAY, to: null } as const;
    dispatch({ kind: 'rangeChosen', range });
    expect(asked('setRange').at(-1)).toEqual(range);
    type('since:8d');
    expect(asked('setRange').at(-1)).toEqual(range);
    expect(session.isNamed).toBe(false);
    dispatch({ kind: 'rangeChosen', range: { kind: 'recent' } });
    expect(asked('setRange').at(-1)).toEqual({ kind: 'span', from: -8 * DAY, to: null });
  });

  test('is among all 90 days once those are loaded', () => {
    const { type, asked, session, source } = open(recent);
    type('since:7d');
    session.loadAll();
    expect(session.isNamed).toBe(false);
    source.tell({ range: { kind: 'recent' }, lanes: [lane({ phase: 'done', wanted: { from: -90 * DAY, to: 0 } })] });
    type(`since:${ago(20)} until:${ago(19)}`);
    expect(asked('setRange')).toHaveLength(1);
    expect(session.isNamed).toBe(false);
  });

  test('goes before the hours that all 90 days take, and those go on after it', () => {
    const { type, asked, session, source } = open(recent);
    session.loadAll();
    const wanted = { from: -90 * DAY, to: 0 };
    source.tell({ range: { kind: 'recent' }, lanes: [lane({ wanted, reachedDownTo: -3 * DAY })] });
    type('since:2d');
    expect(asked('setRange')).toEqual([]);
    type(`since:${ago(20)} until:${ago(19)}`);
    expect(asked('setRange')).toEqual([{ kind: 'span', from: -20 * DAY, to: -19 * DAY }]);
    expect(asked('loadAll')).toHaveLength(1);
    type('');
    expect(asked('setRange')).toHaveLength(1);
    expect(asked('loadAll')).toHaveLength(2);
  });

  test('is what older events were loaded for: nothing is asked for twice', () => {
    const { type, asked, source } = open(recent);
    source.tell({ lanes: [lane({ wanted: { from: -5 * DAY, to: 0 } })] });
    type('since:4d');
    expect(asked('setRange')).toEqual([]);
  });
});
