// What the store is asked for while events stream in: nothing for what is not shown, and nothing twice at a time for
// what is.

import { afterEach, expect, test } from 'vitest';
import type { LaneStatus } from '../../src/sources/live-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type FakeLiveSource, fakeLiveSource, lane } from './fake-live-source.ts';
import { type OpenExplorer, openExplorer, record } from './open-explorer.ts';

const BATCHES = 60;
const COUNTED = ['facets', 'timeline', 'groups', 'countBy', 'findFirsts', 'fold', 'frequent', 'search'] as const;
type Counted = (typeof COUNTED)[number];

let app: OpenExplorer | null = null;
afterEach(async () => {
  app?.press('ctrl+c');
  await app?.ended.catch(() => {});
  app?.dispose();
  app = null;
});

const WANTED = { from: Date.UTC(2026, 4, 10), to: Date.UTC(2026, 4, 20) };
const loading = (changes: Partial<LaneStatus> = {}) => lane({ wanted: WANTED, ...changes });

/** The store, and how often it is asked for something, and how much of that was under way at a time. */
function counted(store: Store) {
  const calls = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>;
  const most = { ...calls };
  const open = { ...calls };
  const spied = new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const answer = (value as (...args: unknown[]) => unknown).apply(target, args);
        const kind = COUNTED.find((it) => it === name);
        if (kind === undefined) return answer;
        calls[kind]++;
        open[kind]++;
        most[kind] = Math.max(most[kind], open[kind]);
        const end = () => void open[kind]--;
        Promise.resolve(answer).then(end, end);
        return answer;
      };
    },
  });
  return { spied, calls, most };
}

async function open() {
  const store = counted(await openStore());
  const source = fakeLiveSource({ status: { lanes: [loading()] } });
  app = openExplorer(source, { openStore: async () => store.spied });
  await app.until('eu-west-1');
  await source.give([record(5000)]);
  await app.until('1/1');
  return { app, source, ...store };
}

/** Pages of ten events, as fast as they are taken, with a status after each. */
async function stream(source: FakeLiveSource, from: number): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const minutes = Array.from({ length: 10 }, (_, k) => from - batch * 10 - k);
    const made = minutes.map((minute) => record(minute, { eventName: `Describe${minute % 30}`, readOnly: true }));
    await source.give(made);
    source.tell({ lanes: [loading({ events: batch * 10, requests: batch })] });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('nothing is counted that is not shown', async () => {
  const { app, source, calls } = await open();
  await stream(source, 4000);
  await app.until(/\/601 /);
  expect(calls).toMatchObject({ facets: 0, groups: 0, countBy: 0, findFirsts: 0, fold: 0, frequent: 0 });
  expect(calls.search).toBeLessThan(BATCHES);
});

test('facets, bars, noise and a folded list are counted once at a time, and not for each page', async () => {
  const { app, source, calls, most } = await open();
  app.press('n', 'z', 'i', 'F');
  await app.until('counts of');
  source.tell({ isFollowing: true });
  await stream(source, 4000);
  source.tell({ lanes: [loading({ phase: 'following' })] });
  await app.until(/of 601 events/);
  expect(most.facets).toBe(1);
  // The header's and the histogram's.
  expect(most.timeline).toBeLessThanOrEqual(2);
  expect(most.findFirsts).toBeLessThanOrEqual(1);
  // The field under the cursor, then the others.
  expect(calls.facets).toBeLessThan(BATCHES);
  expect(calls.timeline).toBeLessThan(BATCHES);
  expect(calls.search).toBeLessThan(4 * BATCHES);
});

test('a page of denials is filled once at a time', async () => {
  const { app, source, calls, most } = await open();
  app.press('X');
  await app.until('Denied');
  await stream(source, 4000);
  await app.until(/of 601 events/);
  expect(most.groups).toBe(1);
  expect(calls.groups).toBeLessThan(BATCHES / 2);
});
