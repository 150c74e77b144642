// Events of several sources in one store: an event belongs to each that it came from.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Query } from '../../src/query/query.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Origins } from '../../src/store/origins.ts';
import { recordWith } from '../sources/log-files/read.ts';
import { batchesOf, namesOf, query } from './events.ts';

const ALL: Query = { kind: 'all' };

function record(k: number): string {
  return JSON.stringify(
    recordWith({
      eventID: `event-${k}`,
      eventName: `N${k}`,
      userAgent: k % 3 === 0 ? 'third' : 'other',
      requestParameters: { even: k % 2 === 0 },
      eventTime: new Date(1.78e12 - k * 1000).toISOString(),
    }),
  );
}

test('a search is confined to origins as a walk over what each sent would find', async () => {
  const store = await openStore();
  // Which events each origin sends; 7 sends twice.
  const sent: readonly [origin: number, from: number, to: number][] = [
    [1, 0, 60],
    [7, 40, 120],
    [2, 100, 160],
    [7, 10, 20],
    [0, 150, 155],
  ];
  for (const [origin, from, to] of sent) {
    const records = Array.from({ length: to - from }, (_, k) => record(from + k));
    for (const batch of batchesOf(records, origin, 25)) await store.append(origin === 0 ? batch : { ...batch, origin });
  }
  const queries: readonly [Query, (k: number) => boolean][] = [
    [ALL, () => true],
    [query('agent:third'), (k) => k % 3 === 0],
    [query('requestParameters.even:true'), (k) => k % 2 === 0],
    [query("'third"), (k) => k % 3 === 0],
  ];
  for (const wanted of [[1], [7], [2, 0], [1, 2], [0, 1, 2, 7], [5], []]) {
    const origins = new Set(wanted);
    const isOf = (k: number) => sent.some(([origin, from, to]) => origins.has(origin) && k >= from && k < to);
    const events = Array.from({ length: 160 }, (_, k) => k).filter(isOf);
    expect(store.countOf(origins)).toBe(events.length);
    for (const [condition, matches] of queries) {
      const result = await store.search(condition, {
        origins,
        onColumns: (part) => expect(part.total).toBeLessThan(161),
      });
      const expected = events.filter(matches).map((k) => `N${k}`);
      expect(result.total).toBe(expected.length);
      expect(await namesOf(store, result)).toEqual(expected);
      expect((await store.timeline(result, 1))?.counts[0] ?? expected.length).toBe(expected.length);
      const third = expected.findIndex((name, k) => k > 0 && Number(name.slice(1)) % 3 === 0);
      expect(await store.findNext(result, 0, 1, query('agent:third'))).toBe(third);
    }
  }
  await store.close();
});

test('a result stays as it was when its events turn up elsewhere; the revision tells', async () => {
  const store = await openStore();
  const [batch] = batchesOf([record(1), record(2)]);
  await store.append({ ...(batch as never as object), origin: 1 } as never);
  const before = await store.search(ALL, { origins: new Set([2]) });
  const { revision } = store;
  expect(await store.append({ ...(batch as never as object), origin: 2 } as never)).toEqual({
    added: 0,
    duplicates: 2,
  });
  expect(store.revision).toBe(revision + 1);
  expect(before.total).toBe(0);
  expect(await store.search(ALL, { origins: new Set([2]) })).toMatchObject({ total: 2, revision: revision + 1 });
  expect(await store.append({ ...(batch as never as object), origin: 2 } as never)).toEqual({
    added: 0,
    duplicates: 2,
  });
  expect(store.revision).toBe(revision + 1);
  expect([store.total, store.countOf(new Set([1, 2]))]).toEqual([2, 2]);
  await store.close();
});

test('any arrivals: counts and filters are those of plain sets', async () => {
  const arrivals = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 50 }), origin: fc.nat(4) }),
      fc.record({ kind: fc.constant('join' as const), row: fc.nat(200), origin: fc.nat(4) }),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(arrivals, fc.uniqueArray(fc.nat(5)), async (steps, wanted) => {
      const origins = new Origins();
      const plain: Set<number>[] = [];
      for (const step of steps) {
        if (step.kind === 'add') {
          origins.add(step.count, step.origin);
          for (let k = 0; k < step.count; k++) plain.push(new Set([step.origin]));
        } else {
          const known = plain[step.row % Math.max(1, plain.length)];
          if (known === undefined) continue;
          expect(origins.join(step.row % plain.length, step.origin)).toBe(!known.has(step.origin));
          known.add(step.origin);
        }
      }
      const set = new Set(wanted);
      const rows = plain.flatMap((of, row) => (wanted.some((origin) => of.has(origin)) ? [row] : []));
      expect(origins.countOf(set)).toBe(rows.length);
      expect([...(await origins.filter(Int32Array.from(plain.keys()), set))]).toEqual(rows);
    }),
  );
});
