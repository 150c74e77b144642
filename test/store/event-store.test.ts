import { mkdirSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query } from '../../src/query/query.ts';
import type { Batch } from '../../src/store/batch.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { recordWith } from '../sources/log-files/read.ts';
import { appendAll, batchesOf, namesOf, query, textsOf, withStore } from './events.ts';

const ALL: Query = { kind: 'all' };

function record(parts: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(recordWith(parts));
}

/** Records named A, B, C …, one for each time. */
function at(...times: readonly (string | undefined)[]): readonly string[] {
  return times.map((eventTime, k) => record({ eventName: String.fromCharCode(65 + k), eventTime }));
}

describe('append', () => {
  test('what is there already is not added, within a batch and across batches', async () => {
    await withStore([], async (store) => {
      const [a, b, c] = [record(), record(), record()];
      const [first] = batchesOf([a, b, a, a]);
      const [second] = batchesOf([b, c, a, c], 1);
      const [third] = batchesOf([c, b, a], 2);
      expect(await store.append(first as never)).toEqual({ added: 2, duplicates: 2 });
      expect({ revision: store.revision, total: store.total }).toEqual({ revision: 1, total: 2 });
      expect(await store.append(second as never)).toEqual({ added: 1, duplicates: 3 });
      expect(await store.append(third as never)).toEqual({ added: 0, duplicates: 3 });
      expect(store.total).toBe(3);
      expect(await textsOf(store, await store.search(ALL))).toEqual([a, b, c]);
      expect(store.distinct('name')).toEqual([{ value: 'TerminateInstances', count: 3 }]);
    });
  });

  test('of copies that differ elsewhere the first is kept', async () => {
    const event = recordWith({ note: 'first' });
    await withStore([JSON.stringify(event)], async (store) => {
      await appendAll(store, [JSON.stringify({ ...event, note: 'second' })], 1);
      expect(await textsOf(store, await store.search(ALL))).toEqual([JSON.stringify(event)]);
    });
  });

  test('eventID, account, time and name make one event; without eventID all are kept', async () => {
    const event = recordWith();
    const others = [
      { ...event, eventName: 'Other' },
      { ...event, recipientAccountId: '444455556666' },
      { ...event, recipientAccountId: undefined },
      { ...event, eventTime: '2026-05-19T14:02:12Z' },
      { ...event, eventID: 'other' },
      ...Array.from({ length: 3 }, () => ({ ...event, eventID: undefined })),
    ];
    const texts = [event, ...others, event].map((value) => JSON.stringify(value));
    await withStore(texts, async (store) => expect(store.total).toBe(9));
  });

  test('what found no room is taken when it comes again, and its rows are not taken for others', async () => {
    const tempParent = mkdtempSync(join(tmpdir(), 'store-'));
    const page = (prefix: string) =>
      batchesOf(Array.from({ length: 1200 }, (_, k) => record({ eventID: `${prefix}${k}` })))[0] as Batch;
    await withStore(
      [],
      async (store) => {
        // A folder where the file of the texts would be stands for a full disk.
        const [folder = ''] = readdirSync(tempParent);
        const taken = join(tempParent, folder, 'records-000000.parquet');
        mkdirSync(taken);
        await expect(store.append({ ...page('a'), origin: 1 })).rejects.toThrow(/cannot write/);
        rmdirSync(taken);
        expect(store.revision).toBe(0);
        expect(await store.append({ ...page('b'), origin: 2 })).toEqual({ added: 1200, duplicates: 0 });
        expect(await store.append({ ...page('a'), origin: 1 })).toEqual({ added: 1200, duplicates: 0 });
        expect(await store.append({ ...page('a'), origin: 1 })).toEqual({ added: 0, duplicates: 1200 });
        expect([store.countOf(new Set([1])), store.countOf(new Set([2]))]).toEqual([1200, 1200]);
      },
      { tempParent },
    );
  });

  test('many at once, in the order of the calls', async () => {
    await withStore([], async (store) => {
      const batches = batchesOf(
        Array.from({ length: 3000 }, (_, k) => record({ eventName: `N${k}` })),
        0,
        100,
      );
      expect(batches).toHaveLength(30);
      await Promise.all(batches.map((batch) => store.append(batch)));
      expect({ revision: store.revision, total: store.total }).toEqual({ revision: 30, total: 3000 });
      const names = await namesOf(store, await store.search(ALL));
      expect(names).toEqual(Array.from({ length: 3000 }, (_, k) => `N${k}`));
    });
  });

  test('a result is of its revision: it does not change when more events come', async () => {
    await withStore(at('2026-05-19T10:00:00Z', '2026-05-19T12:00:00Z'), async (store) => {
      const [whole, found] = [await store.search(ALL), await store.search(query('name:A'))];
      await appendAll(store, at('2026-05-19T11:00:00Z', '2026-05-19T13:00:00Z'), 1);
      expect(await namesOf(store, whole)).toEqual(['B', 'A']);
      expect(whole.revision).toBe(1);
      const later = await store.search(ALL);
      expect(await namesOf(store, later)).toEqual(['B', 'B', 'A', 'A']);
      expect(later.revision).toBe(2);
      expect(later.id).toBeGreaterThan(whole.id);
      expect(store.positionOf(later, found.rows[0] as number)).toBe(3);
    });
  });
});

describe('order', () => {
  test('newest first; of one instant as in the source; without a time last', async () => {
    const records = at(
      '2026-05-19T10:00:00Z',
      '2026-05-19T12:00:00Z',
      undefined,
      '2026-05-19T12:00:00Z',
      'never',
      '2026-05-19T14:00:00+02:00',
      '1999-01-01T00:00:00Z',
      '2026-05-19T12:00:00.500Z',
      '2250-01-01T00:00:00Z',
      '2240-01-01T00:00:00Z',
      '1801-01-01T00:00:00Z',
      '1701-01-01T00:00:00Z',
    );
    await withStore(records, async (store) => {
      const result = await store.search(ALL);
      expect((await namesOf(store, result)).join('')).toBe('IJHBDFAGKLCE');
      const events = await store.window(result, 0, 100);
      expect(events.map(({ time }) => time).slice(-2)).toEqual([null, null]);
      expect(events[2]?.time).toBe(Date.UTC(2026, 4, 19, 12, 0, 0, 500));
    });
  });

  test('the same whichever reader is first', async () => {
    const files = [0, 1, 2].map((file) =>
      Array.from({ length: 40 }, (_, k) =>
        record({ eventName: `${file}-${k}`, eventTime: `2026-05-19T12:00:0${k % 3}Z` }),
      ),
    );
    const copies = files.map((file, k) => [...file, ...(files[(k + 1) % 3] as string[]).slice(0, 10)]);
    const orders: string[] = [];
    for (const arrival of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      await withStore([], async (store) => {
        for (const file of arrival) {
          for (const batch of batchesOf(copies[file] as string[], file, 7)) await store.append(batch);
          // A list that was asked for midway changes nothing.
          await store.search(ALL);
        }
        orders.push((await namesOf(store, await store.search(ALL))).join(' '));
      });
    }
    expect(new Set(orders).size).toBe(1);
  });
});

describe('windows and positions', () => {
  let store: Store;
  const COUNT = 300;
  beforeAll(async () => {
    store = await openStore();
    const records = Array.from({ length: COUNT }, (_, k) =>
      record({ eventName: k % 3 === 0 ? 'Third' : `N${k}`, eventTime: new Date(1.78e12 - k * 1000).toISOString() }),
    );
    await appendAll(store, records);
  });
  afterAll(() => store.close());

  test('a window is a part of the result, clamped to it', async () => {
    const result = await store.search(ALL);
    const whole = await store.window(result, 0, COUNT);
    expect(whole).toHaveLength(COUNT);
    expect(whole.map(({ row }) => row)).toEqual([...result.rows]);
    expect(await store.window(result, 10, 5)).toEqual(whole.slice(10, 15));
    expect(await store.window(result, -3, 5)).toEqual(whole.slice(0, 2));
    expect(await store.window(result, COUNT - 2, 50)).toEqual(whole.slice(-2));
    expect(await store.window(result, COUNT, 5)).toEqual([]);
    expect(await store.window(result, 5, 0)).toEqual([]);
  });

  test('where a row is, or its nearest older neighbour', async () => {
    const all = await store.search(ALL);
    const thirds = await store.search(query('name:Third'));
    expect(thirds.total).toBe(100);
    for (const position of [0, 1, 2, 3, 150, COUNT - 2, COUNT - 1]) {
      const row = all.rows[position] as number;
      expect(store.positionOf(all, row)).toBe(position);
      expect(store.positionOf(thirds, row)).toBe(Math.min(Math.ceil(position / 3), 99));
    }
    const none = await store.search(query('name:nothing'));
    expect(store.positionOf(none, 5)).toBe(0);
  });

  test('the next event that also matches, both ways', async () => {
    const all = await store.search(ALL);
    const third = query('name:Third');
    expect(await store.findNext(all, 0, 1, third)).toBe(3);
    expect(await store.findNext(all, 3, 1, third)).toBe(6);
    expect(await store.findNext(all, 5, -1, third)).toBe(3);
    expect(await store.findNext(all, 0, -1, third)).toBe(-1);
    expect(await store.findNext(all, COUNT - 1, 1, third)).toBe(-1);
    expect(await store.findNext(all, -1, 1, third)).toBe(0);
    expect(await store.findNext(all, COUNT, -1, third)).toBe(297);
    expect(await store.findNext(all, 0, 1, query('name:nothing'))).toBe(-1);
    const some = await store.search(query('name:N1*'));
    const wanted = await store.findNext(some, 0, 1, query('name:N16*'));
    expect((await store.window(some, wanted, 1))[0]?.cells.name).toBe('N16');
  });

  test('records, newest or oldest first, up to a limit, in pages', async () => {
    const result = await store.search(query('name:Third'));
    const texts = await textsOf(store, result);
    expect(texts).toHaveLength(100);
    for (const [k, row] of [...result.rows].entries()) {
      if (k % 20 === 0) expect(await store.record(row)).toBe(texts[k]);
    }
    const read = async (options: Parameters<Store['records']>[1]) => {
      const pages: string[] = [];
      for await (const page of store.records(result, options)) pages.push(...page);
      return pages;
    };
    expect(await read({ oldestFirst: true })).toEqual([...texts].reverse());
    expect(await read({ limit: 7 })).toEqual(texts.slice(0, 7));
    expect(await read({ limit: 7, oldestFirst: true })).toEqual([...texts].reverse().slice(0, 7));
    expect(await read({ limit: 0 })).toEqual([]);
    expect(await read({ limit: 1000 })).toEqual(texts);
    expect(await textsOf(store, await store.search(query('name:nothing')))).toEqual([]);
  });

  test('leaving records in the middle harms nobody', async () => {
    const result = await store.search(ALL);
    for (let k = 0; k < 5; k++) {
      for await (const page of store.records(result)) {
        expect(page.length).toBeGreaterThan(0);
        break;
      }
    }
    expect(await textsOf(store, result)).toHaveLength(COUNT);
  });

  test('a row that is not there', async () => {
    await expect(store.record(COUNT)).rejects.toThrow('no record for row 300');
  });

  test('when the events happened', async () => {
    const result = await store.search(ALL);
    const timeline = await store.timeline(result, 10);
    expect(timeline).toEqual({
      from: 1.78e12 - 299_000,
      to: 1.78e12,
      counts: Array.from({ length: 10 }, () => 30),
      failures: Array.from({ length: 10 }, () => 0),
    });
    expect(await store.timeline(await store.search(query('name:nothing')), 10)).toBeNull();
    const one = await store.search(query('name:N1'));
    expect(await store.timeline(one, 10)).toMatchObject({ from: 1.78e12 - 1000, to: 1.78e12 - 1000 });
  });

  test('distinct values, most frequent first', () => {
    const names = store.distinct('name');
    expect(names).toHaveLength(201);
    expect(names[0]).toEqual({ value: 'Third', count: 100 });
    expect(names[1]).toEqual({ value: 'N1', count: 1 });
    expect(store.distinct('error')).toEqual([]);
    expect(store.distinct('region')).toEqual([{ value: 'eu-west-1', count: COUNT }]);
  });
});

describe('an empty store', () => {
  test('answers everything with nothing', async () => {
    await withStore([], async (store) => {
      const all = await store.search(ALL);
      const found = await store.search(query('alice name:x'));
      for (const result of [all, found]) {
        expect(result).toMatchObject({ total: 0, stage: 'complete' });
        expect(await store.window(result, 0, 10)).toEqual([]);
        expect(await textsOf(store, result)).toEqual([]);
        expect(await store.findNext(result, 0, 1, query('alice'))).toBe(-1);
        expect(await store.timeline(result, 5)).toBeNull();
      }
      expect(store.distinct('name')).toEqual([]);
    });
  });
});

test('texts and values of any kind come back as they were', async () => {
  const odd = [
    'quote " and \' and `',
    'line\nbreak\r\ntab\t',
    'back\\slash \\n \\u0041',
    'emoji 😀 👩‍👩‍👧 é e\u0301',
    'separator \u001f and \u2028 and \u0085',
    'nul \0 in the middle',
    '\u001b[31mred\u0007',
    'bidi \u202e \u200f',
    "'; DROP TABLE events; --",
    '%_*?[a-z]$1{d0}',
    '  spaces  ',
    'x'.repeat(4000),
  ];
  const records = odd.map((value) =>
    record({ userAgent: value, errorMessage: value, sourceIPAddress: value, requestParameters: { value, [value]: 1 } }),
  );
  await withStore(records, async (store) => {
    const result = await store.search(ALL);
    expect(await textsOf(store, result)).toEqual(records);
    const events = await store.window(result, 0, 100);
    expect(events.map(({ cells }) => cells.agent)).toEqual(odd);
    expect(events.map(({ cells }) => cells.message)).toEqual(odd);
    for (const [k, row] of [...result.rows].entries()) expect(await store.record(row)).toBe(records[k]);
    // What was written into DuckDB is what was read: each value finds its event.
    for (const [k, value] of odd.entries()) {
      const field: Query = { kind: 'word', text: value, mode: 'whole' };
      if (!value.includes('\0')) expect([...(await store.search(field)).rows]).toEqual([k]);
    }
  });
});

test('surrogates without their half are kept in the text and searchable around', async () => {
  const text = record().replace('TerminateInstances', 'Lone\\ud800Name');
  await withStore([text, record()], async (store) => {
    const result = await store.search(ALL);
    expect(await textsOf(store, result)).toEqual(expect.arrayContaining([text]));
    expect((await store.search(query('name:Lone*'))).total).toBe(1);
    expect((await store.window(result, 0, 1))[0]?.cells.name).toMatch(/^Lone.Name$/s);
  });
});

test('a record of 10 MB', async () => {
  const long = record({ requestParameters: { text: 'long '.repeat(2_000_000), end: 'needle-at-the-end' } });
  await withStore([record(), long, record()], async (store) => {
    const result = await store.search(query("'needle-at-the-end"));
    expect(result.total).toBe(1);
    expect((await store.record(result.rows[0] as number)) === long).toBe(true);
  });
});

test('two stores at once do not meet', async () => {
  await withStore(at('2026-05-19T10:00:00Z'), async (one) => {
    await withStore(at('2026-05-19T10:00:00Z', '2026-05-19T11:00:00Z'), async (two) => {
      expect([one.total, two.total]).toEqual([1, 2]);
      expect(await namesOf(one, await one.search(ALL))).toEqual(['A']);
      expect(await namesOf(two, await two.search(query('alice')))).toEqual(['B', 'A']);
    });
    expect(await namesOf(one, await one.search(query('alice')))).toEqual(['A']);
  });
});
