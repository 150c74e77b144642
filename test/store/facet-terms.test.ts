// What the facets count is what `=` on a value finds: over the built-in sample, for every field and its values.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldTerm } from '../../src/query/edit.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import { sampleSource } from '../../src/sources/sample/sample-source.ts';
import { FACET_FIELDS } from '../../src/state/facets-panel.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore();
  await sampleSource(Date.UTC(2026, 10, 22, 16, 20, 30)).read(async (batch) => void (await store.append(batch)));
});
afterAll(async () => await store.close());

/** As the explorer asks: through the text in the search line. */
async function countOf(field: string, value: string): Promise<number> {
  const { query } = parseQuery(printQuery(fieldTerm(field, value)), { now: 0, zone: 'utc' });
  if (query === null) throw new Error(`not read back: ${field} ${value}`);
  return (await store.search(query)).total;
}

/** who:erin finds erin, and whoever has erin as one half of role/session. */
function countOfHalves(values: readonly { readonly value: string; readonly count: number }[], name: string): number {
  const meant = values.filter(
    ({ value }) => value === name || value.startsWith(`${name}/`) || value.endsWith(`/${name}`),
  );
  return meant.reduce((sum, { count }) => sum + count, 0);
}

test.each(FACET_FIELDS)('%s', async (field) => {
  const all = await store.search({ kind: 'all' });
  const [facet] = await store.facets(all, [field]);
  if (facet === undefined) throw new Error('no answer');
  const asked = [...facet.values.slice(0, 15), ...facet.values.slice(-5)];
  expect(asked.length).toBeGreaterThan(0);
  for (const { value, count } of asked) {
    const expected = field === 'who' ? countOfHalves(facet.values, value) : count;
    expect([value, await countOf(field, value)]).toEqual([value, expected]);
  }
  expect(await countOf(field, '')).toBe(facet.absent);
});
