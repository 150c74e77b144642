import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exportEvents } from '../../src/export/export-events.ts';
import type { FileFormat } from '../../src/export/format.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { logFilesSource } from '../../src/sources/log-files/log-files-source.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';
import type { Bench } from './bench.ts';
import { makeCorpus } from './ingest.ts';
import { type Measured, run } from './measure.ts';
import type { Line } from './report.ts';

type Case = {
  readonly what: string;
  readonly format: FileFormat;
  readonly columns?: readonly string[];
  readonly least?: number;
};

const LIST_COLUMNS = ['time', 'name', 'source', 'who', 'ip', 'resource'];

const CASES: readonly Case[] = [
  { what: 'NDJSON', format: 'ndjson', least: 100_000 },
  { what: 'CSV of the console', format: 'csv' },
  { what: 'CSV, columns of the list', format: 'csv', columns: LIST_COLUMNS },
  { what: 'CSV, a path of the record', format: 'csv', columns: ['time', 'requestParameters.bucketName'] },
  { what: 'Markdown', format: 'markdown' },
  { what: 'Parquet', format: 'parquet' },
];

/** Everything that is loaded, written to a file; beside jq, which reads and writes the same records, and fzf, which
 *  looks for a mistyped name in the same lines. */
export async function* measureExport(bench: Bench): AsyncIterable<Line> {
  const { events } = bench;
  const { folder } = await makeCorpus(bench, { name: 'export', files: Math.ceil(events / 2000), events });
  const store = await openStore({ tempParent: bench.folder });
  try {
    await logFilesSource({ paths: [folder] }).read(async (batch) => void (await store.append(batch)));
    rmSync(folder, { recursive: true });
    const result = await store.search({ kind: 'all' });
    for (const { what, format, columns, least } of CASES) {
      const path = join(bench.folder, `export.${format}`);
      const ms = await written(store, result, path, format, columns);
      const note = `${result.total} events, ${Math.round(statSync(path).size / 1e6)} MB in ${(ms / 1000).toFixed(1)} s`;
      const value = result.total / (ms / 1000);
      yield { what, value, unit: 'events/s', note, ...(least === undefined ? {} : { budget: { least } }) };
      if (format === 'ndjson') yield await besideJq(path, ms);
      if (columns === LIST_COLUMNS) yield await besideFzf(store, path);
      rmSync(path);
    }
  } finally {
    await store.close();
  }
}

async function written(
  store: Store,
  result: Result,
  path: string,
  format: FileFormat,
  columns: readonly string[] | undefined,
): Promise<number> {
  const { signal } = new AbortController();
  const started = performance.now();
  await exportEvents({ store, result, format, path, force: false, signal, ...(columns && { columns }) });
  return performance.now() - started;
}

async function besideJq(path: string, ms: number): Promise<Line> {
  const what = '  against jq -c . of the same records';
  const copy = `${path}.jq`;
  const jq = await runIfThere('jq', `jq -c . '${path}' > '${copy}'`);
  if (jq === null) return { what, value: Number.NaN, unit: 'skipped', note: 'jq is not installed' };
  rmSync(copy);
  return { what, value: ms / jq.ms, unit: 'ratio', note: `jq takes ${(jq.ms / 1000).toFixed(1)} s` };
}

/** fzf reads its lines each time; a search here runs over what is loaded, so reading is taken off. */
async function besideFzf(store: Store, path: string): Promise<Line> {
  const what = '  "termnate" against fzf --filter in these lines';
  const fzf = await runIfThere('fzf', `fzf --filter=termnate < '${path}' > /dev/null`);
  if (fzf === null) return { what, value: Number.NaN, unit: 'skipped', note: 'fzf is not installed' };
  const reading = await run('/bin/sh', ['-c', `fzf --filter= < '${path}' > /dev/null`]);
  const { query } = parseQuery('termnate', { now: 0, zone: 'utc' });
  if (query === null) throw new Error('termnate');
  const started = performance.now();
  const columns = Promise.withResolvers<Result>();
  const whole = store.search(query, { onColumns: columns.resolve });
  await Promise.race([columns.promise, whole]);
  const ms = performance.now() - started;
  await whole;
  const fzfMs = Math.max(1, fzf.ms - reading.ms);
  return {
    what,
    value: ms / fzfMs,
    unit: 'ratio',
    note: `${ms.toFixed(0)} ms; fzf ${fzfMs.toFixed(0)} ms, reading taken off`,
  };
}

async function runIfThere(program: string, command: string): Promise<Measured | null> {
  const found = await run('/bin/sh', ['-c', `command -v ${program}`]);
  return found.code === 0 ? await run('/bin/sh', ['-c', command]) : null;
}
