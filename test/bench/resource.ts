import { namingQuery } from '../../src/query/resource-query.ts';
import type { Store } from '../../src/store/store.ts';
import { readHistory } from '../../src/ui/resource-history.ts';
import { ResourceRecords } from '../../src/ui/resource-records.ts';
import type { Line } from './report.ts';

/** The history of the resource that most events of a large corpus name: what is shown first, and all of it. */
export async function* measureResource(store: Store): AsyncIterable<Line> {
  const name = store.frequent('resource', 1)[0]?.value.split('\u001f')[0] ?? '';
  const { signal } = new AbortController();
  const records = new ResourceRecords({ store, search: (query) => store.search(query, { signal }), signal });
  const started = performance.now();
  const since = () => performance.now() - started;
  let first = Number.NaN;
  let showing: Promise<void> = Promise.resolve();
  const found = await store.search(namingQuery(name), {
    signal,
    onColumns: (result) => {
      showing = readHistory(records, result, name).then(() => {
        first = since();
      });
    },
  });
  await showing;
  const { entries } = await readHistory(records, found, name);
  const whole = since();
  const note = `${found.total} events name it, ${entries.length} rows`;
  yield { what: 'history of a resource, first rows', value: first, unit: 'ms', budget: { most: 300 } };
  yield { what: 'history of a resource, whole', value: whole, unit: 'ms', budget: { most: 1000 }, note };
}
