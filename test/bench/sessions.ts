import { rmSync } from 'node:fs';
import { parseQuery } from '../../src/query/parse.ts';
import { logFilesSource } from '../../src/sources/log-files/log-files-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { CallerSession } from '../../src/store/sessions.ts';
import type { Store } from '../../src/store/store.ts';
import { appendAll } from '../store/events.ts';
import { assuming, call, isoOf, roleSession, user } from '../store/session-records.ts';
import type { Bench } from './bench.ts';
import { makeCorpus } from './ingest.ts';
import { quantile } from './measure.ts';
import type { Line } from './report.ts';
import { measureResource } from './resource.ts';

const CHAINS = 40;
const TIMES = 5;
/** Events of the one large session. */
const LARGE = 100_000;
const [FIRST, SECOND] = ['ASIABENCHMARK0000001', 'ASIABENCHMARK0000002'];

/** Where sessions come from, asked of a large corpus, with a chain of three whose last session is large. */
export async function* measureSessions(bench: Bench): AsyncIterable<Line> {
  const shape = { name: 'sessions', files: Math.ceil(bench.events / 2000), events: bench.events };
  const { folder } = await makeCorpus(bench, shape);
  const store = await openStore({ tempParent: bench.folder });
  try {
    await logFilesSource({ paths: [folder] }).read(async (batch) => void (await store.append(batch)));
    await appendAll(store, largeChain(), 1_000_000);
    const all = await search(store, '');
    const step = Math.max(1, Math.floor(all.total / CHAINS));
    const rows = Array.from({ length: CHAINS }, (_, k) => all.rows[k * step] ?? all.rows[0]) as number[];
    const times: number[] = [];
    let steps = 0;
    for (const row of rows) {
      const started = performance.now();
      steps += (await store.callers.chainOf(row)).steps.length;
      times.push(performance.now() - started);
    }
    const note = `median ${quantile(times, 0.5).toFixed(0)} ms, ${steps} steps`;
    yield {
      what: `chains of ${CHAINS} events, the slowest`,
      value: Math.max(...times),
      unit: 'ms',
      budget: { most: 200 },
      note,
    };
    const [row = 0] = (await search(store, `key:${SECOND}`)).rows;
    const chain = await store.callers.chainOf(row);
    const large = await medianOf(() => store.callers.chainOf(row));
    const calls = chain.steps.map(({ session }) => session.calls).join(', ');
    yield { what: 'chain of three', value: large, unit: 'ms', budget: { most: 200 }, note: `of ${calls} calls` };
    const top = chain.steps.at(-1)?.session as CallerSession;
    yield { what: 'sessions that one began', value: await medianOf(() => store.callers.begunBy(top)), unit: 'ms' };
    const { total } = await store.callers.sessions(all, { limit: 1 });
    const list = await medianOf(() => store.callers.sessions(all, { limit: 1000 }));
    yield { what: `sessions of ${all.total} events`, value: list, unit: 'ms', note: `${total} sessions` };
    yield* measureResource(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

function largeChain(): readonly string[] {
  const used = call(30, 'GetObject', roleSession('Data', 'job', { key: SECOND, created: 20 }));
  return [
    call(0, 'sts:AssumeRole', user('alice', 'AKIABENCHMARK0000001'), assuming('Deploy', 'alice', FIRST)),
    call(20, 'sts:AssumeRole', roleSession('Deploy', 'alice', { key: FIRST }), assuming('Data', 'job', SECOND)),
    ...Array.from({ length: LARGE }, (_, k) =>
      used.replace(/"event-\d+"/, `"large-${k}"`).replace(isoOf(30), isoOf(30 + (k % 3600))),
    ),
  ];
}

async function search(store: Store, text: string): Promise<Result> {
  const { query, error } = parseQuery(text, { now: 0, zone: 'utc' });
  if (query === null) throw new Error(`${text}: ${error.reason}`);
  return await store.search(query);
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
