// What a row of a page says and what its search finds: over the sample, page by page, in the whole list and in narrowed
// ones.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Query } from '../../src/query/query.ts';
import { sampleSource } from '../../src/sources/sample/sample-source.ts';
import { openApp } from '../../src/state/app-state.ts';
import type { TableRow, TableSubject } from '../../src/state/table-panel.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { PAGES } from '../../src/ui/pages.ts';
import type { Asked } from '../../src/ui/table-page.ts';
import { NOW, query } from '../store/events.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore();
  await sampleSource(NOW).read(async (batch) => void (await store.append(batch)));
  await store.callers.findPeople(new Map());
});
afterAll(() => store.close());

const both = (a: Query, b: Query): Query => ({ kind: 'and', terms: [a, b] });

async function rowsOf(
  subject: TableSubject,
  { of = [] as readonly string[], applied = '' } = {},
): Promise<readonly TableRow[]> {
  const { signal } = new AbortController();
  const list = query(applied);
  const result = await store.search(list);
  const first = openApp({
    columns: 120,
    rows: 30,
    theme: 'dark',
    zone: 'utc',
    isMouseOn: false,
    detailSize: 0.4,
    lastQuery: '',
    hiddenColumns: [],
    hasSource: true,
    sourceLabel: 'sample',
  });
  const state = {
    ...first,
    total: store.total,
    loaded: store.total,
    search: { ...first.search, applied, query: list },
  };
  const asked: Asked = {
    store,
    state: { ...state, results: { ...state.results, result } },
    result,
    of,
    signal,
    show: () => {},
    within: (term) => store.search(both(list, term)),
    anywhere: (term) => store.search(term),
    unhidden: (term) => store.search(term),
  };
  return (await PAGES[subject].fill(asked)).rows;
}

/** Every so many, so that about `most` are left. */
function some<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, k) => k % step === 0);
}

async function foundBy({ query: text }: TableRow): Promise<Int32Array> {
  return (await store.search(query(text))).rows;
}

function countIn(subject: TableSubject, { cells }: TableRow, of: readonly string[] = []): number {
  const at = PAGES[subject].head(of).columns.findIndex(({ title }) => ['CALLS', 'COUNT', 'EVENTS'].includes(title));
  return Number(cells[at]?.replaceAll(',', ''));
}

const LISTS = ['', 'error:*', '!readonly:true name:A*,C*,D*'];

describe.each(LISTS)('in the list of "%s"', (applied) => {
  test.each<[TableSubject, readonly string[]]>([
    ['sessions', []],
    ['people', []],
    ['denied', []],
    ['by', ['who', 'name']],
    ['by', ['resource']],
  ])('a row of :%s %j finds exactly what it counts', async (subject, of) => {
    const rows = await rowsOf(subject, { of, applied });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of some(rows, 60)) {
      expect([row.query, (await foundBy(row)).length]).toEqual([row.query, countIn(subject, row, of)]);
    }
  });
});

test.each<[TableSubject, readonly string[]]>([
  ['sessions', []],
  ['denied', []],
  ['ebs', []],
  ['instance-life', []],
  ['launch-details', []],
  ['opened-to-the-world', []],
  ['rare', []],
  ['security-groups', []],
  ['ssh', []],
])('a row of :%s finds its event, and writes its search when it is asked for', async (subject, of) => {
  const rows = await rowsOf(subject, { of });
  expect(rows.length).toBeGreaterThan(0);
  for (const row of some(rows, 40)) {
    const found = await foundBy(row);
    expect([row.query, found.length > 0]).toEqual([row.query, true]);
    if (row.row !== undefined) expect([row.query, found.includes(row.row)]).toEqual([row.query, true]);
    if (row.after !== undefined) expect((await store.search(query(row.after.query))).total).toBeGreaterThan(0);
  }
  for (const row of rows) expect(Object.getOwnPropertyDescriptor(row, 'query')?.get).toBeDefined();
});

test.each<TableSubject>(['session', 'related'])(
  'so does a row of the page about an event: %s',
  async (subject) => {
    const events = await store.search({ kind: 'all' });
    for (const event of some([...events.rows], 40)) {
      for (const row of some(await rowsOf(subject, { of: [String(event)] }), 30)) {
        // What is not loaded is looked for in vain.
        if (row.query === '' || row.hint?.startsWith('look') === true) continue;
        const found = await foundBy(row);
        expect([row.cells, row.query, found.length > 0]).toEqual([row.cells, row.query, true]);
        if (row.row !== undefined) expect([row.query, found.includes(row.row)]).toEqual([row.query, true]);
        if (subject === 'session' && row.key !== undefined) {
          expect([row.query, found.length]).toEqual([row.query, countIn(subject, row)]);
        }
      }
    }
  },
  60_000,
);

test('so does a row of the history of a resource', async () => {
  const names = some(store.distinct('resource'), 20).map(({ value }) => value.split('\u001f')[0] ?? '');
  for (const name of names.filter((text) => text !== '')) {
    for (const row of some(await rowsOf('resource', { of: [name] }), 10)) {
      expect([name, row.query, (await foundBy(row)).includes(row.row ?? -1)]).toEqual([name, row.query, true]);
    }
  }
}, 60_000);
