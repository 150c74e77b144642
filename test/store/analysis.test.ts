// What can be asked of a result besides its rows, held against plain walks over the events.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agentFamily } from '../../src/cloudtrail/agent-family.ts';
import { type Cells, RESOURCE_SEPARATOR, STORED_FIELDS, type StoredFieldId } from '../../src/cloudtrail/fields.ts';
import { FIRST_KINDS, type FirstKind } from '../../src/cloudtrail/firsts.ts';
import { fieldTerm, withTerm } from '../../src/query/edit.ts';
import type { Facet, FacetId, FacetValue } from '../../src/store/analysis.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';
import { testEvents } from '../query/test-events.ts';
import { recordWith, unpack } from '../sources/log-files/read.ts';
import { appendAll, batchesOf, query, textsOf, withStore } from './events.ts';

type Event = { readonly row: number; readonly time: number | null; readonly cells: Cells };

const AGENTS = [
  'aws-cli/2.1 Python',
  'AWS-CLI/2.1 Python',
  'aws-cli/1.9',
  'Boto3/1.26',
  'HashiCorp Terraform/1.5',
  '',
  'console.amazonaws.com',
];
const FIELDS: readonly FacetId[] = [...STORED_FIELDS, 'family'];

/** Events with everything that counts: agents, several resources, ties, missing times, people who come and go. */
function records(count: number): readonly string[] {
  return testEvents(count).map(({ raw, time }, k) =>
    JSON.stringify({
      ...(JSON.parse(raw) as object),
      ...(time === null ? {} : { eventTime: new Date(time).toISOString() }),
      userIdentity: k % 7 === 0 ? undefined : { type: 'IAMUser', userName: `user-${(k * 13) % 9}` },
      awsRegion: ['eu-west-1', 'us-east-1', undefined, 'EU-WEST-1', 'eu-west-1', 'us-EAST-1'][k % 6],
      userAgent: AGENTS[(k * 5) % AGENTS.length],
      errorCode: k % 5 === 0 ? 'AccessDenied' : undefined,
      eventVersion: '1.11',
      ...(k % 100 === 50 ? A_RUN : {}),
    }),
  );
}

/** Calls of one instant, so that there is something to fold whatever the others are. */
const A_RUN = {
  eventTime: '2026-05-19T12:34:56Z',
  eventName: 'RunInstances',
  eventSource: 'ec2.amazonaws.com',
  userIdentity: { type: 'IAMUser', userName: 'user-1' },
  errorCode: undefined,
  errorMessage: undefined,
};

const QUERIES = [
  '',
  'error:*',
  'name:RunInstances,PutObject',
  'who:user-1',
  'ip:10.0.0.0/8 !error:*',
  'nothing-at-all',
  'since:2026-05-19',
  '!time:*',
  'family:aws-cli',
  'first:ip',
];

let store: Store;
let events: readonly Event[];
beforeAll(async () => {
  store = await openStore();
  const batches = batchesOf(records(900), 0, 130);
  for (const batch of batches) await store.append(batch);
  const { rows, times } = unpack(batches);
  events = rows.map((cells, row) => {
    const time = times[row] as number;
    return { row, time: Number.isNaN(time) ? null : time, cells };
  });
});
afterAll(() => store.close());

function eventsOf(result: Result): readonly Event[] {
  return Array.from(result.rows, (row) => events[row] as Event);
}

function valuesOf({ cells }: Event, field: FacetId): readonly string[] {
  if (field === 'family') return cells.agent === '' ? [] : [agentFamily(cells.agent)];
  if (cells[field] === '') return [];
  return field === 'resource' ? [...new Set(cells.resource.split(RESOURCE_SEPARATOR))] : [cells[field]];
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

describe('facets', () => {
  /** Of spellings that differ in nothing but case, one: in lower case. */
  function counted(result: Result, field: FacetId, holding = '') {
    const counts = new Map<string, { value: string; count: number; failures: number }>();
    let absent = 0;
    for (const event of eventsOf(result)) {
      const values = valuesOf(event, field);
      if (values.length === 0) absent++;
      for (const value of new Set(values.map((one) => one.toLowerCase()))) {
        if (!value.includes(holding.toLowerCase())) continue;
        const known = counts.get(value) ?? { value, count: 0, failures: 0 };
        known.count++;
        if (event.cells.error !== '') known.failures++;
        counts.set(value, known);
      }
    }
    const values = [...counts.values()].sort(byCount);
    return { field, values, distinct: values.length, absent };
  }

  const byCount = (a: FacetValue, b: FacetValue): number => b.count - a.count || byText(a.value, b.value);

  function lowered(facets: readonly Facet[]): readonly Facet[] {
    return facets.map((facet) => {
      expect(facet.values.map(({ count }) => count)).toEqual(
        facet.values.map(({ count }) => count).sort((a, b) => b - a),
      );
      const values = facet.values.map((one) => ({ ...one, value: one.value.toLowerCase() }));
      return { ...facet, values: values.sort(byCount) };
    });
  }

  test.each(QUERIES)('of every field count what a walk counts: %s', async (text) => {
    const result = await store.search(query(text));
    const facets = await store.facets(result, FIELDS);
    expect(lowered(facets)).toEqual(FIELDS.map((field) => counted(result, field)));
    const some: FacetId[] = ['who', 'resource', 'family', 'ip', 'region'];
    for (const holding of ['1', 'AWS', 'é', '%', "'", 'none of them']) {
      expect(lowered(await store.facets(result, some, { holding }))).toEqual(
        some.map((field) => counted(result, field, holding)),
      );
    }
  });

  test('of any rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(899), { maxLength: 700 }), async (rows) => {
        const result = store.pick(rows);
        const some: FacetId[] = ['name', 'resource', 'family', 'region', 'agent'];
        expect(lowered(await store.facets(result, some))).toEqual(some.map((field) => counted(result, field)));
      }),
      { numRuns: 30 },
    );
  });

  test('are what a search for the value finds, in the spelling that is most frequent', async () => {
    const some: StoredFieldId[] = ['region', 'agent', 'resource', 'name'];
    for (const text of ['', 'error:*', 'name:RunInstances']) {
      const result = await store.search(query(text));
      for (const { field, values } of await store.facets(result, some)) {
        const spelt = new Map<string, number>();
        for (const event of eventsOf(result)) {
          for (const one of valuesOf(event, field)) spelt.set(one, (spelt.get(one) ?? 0) + 1);
        }
        for (const { value, count } of values) {
          const sought = withTerm(query(text), fieldTerm(field, value));
          expect([field, value, (await store.search(sought)).total]).toEqual([field, value, count]);
          const most = [...spelt]
            .filter(([one]) => one.toLowerCase() === value.toLowerCase())
            .map(([, times]) => times);
          expect(spelt.get(value)).toBe(Math.max(...most));
        }
      }
    }
  });

  test('of an event that spells one resource in two ways count it once', async () => {
    const resources = (...names: string[]) => ({
      resources: names.map((ARN) => ({ ARN })),
      requestParameters: undefined,
    });
    const texts = [resources('arn:A', 'arn:a'), resources('arn:a', 'arn:b'), resources('ARN:B')].map((parts, k) =>
      JSON.stringify(recordWith({ eventID: `e${k}`, ...parts })),
    );
    await withStore(texts.slice(0, 1), async (growing) => {
      const first = await growing.facets(await growing.search(query('')), ['resource']);
      expect(lowered(first)[0]?.values).toEqual([{ value: 'arn:a', count: 1, failures: 0 }]);
      await appendAll(growing, texts.slice(1), 1);
      const [facet] = await growing.facets(await growing.search(query('')), ['resource']);
      expect(facet).toMatchObject({ distinct: 2, absent: 0 });
      expect(facet?.values.map(({ count }) => count)).toEqual([2, 2]);
      expect(facet?.values).toContainEqual({ value: 'arn:a', count: 2, failures: 0 });
    });
  });

  test('are cut to the most frequent, in the order asked for', async () => {
    const all = await store.search(query(''));
    const facets = await store.facets(all, ['ip', 'name', 'ip', 'resource'], { limit: 2 });
    expect(facets.map(({ field }) => field)).toEqual(['ip', 'name', 'ip', 'resource']);
    for (const facet of facets) {
      const whole = counted(all, facet.field);
      expect(facet.values.map(({ count }) => count)).toEqual(whole.values.slice(0, 2).map(({ count }) => count));
      expect(facet).toMatchObject({ distinct: whole.distinct, absent: whole.absent });
    }
    expect(await store.facets(all, [])).toEqual([]);
    expect((await store.facets(all, ['name'], { limit: 0 }))[0]?.values).toEqual([]);
  });

  test('of a result keep to it while events arrive, and values that arrive are counted', async () => {
    const all = [recordWith({ userAgent: 'aws-cli/2' }), recordWith({ userAgent: 'aws-cli/3' })];
    const texts = (some: readonly unknown[]): string[] => some.map((one) => JSON.stringify(one));
    await withStore(texts(all), async (growing) => {
      const before = await growing.search(query(''));
      const few = growing.pick([1]);
      expect((await growing.facets(before, ['family']))[0]?.values).toMatchObject([{ value: 'aws-cli', count: 2 }]);
      const later = Array.from({ length: 300 }, (_, k) =>
        recordWith({ userAgent: `boto3/${k}`, resources: [{ ARN: `arn:new:${k}` }] }),
      );
      await appendAll(growing, texts(later), 1);
      expect((await growing.facets(before, ['family']))[0]?.values).toMatchObject([{ value: 'aws-cli', count: 2 }]);
      expect((await growing.facets(few, ['family']))[0]?.values).toMatchObject([{ value: 'aws-cli', count: 1 }]);
      const after = await growing.search(query(''));
      const [family, resource] = await growing.facets(after, ['family', 'resource'], { holding: 'o' });
      expect(family?.values).toMatchObject([{ value: 'boto3', count: 300 }]);
      expect(resource?.distinct).toBe(0);
      expect((await growing.facets(after, ['resource'], { holding: 'ARN:NEW' }))[0]?.distinct).toBe(300);
    });
  });

  test('can be given up', async () => {
    const all = await store.search(query(''));
    await expect(store.facets(all, FIELDS, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const controller = new AbortController();
    const counting = store.facets(all, FIELDS, { signal: controller.signal });
    controller.abort();
    await expect(counting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await store.facets(all, ['name'])).toHaveLength(1);
  });
});

describe('groups', () => {
  function grouped(result: Result, by: readonly StoredFieldId[]) {
    const groups = new Map<string, Event[]>();
    for (const event of eventsOf(result)) {
      const key = JSON.stringify(by.map((field) => event.cells[field]));
      groups.set(key, [...(groups.get(key) ?? []), event]);
    }
    return [...groups.values()].map((members) => {
      const times = members.flatMap(({ time }) => time ?? []);
      return {
        cells: Object.fromEntries(by.map((field) => [field, members[0]?.cells[field]])),
        count: members.length,
        failures: members.filter(({ cells }) => cells.error !== '').length,
        first: times.length === 0 ? null : Math.min(...times),
        last: times.length === 0 ? null : Math.max(...times),
        // The list is newest first.
        row: members[0]?.row,
      };
    });
  }

  const byRow = (a: { readonly row?: number }, b: { readonly row?: number }): number => (a.row ?? 0) - (b.row ?? 0);

  test.each(QUERIES)('are those of a walk: %s', async (text) => {
    const result = await store.search(query(text));
    const choices: StoredFieldId[][] = [
      ['name'],
      ['who', 'name', 'error'],
      ['resource', 'ip'],
      [],
      ['region', 'region'],
    ];
    for (const by of choices) {
      const expected = grouped(result, by);
      for (const order of ['count', 'last'] as const) {
        const { groups, distinct } = await store.groups(result, by, { order });
        expect(distinct).toBe(expected.length);
        expect([...groups].sort(byRow)).toEqual(expected.sort(byRow));
        const keys = groups.map(({ count, last }) => (order === 'count' ? count : (last ?? Number.NEGATIVE_INFINITY)));
        expect(keys).toEqual([...keys].sort((a, b) => b - a || 0));
      }
    }
  });

  test('of thousands of events of one instant name the first that is listed', async () => {
    const texts = Array.from({ length: 60_000 }, (_, k) =>
      JSON.stringify(recordWith({ eventID: `e${k}`, eventTime: A_RUN.eventTime, eventName: `Call${k % 3}` })),
    );
    await withStore([], async (own) => {
      // What came last is listed first.
      for (const [start, ordinal] of [
        [0, 2],
        [20_000, 1],
        [40_000, 0],
      ] as const) {
        await appendAll(own, texts.slice(start, start + 20_000), ordinal);
      }
      const result = await own.search(query(''));
      const { groups, distinct } = await own.groups(result, ['name']);
      expect(distinct).toBe(3);
      expect(groups.map(({ row }) => row).sort()).toEqual([...result.rows.subarray(0, 3)].sort());
      expect(groups.map(({ count }) => count)).toEqual([20_000, 20_000, 20_000]);
    });
  });

  test('are cut to the first', async () => {
    const all = await store.search(query(''));
    const whole = await store.groups(all, ['who', 'name']);
    const cut = await store.groups(all, ['who', 'name'], { limit: 3 });
    expect(cut).toEqual({ groups: whole.groups.slice(0, 3), distinct: whole.distinct });
  });
});

describe('folding', () => {
  const callOf = (row: number): string => {
    const { name, source, who, error } = (events[row] as Event).cells;
    return JSON.stringify([name, source, who, error !== '']);
  };

  function runsOf(rows: Int32Array): number[][] {
    const runs: number[][] = [];
    for (const row of rows) {
      const last = runs.at(-1);
      if (last !== undefined && callOf(last[0] as number) === callOf(row)) last.push(row);
      else runs.push([row]);
    }
    return runs;
  }

  async function folded(text: string): Promise<readonly [Result, number[][]]> {
    const result = await store.search(query(text));
    return [result, runsOf(result.rows)];
  }

  test.each([...QUERIES, 'who:user-1 error:* name:PutObject', 'region:eu-west-1 who:user-1,user-2 !error:*'])(
    'makes one row of a run and opens it again: %s',
    async (text) => {
      const [result, runs] = await folded(text);
      const fold = await store.fold(result, new Set());
      expect([...fold.rows]).toEqual(runs.map(([row]) => row));
      expect([...(fold.folded?.counts ?? [])]).toEqual(runs.map((run) => run.length));
      expect(fold).toMatchObject({ id: result.id, revision: result.revision, query: result.query, total: runs.length });
      expect(fold.folded?.whole).toBe(result);
      const opened = new Set(runs.filter((_, k) => k % 2 === 0).map(([row]) => row as number));
      // A row that stands for nothing opens nothing.
      for (const run of runs) if (run.length > 1 && !opened.has(run[0] as number)) opened.add(run[1] as number);
      const open = await store.fold(fold, opened);
      expect([...open.rows]).toEqual(runs.flatMap((run, k) => (k % 2 === 0 ? run : run.slice(0, 1))));
      expect([...(open.folded?.counts ?? [])].reduce((sum, count) => sum + count, 0)).toBe(result.total);
      expect(open.folded?.whole).toBe(result);
      for (const [k, run] of runs.entries()) {
        for (const [place, row] of run.entries()) {
          expect(store.positionOf(fold, row)).toBe(k);
          const position = store.positionOf(open, row);
          expect(open.rows[position]).toBe(k % 2 === 0 ? run[place] : run[0]);
        }
      }
    },
  );

  test('what is asked of a folded result is asked of all its events', async () => {
    const [result] = await folded('name:RunInstances,PutObject who:user-1,user-2');
    const fold = await store.fold(result, new Set());
    expect(fold.total).toBeLessThan(result.total);
    expect(await store.facets(fold, ['name', 'resource'])).toEqual(await store.facets(result, ['name', 'resource']));
    expect(await store.groups(fold, ['name'])).toEqual(await store.groups(result, ['name']));
    expect(await store.timeline(fold, 9)).toEqual(await store.timeline(result, 9));
    expect(await textsOf(store, fold)).toEqual(await textsOf(store, result));
    const oldest: string[] = [];
    for await (const page of store.records(fold, { oldestFirst: true, limit: 3 })) oldest.push(...page);
    expect(oldest).toEqual([...(await textsOf(store, result))].reverse().slice(0, 3));
    expect((await store.window(fold, 0, fold.total)).map(({ row }) => row)).toEqual([...fold.rows]);
  });

  test('cut by time, as if it had been cut before', async () => {
    const [result, runs] = await folded('name:RunInstances,PutObject who:user-1,user-2');
    const opened = new Set(runs.filter((_, k) => k % 3 === 0).map(([row]) => row as number));
    const fold = await store.fold(result, opened);
    const times = [...new Set(events.map(({ time }) => time ?? 0))];
    for (const time of [...times, ...times.map((one) => one + 1), Number.POSITIVE_INFINITY]) {
      const cut = store.since(fold, time);
      const expected = await store.fold(store.since(result, time), opened);
      expect([...cut.rows]).toEqual([...expected.rows]);
      expect([...(cut.folded?.counts ?? [])]).toEqual([...(expected.folded?.counts ?? [])]);
      expect(cut.total).toBe(expected.total);
      expect([...(cut.folded?.whole.rows ?? [])]).toEqual([...(expected.folded?.whole.rows ?? [])]);
    }
    expect(store.since(fold, Number.NEGATIVE_INFINITY).total).toBe(fold.total);
  });

  test('the next match is found in runs too', async () => {
    const [result, runs] = await folded('name:RunInstances,PutObject who:user-1,user-2');
    const fold = await store.fold(result, new Set());
    expect(fold.total).toBeLessThan(result.total);
    for (const text of ['region:eu-west-1', 'resource:vol-1', 'name:ConsoleLogin']) {
      const sought = query(text);
      const hits = new Set((await store.search(sought)).rows);
      const isHit = (k: number): boolean => runs[k]?.some((row) => hits.has(row)) ?? false;
      for (const step of [1, -1] as const) {
        for (let from = -1; from <= runs.length; from++) {
          let expected = from + step;
          while (expected >= 0 && expected < runs.length && !isHit(expected)) expected += step;
          if (expected < 0 || expected >= runs.length) expected = -1;
          expect(await store.findNext(fold, from, step, sought)).toBe(expected);
        }
      }
    }
  });
});

test('picked rows are listed in order, each once', async () => {
  const all = await store.search(query(''));
  await fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 905 })), (rows) => {
      const wanted = new Set(rows);
      expect([...store.pick(rows).rows]).toEqual([...all.rows].filter((row) => wanted.has(row)));
    }),
  );
  const picked = store.pick(new Set([...all.rows].filter((row) => row % 2 === 0)));
  expect(picked).toMatchObject({ total: 450, stage: 'complete', revision: store.revision });
  expect(picked.id).toBeGreaterThan(all.id);
});

describe('timeline', () => {
  test.each(QUERIES)('counts events and failures, of a span too: %s', async (text) => {
    const result = await store.search(query(text));
    const timed = eventsOf(result).flatMap(({ time, cells }) => (time === null ? [] : [{ time, cells }]));
    const whole = await store.timeline(result, 7);
    if (timed.length === 0) {
      expect(whole).toBeNull();
      return;
    }
    const times = timed.map(({ time }) => time);
    const [from, to] = [Math.min(...times), Math.max(...times)];
    const day = Date.UTC(2026, 4, 20);
    for (const span of [
      undefined,
      { from, to },
      { from: day, to: day + 3_600_000 },
      { from: day, to: day },
      { from: 0, to: 1 },
    ]) {
      const edges = span ?? { from, to };
      const within = timed.filter(({ time }) => time >= edges.from && time <= edges.to);
      const parts = (some: readonly { readonly time: number }[]): number[] => {
        const counts = Array.from({ length: 7 }, () => 0);
        for (const { time } of some) {
          const part = Math.floor(((time - edges.from) * 7) / (edges.to - edges.from + 1));
          counts[part] = (counts[part] ?? 0) + 1;
        }
        return counts;
      };
      const failed = within.filter(({ cells }) => cells.error !== '');
      expect(await store.timeline(result, 7, span)).toEqual({
        ...edges,
        counts: parts(within),
        failures: parts(failed),
      });
    }
  });
});

describe('keys', () => {
  test('tell an event in another store that read the same in another order', async () => {
    const texts = records(400);
    await withStore([...texts].reverse(), async (other) => {
      for (let row = 0; row < 400; row++) {
        const key = store.keyOf(row) as string;
        expect(key).toMatch(/^[0-9a-f]{16}$/);
        expect(store.rowOf(key)).toBe(row);
        expect(await other.record(other.rowOf(key))).toBe(await store.record(row));
      }
      expect(other.rowOf(store.keyOf(899) as string)).toBe(-1);
      expect(store.keyOf(900)).toBeNull();
      expect(store.keyOf(-1)).toBeNull();
    });
  });

  test('an event without eventID has none', async () => {
    await withStore([JSON.stringify(recordWith({ eventID: undefined }))], async (other) => {
      expect(other.total).toBe(1);
      expect(other.keyOf(0)).toBeNull();
    });
  });
});

describe('firsts', () => {
  /** Oldest first; what is of one instant as it is listed from the end; what has no time comes last. */
  function walked(all: Result): Map<number, readonly FirstKind[]> {
    const listed = eventsOf(all);
    const ordered = [
      ...listed.filter(({ time }) => time !== null).reverse(),
      ...listed.filter(({ time }) => time === null),
    ];
    const seen = new Set<string>();
    const isNew = (...key: readonly string[]): boolean => {
      const text = JSON.stringify(key);
      if (seen.has(text)) return false;
      seen.add(text);
      return true;
    };
    return new Map(
      ordered.map(({ row, cells }): [number, readonly FirstKind[]] => {
        const { caller, name, source, ip, region, agent } = cells;
        if (cells.who === '') return [row, []];
        const who = `${cells.who} of ${caller}`;
        const news: Readonly<Record<FirstKind, boolean>> = {
          who: isNew('who', who),
          call: name + source !== '' && isNew('call', who, name, source),
          ip: ip !== '' && isNew('ip', who, ip),
          region: region !== '' && isNew('region', who, region),
          family: agent !== '' && isNew('family', who, agentFamily(agent)),
        };
        return [row, news.who ? ['who'] : FIRST_KINDS.filter((kind) => news[kind])];
      }),
    );
  }

  test('are those of a walk in time order, in windows and in queries', async () => {
    const all = await store.search(query(''));
    await store.findFirsts();
    expect(await store.findFirsts()).toBe(false);
    const expected = walked(all);
    for (const { row, firsts } of await store.window(all, 0, all.total)) expect(firsts).toEqual(expected.get(row));
    const rowsWhere = (test: (kinds: readonly FirstKind[], event: Event) => boolean): number[] =>
      [...all.rows].filter((row) => test(expected.get(row) ?? [], events[row] as Event));
    const queries: readonly (readonly [string, (kinds: readonly FirstKind[], event: Event) => boolean])[] = [
      ['first:ip', (kinds) => kinds.includes('ip')],
      ['first:call,IP', (kinds) => kinds.includes('ip') || kinds.includes('call')],
      ['first:*', (kinds) => kinds.length > 0],
      ['!first:*', (kinds) => kinds.length === 0],
      ['first:*o*', (kinds) => kinds.includes('who') || kinds.includes('region')],
      [
        '!first:family name:RunInstances',
        (kinds, { cells }) => !kinds.includes('family') && cells.name === 'RunInstances',
      ],
      ['first:region | error:*', (kinds, { cells }) => kinds.includes('region') || cells.error !== ''],
      ["first:ip 'bucket", (kinds, event) => kinds.includes('ip') && event.cells.resource.includes('bucket')],
    ];
    for (const [text, test] of queries) {
      const rows = [...(await store.search(query(text))).rows];
      if (text.includes("'")) expect(rows.filter((row) => expected.get(row)?.includes('ip') !== true)).toEqual([]);
      else expect([text, rows]).toEqual([text, rowsWhere(test)]);
    }
  });

  test('change with what arrives, and are asked of the store only when somebody asks', async () => {
    const at = (time: string, ip: string): string =>
      JSON.stringify(recordWith({ eventTime: `2026-05-19T${time}Z`, sourceIPAddress: ip }));
    await withStore([at('12:00:00', '10.0.0.1'), at('12:05:00', '10.0.0.2')], async (growing) => {
      const [before] = await growing.window(await growing.search(query('')), 0, 1);
      expect(before).not.toHaveProperty('firsts');
      expect(await growing.findFirsts()).toBe(true);
      const read = async () =>
        (await growing.window(await growing.search(query('')), 0, 9)).map((event) => event.firsts);
      expect(await read()).toEqual([['ip'], ['who']]);
      // Older than both, and of the address that was new.
      await appendAll(growing, [at('11:00:00', '10.0.0.2')], 1);
      expect((await growing.search(query('first:ip'))).rows).toEqual(Int32Array.of(0));
      expect(await growing.findFirsts()).toBe(false);
      expect(await read()).toEqual([[], ['ip'], ['who']]);
    });
  });

  test('the root users of two accounts are two people', async () => {
    const root = (minute: number, accountId: string): string =>
      JSON.stringify(
        recordWith({
          eventTime: `2026-05-19T12:0${minute}:00Z`,
          sourceIPAddress: '203.0.113.9',
          userIdentity: { type: 'Root', accountId, arn: `arn:aws:iam::${accountId}:root` },
        }),
      );
    await withStore([root(1, '111122223333'), root(2, '444455556666'), root(3, '444455556666')], async (two) => {
      await two.findFirsts();
      expect([...(await two.search(query('first:who'))).rows]).toEqual([1, 0]);
    });
  });

  test('can be given up', async () => {
    await withStore(records(50), async (other) => {
      await expect(other.findFirsts(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
      expect(await other.findFirsts()).toBe(true);
    });
  });
});

test.each([
  ['family:aws-cli', (family: string) => family === 'aws-cli'],
  ['family:AWS*', (family: string) => family.startsWith('aws')],
  ['family:boto3,terr*', (family: string) => family === 'boto3' || family === 'terraform'],
  ['family:*', (family: string) => family !== ''],
  ['!family:*', (family: string) => family === ''],
  ['!family:aws*', (family: string) => !family.startsWith('aws')],
  ['family:~cli', (family: string) => family.includes('cli')],
  ['family:nothing', () => false],
])('%s finds the events of these families', async (text, isMeant) => {
  const all = await store.search(query(''));
  const expected = [...all.rows].filter((row) => isMeant(agentFamily((events[row] as Event).cells.agent)));
  expect([...(await store.search(query(text))).rows]).toEqual(expected);
});
