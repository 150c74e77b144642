import { rmSync } from 'node:fs';
import { parseQuery } from '../../src/query/parse.ts';
import { logFilesSource } from '../../src/sources/log-files/log-files-source.ts';
import type { FacetId } from '../../src/store/analysis.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';
import type { Bench } from './bench.ts';
import { makeCorpus } from './ingest.ts';
import { quantile } from './measure.ts';
import type { Line } from './report.ts';

/** What the panel of facets shows. */
const FACETS: readonly FacetId[] = [
  'name',
  'source',
  'who',
  'role',
  'session',
  'ip',
  'error',
  'region',
  'account',
  'resource',
  'family',
];
const BUCKETS = 200;
const TIMES = 7;

/** What is asked of a result besides its rows, of everything and of a part of the large corpus. */
export async function* measureAnalysis(bench: Bench): AsyncIterable<Line> {
  const { folder } = await makeCorpus(bench, {
    name: 'analysis',
    files: Math.ceil(bench.events / 2000),
    events: bench.events,
  });
  const store = await openStore({ tempParent: bench.folder });
  try {
    store.warm();
    await logFilesSource({ paths: [folder] }).read(async (batch) => void (await store.append(batch)));
    const results = [await search(store, ''), await search(store, 'region:eu-west-1 | readOnly:false')];
    for (const result of results) {
      const of = `of ${result.total} events`;
      const facets = await medianOf(() => store.facets(result, FACETS));
      yield { what: `${FACETS.length} facets ${of}`, value: facets, unit: 'ms', budget: { most: 300 } };
      const timeline = await medianOf(() => store.timeline(result, BUCKETS));
      yield { what: `histogram ${of}`, value: timeline, unit: 'ms', budget: { most: 100 } };
      const groups = await medianOf(() => store.groups(result, ['who', 'name', 'resource', 'message']));
      yield { what: `groups by four fields ${of}`, value: groups, unit: 'ms' };
      const fold = await medianOf(() => store.fold(result, new Set()));
      yield { what: `runs folded ${of}`, value: fold, unit: 'ms' };
    }
    const started = performance.now();
    await store.findFirsts();
    yield { what: 'firsts found', value: performance.now() - started, unit: 'ms', budget: { most: 500 } };
    const body = await medianOf(() => search(store, "'nowhere-to-be-found"));
    yield { what: 'text of all records searched', value: body, unit: 'ms', budget: { most: 1000 } };
    yield {
      what: 'search after one that is given up',
      value: await afterGivingUp(store),
      unit: 'ms',
      budget: { most: 100 },
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** How long a search of the columns takes when one of the texts has just been given up, in the middle. */
async function afterGivingUp(store: Store): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const stop = new AbortController();
    const givenUp = search(store, "'nowhere-to-be-found", stop.signal).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    const started = performance.now();
    await search(store, 'error:denied');
    times.push(performance.now() - started);
    await givenUp;
  }
  return quantile(times, 0.5);
}

async function search(store: Store, text: string, signal?: AbortSignal): Promise<Result> {
  const { query, error } = parseQuery(text, { now: Date.UTC(2026, 4, 20, 15), zone: 'utc' });
  if (query === null) throw new Error(`${text}: ${error.reason}`);
  return await store.search(query, { signal });
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return quantile(times, 0.5);
}
