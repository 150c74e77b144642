import { rmSync } from 'node:fs';
import { parseQuery } from '../../src/query/parse.ts';
import { logFilesSource } from '../../src/sources/log-files/log-files-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';
import type { Bench } from './bench.ts';
import { makeCorpus } from './ingest.ts';
import { quantile } from './measure.ts';
import type { Line } from './report.ts';

/** Typed letter by letter, each letter a search: a mistyped name, a person, an address, an id, an error, a path. */
const TYPED = ['termnate', 'alice', '203.0.113.9', 'i-0a7c31e9', 'error:denied', 'requestParameters.bucketName:*logs*'];
const ROWS = 50;

/** Searches in a store that holds the large corpus: what a letter costs until the list has its new rows. */
export async function* measureSearch(bench: Bench): AsyncIterable<Line> {
  const { folder } = await makeCorpus(bench, {
    name: 'search',
    files: Math.ceil(bench.events / 2000),
    events: bench.events,
  });
  const store = await openStore({ tempParent: bench.folder });
  try {
    // As the explorer does.
    store.warm();
    await logFilesSource({ paths: [folder] }).read(async (batch) => void (await store.append(batch)));
    const times: number[] = [];
    for (const text of TYPED) times.push(...(await lettersOf(store, text)));
    const note = `${times.length} letters on ${store.total} events`;
    yield { what: 'letter → rows, median', value: quantile(times, 0.5), unit: 'ms', budget: { most: 100 }, note };
    yield { what: 'letter → rows, 95 %', value: quantile(times, 0.95), unit: 'ms', budget: { most: 200 } };

    const complete: number[] = [];
    for (const text of TYPED) complete.push(await timeOf(() => search(store, text)));
    yield { what: 'whole word → all records searched, worst', value: Math.max(...complete), unit: 'ms' };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Time to the first rows after each letter; the search before it is given up, as a next letter does. */
async function lettersOf(store: Store, text: string): Promise<number[]> {
  const times: number[] = [];
  for (let length = 1; length <= text.length; length++) {
    const typed = text.slice(0, length);
    if (parseQuery(typed, clock()).query === null) continue;
    const stop = new AbortController();
    let whole: Promise<unknown> = Promise.resolve();
    times.push(
      await timeOf(async () => {
        const first = Promise.withResolvers<Result>();
        whole = search(store, typed, first.resolve, stop.signal).then(first.resolve, first.reject);
        await store.window(await first.promise, 0, ROWS);
      }),
    );
    stop.abort();
    await whole;
  }
  return times;
}

async function search(
  store: Store,
  text: string,
  onColumns?: (result: Result) => void,
  signal?: AbortSignal,
): Promise<Result> {
  const { query, error } = parseQuery(text, clock());
  if (query === null) throw new Error(`${text}: ${error.reason}`);
  return await store.search(query, { onColumns, signal });
}

function clock() {
  return { now: Date.UTC(2026, 4, 20, 15), zone: 'utc' } as const;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
