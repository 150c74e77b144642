// Events into a Parquet file, by the database's own threads. What only this side knows (notes, paths of the record) is
// given with the rows. Part by part, each with just its own records: a join and a sort of all would take more memory
// than the database has.

import { DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { CopiedColumn, CopiedPage, CopyOptions } from './copied.ts';
import { selectOf } from './copy-sql.ts';
import type { Params } from './duck.ts';
import type { Parts } from './parts.ts';
import { quoted } from './quoted.ts';
import { Slices } from './slices.ts';
import { StoreError } from './store.ts';

/** Small enough that reading them takes little memory; large enough for columns to be worth it. */
const ROW_GROUP = 16_384;
const FORMAT = `(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${ROW_GROUP})`;
/** Texts of a part; where none are read, rows. Several parts are files beside the target, put together at the end. */
const PART_BYTES = 128 * 1024 * 1024;
const PART_ROWS = 250_000;
const PART_FORMAT = `(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${ROW_GROUP})`;
/** Share of the time that the parts take. */
const SORTED = 0.7;
/** Rows of one DuckDB vector. */
const VECTOR = 2048;
/** More of them written at a time would hold up the thread that keys come to. */
const FLUSHED_ROWS = 10_000;

const NO_RECORDS = { sql: '', params: {} };

let tables = 0;

/** See Store.copyTo. */
export async function copyEvents(
  parts: Parts,
  file: string,
  pages: AsyncIterable<CopiedPage>,
  columns: readonly CopiedColumn[],
  { signal, onProgress }: CopyOptions = {},
): Promise<number> {
  signal?.throwIfAborted();
  const given = columns.filter(({ source }) => source.kind === 'given').length;
  const listed = `listed_${tables++}`;
  try {
    const rows = await list(parts, listed, pages, given, signal);
    const count = rows.length;
    await parts.table.settle();
    let done = 0;
    // With each step of its plan DuckDB may begin to count anew.
    const report = (share: number): void => {
      done = Math.max(done, Math.floor(share * count));
      onProgress?.(done);
    };
    report(0);
    const { select, params, readsRecords } = await selectOf(parts, columns, listed);
    const size = readsRecords
      ? Math.max(10_000, Math.floor(PART_BYTES / Math.max(1, parts.segments.bytesPerRow)))
      : PART_ROWS;
    const steps = Math.max(1, Math.ceil(count / size));
    const copyPart = async (k: number, to: string, format: string, onPart: (share: number) => void) => {
      const range = [k * size, Math.min(count, (k + 1) * size)] as const;
      return await parts.segments.whileReading(async () => {
        const records = readsRecords ? await parts.segments.select(rows.subarray(...range), signal) : NO_RECORDS;
        const both = { ...params, ...records.params };
        return await copy(parts, select(range, records.sql), both, to, format, signal, onPart);
      });
    };
    let written = 0;
    if (steps === 1) written = await copyPart(0, file, FORMAT, report);
    else {
      const files = Array.from({ length: steps }, (_, k) => `${file}.${k}`);
      for (const [k, part] of files.entries()) {
        await copyPart(k, part, PART_FORMAT, (share) => report(((k + share) / steps) * SORTED));
      }
      const all = `FROM read_parquet([${files.map(quoted).join(', ')}])`;
      written = await copy(parts, all, {}, file, FORMAT, signal, (share) => report(SORTED + share * (1 - SORTED)));
    }
    // A damaged segment: nothing may be lost in silence.
    if (written !== count) throw new StoreError(`only ${written} of ${count} events could be read back`);
    onProgress?.(count);
    return count;
  } finally {
    await parts.duck.query(`DROP TABLE IF EXISTS ${listed}`).catch(() => {});
  }
}

/** @returns how many rows were written */
async function copy(
  { duck }: Parts,
  sql: string,
  params: Params,
  file: string,
  format: string,
  signal: AbortSignal | undefined,
  report: (share: number) => void,
): Promise<number> {
  const copied = await duck.query(`COPY (${sql}) TO ${quoted(file)} ${format}`, params, signal, report);
  return Number(copied.values(0)[0] ?? 0);
}

/** Makes the table listed(place, row, g0, g1 …). @returns the rows */
async function list(
  { duck }: Parts,
  listed: string,
  pages: AsyncIterable<CopiedPage>,
  given: number,
  signal: AbortSignal | undefined,
): Promise<Int32Array> {
  const types = [INTEGER, INTEGER, ...Array.from({ length: given }, () => VARCHAR)];
  const names = ['place', 'row', ...Array.from({ length: given }, (_, k) => `g${k}`)];
  await duck.query(`CREATE TABLE ${listed} (${names.map((name, k) => `${name} ${types[k]}`).join(', ')})`);
  const appender = await duck.appending.createAppender(listed);
  const slices = new Slices();
  let all = new Int32Array(VECTOR);
  let count = 0;
  let flushed = 0;
  try {
    for await (const page of pages) {
      for (let start = 0; start < page.rows.length; start += VECTOR) {
        signal?.throwIfAborted();
        const rows = page.rows.subarray(start, start + VECTOR);
        const chunk = DuckDBDataChunk.create(types, rows.length);
        chunk.setColumns([
          Array.from(rows, (_, k) => count + k),
          Array.from(rows),
          ...page.given.map((values) => values.slice(start, start + VECTOR)),
        ]);
        appender.appendDataChunk(chunk);
        if (count + rows.length > all.length) {
          const longer = new Int32Array(all.length * 2);
          longer.set(all);
          all = longer;
        }
        all.set(rows, count);
        count += rows.length;
        if (count - flushed >= FLUSHED_ROWS) {
          appender.flushSync();
          flushed = count;
        }
        await slices.next();
      }
    }
  } finally {
    appender.closeSync();
  }
  return all.subarray(0, count);
}
