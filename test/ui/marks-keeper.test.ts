import { expect, test } from 'vitest';
import type { Action } from '../../src/state/actions.ts';
import { reduce } from '../../src/state/app.ts';
import { type AppState, openApp } from '../../src/state/app-state.ts';
import type { MarkChange, StoredMark } from '../../src/state/marks.ts';
import type { Store } from '../../src/store/store.ts';
import { MarksKeeper } from '../../src/ui/marks-keeper.ts';

const KEY = '0000000000000001';
const OLD: StoredMark = {
  marked: false,
  note: 'what I found last week',
  eventID: 'e',
  time: 't',
  name: 'RunInstances',
  who: 'alice',
  at: '',
};

/** A keeper over one event, whose file is read when the gate opens. */
function run({ isKept = async () => true }: { isKept?: () => Promise<boolean> } = {}) {
  const gate = Promise.withResolvers<void>();
  const saved: (readonly [string, MarkChange])[] = [];
  const unsaved = new Map<string, MarkChange>();
  const said: string[] = [];
  let state: AppState = openApp({
    theme: 'dark',
    columns: 80,
    rows: 24,
    isMouseOn: true,
    hasSource: false,
    sourceLabel: '',
  } as Parameters<typeof openApp>[0]);
  const store = {
    rowOf: (key: string) => (key === KEY ? 0 : -1),
    pick: (rows: readonly number[]) => ({ total: rows.length, rows }),
    window: async () => [{ row: 0, cells: { name: 'RunInstances', who: 'alice' } }],
    keysOf: async () => new Map([[0, KEY]]),
    async *records() {
      yield ['{"eventID":"e","eventTime":"t"}'];
    },
  } as unknown as Store;
  const client = {
    get state() {
      return state;
    },
    store,
    isClosed: false,
    dispatch(action: Action) {
      if (action.kind === 'said') said.push(action.text);
      state = reduce(state, action);
      keeper.serve();
    },
  };
  const keeper = new MarksKeeper(
    client,
    {
      async read() {
        await gate.promise;
        return { marks: new Map([[KEY, OLD]]), notice: null };
      },
      async save(changes) {
        for (const [key, change] of changes) unsaved.set(key, change);
        if (!(await isKept())) return 'another trailx is writing them';
        saved.push(...unsaved);
        unsaved.clear();
        return null;
      },
      get unsaved() {
        return unsaved.size;
      },
    },
    () => 0,
  );
  return { client, keeper, gate, saved, said, markOf: () => state.marks.byRow.get(0) };
}

test('marking an event before the file is read keeps the note that is in it', async () => {
  const { client, keeper, gate, saved, markOf } = run();
  const started = keeper.start();
  client.dispatch({ kind: 'marked', rows: [0], isMarked: true });
  const closed = keeper.close();
  gate.resolve();
  await Promise.all([started, closed]);
  expect(markOf()).toEqual({ isMarked: true, note: OLD.note });
  expect(saved).toEqual([[KEY, expect.objectContaining({ marked: true })]]);
  expect(saved[0]?.[1]).not.toHaveProperty('note');
});

test('a note that is written before the file is read counts more than the one in it', async () => {
  const { client, keeper, gate, saved, markOf } = run();
  const started = keeper.start();
  client.dispatch({ kind: 'noted', row: 0, note: 'new' });
  gate.resolve();
  await started;
  await keeper.close();
  expect(markOf()).toEqual({ isMarked: true, note: 'new' });
  expect(saved).toEqual([[KEY, expect.objectContaining({ note: 'new', marked: true })]]);
});

test('what cannot be written is told once, tried again, and told at the end', async () => {
  let isFree = false;
  const { client, keeper, gate, saved, said } = run({ isKept: async () => isFree });
  gate.resolve();
  await keeper.start();
  client.dispatch({ kind: 'marked', rows: [0], isMarked: true });
  await keeper.close();
  await keeper.close();
  expect(said).toEqual(['another trailx is writing them']);
  expect(keeper.problem).toBe('another trailx is writing them');
  isFree = true;
  await keeper.close();
  expect(saved).toHaveLength(1);
  expect(keeper.problem).toBeNull();
});
