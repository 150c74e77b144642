// Counts by fields and record paths, held against a plain walk over the records.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agentFamily } from '../../src/cloudtrail/agent-family.ts';
import { fieldTerm } from '../../src/query/edit.ts';
import type { CountedCell, CountedGroup } from '../../src/store/analysis.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';
import { OBJECT, type TestEvent, valuesOf } from '../query/brute-force.ts';
import { testEvents } from '../query/test-events.ts';
import { recordWith, unpack } from '../sources/log-files/read.ts';
import { batchesOf, query, withStore } from './events.ts';

const NAMES = [
  'who',
  'name',
  'resource',
  'family',
  'error',
  'id',
  'requestParameters',
  'requestparameters.ITEMS[].n',
  'requestParameters.flag',
  'requestParameters.deep',
  'requestParameters.deep.deep',
  'requestParameters["a/b~c"]',
  'resources[].ARN',
  '["name"]',
  'requestParameters.nowhere',
];

let store: Store;
let events: readonly TestEvent[];
beforeAll(async () => {
  store = await openStore();
  const texts = testEvents(700).map(({ raw, time }, k) =>
    JSON.stringify({
      ...(JSON.parse(raw) as object),
      ...(time === null ? {} : { eventTime: new Date(time).toISOString() }),
      userIdentity: k % 7 === 0 ? undefined : { type: 'IAMUser', userName: `user-${(k * 13) % 9}` },
      userAgent: ['aws-cli/2.1', 'aws-cli/1.9', 'Boto3/1.26', ''][k % 4],
      errorCode: k % 5 === 0 ? ['AccessDenied', 'ACCESSDENIED'][k % 2] : undefined,
      eventVersion: '1.11',
    }),
  );
  const batches = batchesOf(texts, 0, 130);
  for (const batch of batches) await store.append(batch);
  const { rows, times } = unpack(batches);
  events = rows.map((cells, row) => {
    const time = times[row] as number;
    return { time: Number.isNaN(time) ? null : time, cells, raw: texts[row] as string };
  });
});
afterAll(() => store.close());

function cellsOf(event: TestEvent, name: string): readonly CountedCell[] {
  const { agent } = event.cells;
  const values = name === 'family' ? (agent === '' ? [] : [agentFamily(agent)]) : valuesOf(event, name);
  if (values.length === 0) return [{ kind: 'absent' }];
  return [...new Set(values.map((value) => value.toLowerCase()))].map((value) =>
    value === OBJECT ? { kind: 'object' } : { kind: 'value', text: value, isWhole: true },
  );
}

/** In the order of their cells; texts that differ in nothing but case are one, in lower case. */
function walked(result: Result, by: readonly string[]): readonly CountedGroup[] {
  const groups = new Map<string, CountedGroup>();
  for (const row of result.rows) {
    const event = events[row] as TestEvent;
    let combinations: readonly (readonly CountedCell[])[] = [[]];
    for (const name of by) {
      combinations = combinations.flatMap((cells) => cellsOf(event, name).map((cell) => [...cells, cell]));
    }
    for (const cells of combinations) {
      const key = JSON.stringify(cells);
      const known = groups.get(key) ?? { cells, count: 0, failures: 0, first: null, last: null };
      const times = [known.first, known.last, event.time].filter((time) => time !== null);
      groups.set(key, {
        cells,
        count: known.count + 1,
        failures: known.failures + (event.cells.error === '' ? 0 : 1),
        first: times.length === 0 ? null : Math.min(...times),
        last: times.length === 0 ? null : Math.max(...times),
      });
    }
  }
  return byCells([...groups.values()]);
}

function byCells(groups: readonly CountedGroup[]): readonly CountedGroup[] {
  const key = ({ cells }: CountedGroup) => JSON.stringify(cells);
  const lower = (cell: CountedCell): CountedCell =>
    cell.kind === 'value' ? { ...cell, text: cell.text.toLowerCase() } : cell;
  const lowered = groups.map((group) => ({ ...group, cells: group.cells.map(lower) }));
  return lowered.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

describe('counts what a walk over the records counts', () => {
  test.each(NAMES)('by %s', async (name) => {
    for (const text of ['', 'error:*', 'name:RunInstances', 'nothing-at-all']) {
      const result = await store.search(query(text));
      const { groups, distinct, looked } = await store.countBy(result, [name]);
      expect(byCells(groups)).toEqual(walked(result, [name]));
      expect({ distinct, looked }).toEqual({ distinct: groups.length, looked: result.total });
    }
  });

  test('by several, of any rows', async () => {
    const names = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 4 });
    const rows = fc.array(fc.nat(699), { minLength: 1, maxLength: 600 });
    await fc.assert(
      fc.asyncProperty(names, rows, async (by, some) => {
        const result = store.pick(some);
        const { groups, distinct } = await store.countBy(result, by, { limit: 100_000 });
        expect(byCells(groups)).toEqual(walked(result, by));
        expect(distinct).toBe(groups.length);
      }),
      { numRuns: 40 },
    );
  });

  test('of a folded result', async () => {
    const result = await store.search(query(''));
    const folded = await store.fold(result, new Set());
    const by = ['who', 'requestParameters.flag'];
    expect(await store.countBy(folded, by)).toEqual(await store.countBy(result, by));
  });
});

test('spellings of one value are one row, which says what a search for it finds', async () => {
  const tags = [['Blue', 'blue', 'BLUE'], ['blue'], ['blue', 'red'], ['RED', 'Red'], ['ΑΣ', 'ας', 'ασ'], [], ['']];
  const regions = ['EU-WEST-1', 'eu-west-1', 'eu-west-1', 'us-east-1'];
  const records = tags.map((list, k) => {
    const resources = list.map((tag) => ({ ARN: `arn:${tag}` }));
    const parts = { eventID: `e${k}`, awsRegion: regions[k % 4], resources, requestParameters: { tags: list } };
    return JSON.stringify(recordWith(parts));
  });
  await withStore(records, async (own) => {
    const result = await own.search(query(''));
    const rowsOf = async (...by: string[]) => {
      const { groups, distinct } = await own.countBy(result, by);
      expect(distinct).toBe(groups.length);
      return groups.map(({ cells, count }) => [
        ...cells.map((cell) => (cell.kind === 'value' ? cell.text : cell.kind)),
        count,
      ]);
    };
    expect(await rowsOf('region')).toEqual([
      ['eu-west-1', 6],
      ['us-east-1', 1],
    ]);
    const byTag = await rowsOf('requestParameters.tags[]');
    expect(byTag[0]).toEqual(['blue', 3]);
    const byResource = await rowsOf('resource');
    expect(byResource[0]).toEqual(['arn:blue', 3]);
    for (const [name, rows] of [
      ['requestParameters.tags', byTag],
      ['resource', byResource],
    ] as const) {
      for (const [text = '', count] of rows) {
        if (text === 'absent' || text === '') continue;
        expect([text, (await own.search(fieldTerm(name, String(text)))).total]).toEqual([text, count]);
      }
    }
    expect(await rowsOf('region', 'requestParameters.tags[]')).toContainEqual(['eu-west-1', 'blue', 3]);
  });
});

test('lists the most frequent first, or the newest, as many as were asked for', async () => {
  const result = await store.search(query(''));
  const by = ['who', 'requestParameters.flag'];
  const all = await store.countBy(result, by);
  const counts = all.groups.map(({ count }) => count);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  const some = await store.countBy(result, by, { limit: 3 });
  expect(some).toEqual({ ...all, groups: all.groups.slice(0, 3) });
  const newest = await store.countBy(result, by, { order: 'last' });
  const lasts = newest.groups.map(({ last }) => last ?? Number.NEGATIVE_INFINITY);
  expect(lasts).toEqual(lasts.toSorted((a, b) => b - a));
  expect(byCells(newest.groups)).toEqual(byCells(all.groups));
});

test('reads the records of the newest events only, and says of how many', async () => {
  const result = await store.search(query(''));
  const { groups, looked } = await store.countBy(result, ['id'], { records: 10 });
  expect(looked).toBe(10);
  expect(byCells(groups)).toEqual(walked({ ...result, rows: result.rows.subarray(0, 10) }, ['id']));
  // No record is read for what the columns know.
  expect((await store.countBy(result, ['who'], { records: 10 })).looked).toBe(700);
});

test('of lists of thousands, each value is counted up to a bound, and the rest as one', async () => {
  const items = (length: number, prefix: string) => Array.from({ length }, (_, k) => ({ [prefix]: `${prefix}${k}` }));
  const record = recordWith({ requestParameters: { items: [...items(1500, 'a'), ...items(1500, 'b')] } });
  await withStore([JSON.stringify(record)], async (own) => {
    const result = await own.search(query(''));
    const [a, b] = ['requestParameters.items[].a', 'requestParameters.items[].b'] as const;
    const one = await own.countBy(result, [a], { limit: 5000 });
    expect(one.groups).toHaveLength(1001);
    expect(one.groups.filter(({ cells }) => cells[0]?.kind === 'more')).toHaveLength(1);
    const both = await own.countBy(result, [a, b], { limit: 5000 });
    expect(both.distinct).toBe(32 * 32);
    expect(both.groups.every(({ count }) => count === 1)).toBe(true);
  });
});

test('of a very long text the beginning is told, and texts that differ behind it are two', async () => {
  const text = '😀'.repeat(600);
  const records = [`${text}a`, `${text}b`, '', 'x'.repeat(500)].map((policyDocument, k) =>
    JSON.stringify(recordWith({ eventID: `e${k}`, requestParameters: { policyDocument } })),
  );
  await withStore(records, async (own) => {
    const { groups } = await own.countBy(await own.search(query('')), ['requestParameters.policyDocument']);
    expect(groups.map(({ cells }) => cells[0]).filter((cell) => cell?.kind === 'value' && !cell.isWhole)).toEqual([
      { kind: 'value', text: '😀'.repeat(500), isWhole: false },
      { kind: 'value', text: '😀'.repeat(500), isWhole: false },
    ]);
    const cells = groups.map(({ cells }) => cells[0]);
    expect(cells).toContainEqual({ kind: 'value', text: '', isWhole: true });
    expect(cells).toContainEqual({ kind: 'value', text: 'x'.repeat(500), isWhole: true });
  });
});

test('says what nothing can be counted by, and ends when told', async () => {
  const result = await store.search(query(''));
  await expect(store.countBy(result, ['whoo'])).rejects.toThrow('there is no field whoo; did you mean who?');
  const abort = new AbortController();
  const counting = store.countBy(result, ['requestParameters.items[].n'], { signal: abort.signal });
  abort.abort();
  await expect(counting).rejects.toThrow('abort');
});
