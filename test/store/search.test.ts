// Searching: in two stages, while events arrive, cancelled; and against a plain walk over the records.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query } from '../../src/query/query.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';
import { matches, type TestEvent } from '../query/brute-force.ts';
import { combined, hostileText } from '../query/queries.ts';
import { testEvents, VALUES } from '../query/test-events.ts';
import { recordWith, unpack } from '../sources/log-files/read.ts';
import { appendAll, batchesOf, query, textsOf } from './events.ts';

describe('as a walk over the records finds them', () => {
  // Read by the reader: what the cells hold is its business here, that they are found the store's.
  const texts = testEvents(300).map(({ raw, time }, k) =>
    JSON.stringify({
      ...(JSON.parse(raw) as object),
      ...(time === null ? {} : { eventTime: new Date(time).toISOString() }),
      ...(k % 4 === 0 ? { userIdentity: recordWith().userIdentity } : {}),
      awsRegion: k % 3 === 0 ? 'eu-west-1' : 'us-east-1',
      eventVersion: '1.11',
    }),
  );
  let store: Store;
  let events: readonly TestEvent[];
  beforeAll(async () => {
    store = await openStore();
    const batches = batchesOf(texts, 0, 70);
    for (const batch of batches) await store.append(batch);
    const { records, rows, times } = unpack(batches);
    events = records.map((raw, k) => {
      const time = times[k] as number;
      return { raw, time: Number.isNaN(time) ? null : time, cells: rows[k] as TestEvent['cells'] };
    });
  });
  afterAll(() => store.close());

  /** Rows of the walk, as the store found them to be meant. */
  function walked(query: Query, { understood }: Pick<Result, 'understood'>): readonly number[] {
    const fuzzy = new Map(understood.map(({ word, matches }) => [word, matches]));
    return events.flatMap((event, row) => (matches(query, event, fuzzy) ? [row] : []));
  }

  function isInOrder(result: Result): boolean {
    const times = [...result.rows].map((row) => events[row]?.time ?? Number.NEGATIVE_INFINITY);
    return times.every((time, k) => k === 0 || time <= (times[k - 1] as number));
  }

  test.each([
    '',
    'alice',
    'termnate',
    'instances bucket',
    '!alice',
    "'my-bucket",
    '"quoted"',
    'name:Run* error:*',
    'since:2026-05-19 until:2026-05-20T06:00',
    'requestParameters.items.n:>50',
    '!requestParameters.n:*',
    '(alice | name:ConsoleLogin) !readOnly:true',
    'role:Admin',
    'who:~alcie',
    'ip:10.0.0.0/8',
    'id:00007-abc',
  ])('%s', async (text) => {
    const sought = query(text);
    const result = await store.search(sought);
    expect([...result.rows].sort((a, b) => a - b)).toEqual(walked(sought, result));
    expect(isInOrder(result)).toBe(true);
    expect(result).toMatchObject({ total: result.rows.length, stage: 'complete', query: sought });
  });

  // Of İ the database makes an i, JavaScript an i and a dot.
  const value = fc.oneof(
    fc.constantFrom(...VALUES),
    hostileText.filter((text) => !text.includes('İ')),
  );
  const leaf: fc.Arbitrary<Query> = fc.oneof(
    fc
      .record({ text: value, mode: fc.constantFrom('fuzzy', 'substring', 'prefix', 'suffix', 'whole', 'phrase') })
      .map(({ text, mode }): Query => ({ kind: 'word', text, mode: mode as 'fuzzy' })),
    fc
      .record({
        path: fc.constantFrom(
          'name',
          'source',
          'who',
          'error',
          'ip',
          'resource',
          'region',
          'requestParameters.items.n',
        ),
        values: fc.array(value, { minLength: 1, maxLength: 2 }),
      })
      .map((term): Query => ({ kind: 'field', ...term })),
    fc
      .constantFrom('error', 'resource', 'time', 'requestParameters', 'user')
      .map((path): Query => ({ kind: 'present', path })),
    fc
      .integer({ min: 0, max: 100 })
      .map((hours): Query => ({ kind: 'since', at: Date.UTC(2026, 4, 20, 12) - hours * 1_800_000, text: '' })),
  );

  test('any query', async () => {
    await fc.assert(
      fc.asyncProperty(combined(leaf), async (sought) => {
        const result = await store.search(sought);
        expect([...result.rows].sort((a, b) => a - b)).toEqual(walked(sought, result));
        expect(isInOrder(result)).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});

describe('two stages', () => {
  test('the columns first, then what only the texts tell', async () => {
    const store = await openStore();
    const inColumns = recordWith({ eventName: 'FindNeedle' });
    const inText = recordWith({ requestParameters: { deep: { text: 'a needle here' } } });
    const nowhere = recordWith();
    await appendAll(
      store,
      [inText, inColumns, nowhere].map((record) => JSON.stringify(record)),
    );
    const stages: Result[] = [];
    const result = await store.search(query('needle'), { onColumns: (columns) => stages.push(columns) });
    expect(stages).toMatchObject([{ stage: 'columns', total: 1, id: result.id, revision: result.revision }]);
    expect([...(stages[0] as Result).rows]).toEqual([1]);
    expect(result).toMatchObject({ stage: 'complete', total: 2 });
    expect([...result.rows].sort()).toEqual([0, 1]);
    // Columns alone decide: one stage.
    const one = await store.search(query('name:FindNeedle'), { onColumns: (columns) => stages.push(columns) });
    expect(one).toMatchObject({ stage: 'complete', total: 1 });
    expect(stages).toHaveLength(1);
    await store.close();
  });
});

describe('with 200,000 events', () => {
  const COUNT = 200_000;
  let store: Store;
  beforeAll(async () => {
    store = await openStore();
    // Batches as readers send them, without reading: the store is what is tried here.
    for (let start = 0; start < COUNT; start += 8000) {
      const records = Array.from({ length: Math.min(8000, COUNT - start) }, (_, k) => synthetic(start + k));
      for (const batch of batchesOf(records, start / 8000)) await store.append(batch);
    }
  }, 60_000);
  afterAll(() => store.close());

  /** Event k: one of 100 names, one of 1,000 people; one in 10,000 holds a needle in its parameters. */
  function synthetic(k: number): string {
    const time = new Date(1.77e12 + ((k * 7919) % COUNT) * 1000).toISOString().replace('.000', '');
    const needle = k % 10_000 === 77 ? `,"note":"needle ${k}"` : '';
    return (
      `{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","userName":"user-${k % 1000}"},"eventTime":"${time}",` +
      `"eventSource":"ec2.amazonaws.com","eventName":"Call${k % 100}","awsRegion":"eu-west-1","sourceIPAddress":"10.0.${k % 7}.1",` +
      `"requestParameters":{"number":${k}${needle}},"eventID":"id-${k}","recipientAccountId":"111122223333"}`
    );
  }

  test('counts, order and texts', async () => {
    expect(store.total).toBe(COUNT);
    const all = await store.search({ kind: 'all' });
    expect(all.total).toBe(COUNT);
    const newest = await store.window(all, 0, 3);
    expect(newest.map(({ time }) => time)).toEqual([2, 1, 0].map((s) => 1.77e12 + (COUNT - 3 + s) * 1000));
    const call = await store.search(query('name:Call42'));
    expect(call.total).toBe(COUNT / 100);
    const needles = await store.search(query("'needle"));
    expect(needles.total).toBe(COUNT / 10_000);
    const expected = Array.from({ length: 20 }, (_, k) => synthetic(k * 10_000 + 77));
    expect([...(await textsOf(store, needles))].sort()).toEqual([...expected].sort());
    expect(store.distinct('user')).toHaveLength(1000);
    expect((await store.search(query('requestParameters.number:123456'))).total).toBe(1);
  });

  test.each([
    'requestParameters.number:>5',
    '!requestParameters.note:*',
    'requestParameters.number:<150000 name:Call4*,Call3*,Call2* | user:user-7',
    '!(requestParameters.number:<150000 | name:Call4)',
  ])('where only the texts tell, the beginning of the list comes first: %s', async (text) => {
    const stages: Result[] = [];
    const result = await store.search(query(text), { onColumns: (first) => stages.push(first) });
    const [first] = stages as [Result];
    expect(stages).toHaveLength(1);
    expect(first).toMatchObject({ stage: 'columns', id: result.id, total: first.rows.length });
    expect(first.total).toBeGreaterThan(50);
    expect(first.total).toBeLessThan(result.total);
    expect(
      Buffer.compare(Buffer.from(first.rows.slice().buffer), Buffer.from(result.rows.slice(0, first.total).buffer)),
    ).toBe(0);
  });

  test('nothing comes first where the newest texts hold nothing', async () => {
    const stages: Result[] = [];
    const oldest = query('requestParameters.number:0');
    const result = await store.search(oldest, { onColumns: (first) => stages.push(first) });
    expect([stages.length, result.total]).toEqual([0, 1]);
  });

  test('an aborted search rejects, and the next one is whole', async () => {
    for (const delayMs of [0, 5, 40]) {
      const controller = new AbortController();
      const search = store.search(query("requestParameters.number:>5 'needle"), { signal: controller.signal });
      setTimeout(() => controller.abort(), delayMs);
      const outcome = await search.then(
        ({ total }) => total,
        (error: Error) => error.name,
      );
      // One that was quicker than its cancelling may have ended.
      expect([20, 'AbortError']).toContain(outcome);
      expect((await store.search(query("'needle"))).total).toBe(20);
    }
    const aborted = store.search(query('alice'), { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('many searches at once, most of them given up', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, async (_, k) => {
        const controller = new AbortController();
        if (k % 3 !== 0) setTimeout(() => controller.abort(), k * 3);
        try {
          return (await store.search(query(`name:Call${k} user:user-${k}`), { signal: controller.signal })).total;
        } catch (error) {
          return (error as Error).name;
        }
      }),
    );
    for (const [k, outcome] of outcomes.entries()) {
      if (k % 3 === 0) expect(outcome).toBe(200);
      else expect([200, 'AbortError']).toContain(outcome);
    }
  });

  test('printing can be given up', async () => {
    const controller = new AbortController();
    const all = await store.search({ kind: 'all' });
    let printed = 0;
    const reading = (async () => {
      for await (const page of store.records(all, { signal: controller.signal })) {
        printed += page.length;
        controller.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(printed).toBeLessThan(COUNT);
    expect(await store.record(0)).toBe(synthetic(0));
  });
});

test('searching while events arrive: what is found is there, in order, and the last search finds all', async () => {
  const store = await openStore();
  let isReading = true;
  const appending = (async () => {
    for (let file = 0; file < 40; file++) {
      const records = Array.from({ length: 500 }, (_, k) =>
        JSON.stringify(
          recordWith({
            eventName: `Name${k % 50}`,
            // New in each batch: searches make it visible to the database while the next batch is written.
            userAgent: `agent ${file}`,
            eventTime: new Date(1.78e12 - (file * 37 + k) * 1000).toISOString(),
            requestParameters: { file, text: k % 100 === 0 ? 'needle' : 'hay' },
          }),
        ),
      );
      await appendAll(store, records, file);
    }
    isReading = false;
  })();
  let searches = 0;
  while (isReading) {
    await new Promise((resolve) => setImmediate(resolve));
    const text = ['needle', 'name:Name7', '!name:Name7', 'requestParameters.file:3'][searches++ % 4] as string;
    const result = await store.search(query(text));
    const events = await store.window(result, 0, 200);
    expect(events.every(({ cells }) => cells.name.startsWith('Name'))).toBe(true);
    const times = events.map(({ time }) => time as number);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    if (text === 'name:Name7') expect(events.every(({ cells }) => cells.name === 'Name7')).toBe(true);
    expect(result.revision).toBeLessThanOrEqual(store.revision);
  }
  await appending;
  expect(searches).toBeGreaterThan(2);
  expect((await store.search(query('needle'))).total).toBe(200);
  expect((await store.search(query('name:Name7'))).total).toBe(400);
  expect((await store.search(query('!name:Name7'))).total).toBe(19_600);
  await store.close();
});

test('a store that is kept warm while events arrive understands the same', async () => {
  const store = await openStore();
  store.warm();
  await appendAll(store, [JSON.stringify(recordWith({ eventName: 'RenovateHouse' }))], 7);
  for (let file = 0; file < 6; file++) {
    const records = Array.from({ length: 1500 }, (_, k) =>
      JSON.stringify(recordWith({ eventName: `Call${file}x${k}`, userAgent: `agent ${file}` })),
    );
    await appendAll(store, records, file);
    // Longer than the pause between two rounds of readying.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const found = await store.search(query('Call5x1499'));
  expect(found.understood).toMatchObject([{ matches: [{ field: 'name', value: 'Call5x1499', count: 1 }] }]);
  expect(found.total).toBe(1);
  expect((await store.search(query('renovte'))).understood[0]?.matches[0]?.value).toBe('RenovateHouse');
  expect((await store.search(query('name:Call*'))).total).toBe(9000);
  await store.close();
});

test('values that go to the database as one text come out as they were', async () => {
  const odd = ['\u0000\u001e\u0000', 'nul \0', 'line\nbreak', '😀', "'; --", '\u001e'];
  const agents = Array.from({ length: 5000 }, (_, k) => `${odd[k % odd.length]} ${k}`);
  for (const values of [agents, agents.filter((agent) => !agent.startsWith('\u0000'))]) {
    const store = await openStore();
    await appendAll(
      store,
      values.map((userAgent) => JSON.stringify(recordWith({ userAgent }))),
    );
    for (const value of values.filter((_, k) => k % 499 < 6)) {
      const found = await store.search({ kind: 'word', text: value, mode: 'whole' });
      expect([value, (await store.window(found, 0, 3)).map(({ cells }) => cells.agent)]).toEqual([value, [value]]);
    }
    await store.close();
  }
});

test('closing while a search is on its way harms nobody', async () => {
  const store = await openStore();
  await appendAll(
    store,
    Array.from({ length: 5000 }, () => JSON.stringify(recordWith())),
  );
  const searches = [query("'x'y"), query('requestParameters.a:b'), query('alice')].map((sought) =>
    store.search(sought).then(
      () => 'found',
      () => 'failed',
    ),
  );
  await store.close();
  expect(await Promise.all(searches)).toHaveLength(3);
});
