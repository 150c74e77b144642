// Events into a Parquet file, by the database's own threads: from the columns, the dictionaries and the records' texts,
// put in order by a sort that goes to the temporary folder where it is large. What only this side knows (notes, paths
// of the record) is given with the rows.

import { DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import { FIRST_KINDS } from '../cloudtrail/firsts.ts';
import { firstBit } from '../query/compile-derived.ts';
import type { CopiedColumn, CopiedPage, CopyOptions } from './copied.ts';
import type { Parts } from './parts.ts';
import { quoted } from './quoted.ts';
import { Slices } from './slices.ts';
import { StoreError } from './store.ts';

/** Small enough that reading them takes little memory; large enough for columns to be worth it. */
const ROW_GROUP = 16_384;
/** Rows of one DuckDB vector. */
const VECTOR = 2048;
/** More of them written at a time would hold up the thread that keys come to. */
const FLUSHED_ROWS = 10_000;

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
    const count = await list(parts, listed, pages, given, signal);
    await parts.table.settle();
    let done = 0;
    // With each step of its plan DuckDB may begin to count anew.
    const report = (part: number): void => {
      done = Math.max(done, Math.floor(part * count));
      onProgress?.(done);
    };
    report(0);
    await parts.segments.whileReading(async () => {
      const { sql, params } = await selectOf(parts, columns, listed);
      const format = `(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${ROW_GROUP})`;
      const copied = await parts.duck.query(`COPY (${sql}) TO ${quoted(file)} ${format}`, params, signal, report);
      // A damaged segment: nothing may be lost in silence.
      const written = Number(copied.values(0)[0] ?? 0);
      if (written !== count) throw new StoreError(`only ${written} of ${count} events could be read back`);
    });
    onProgress?.(count);
    return count;
  } finally {
    await parts.duck.query(`DROP TABLE IF EXISTS ${listed}`).catch(() => {});
  }
}

/** Makes the table listed(place, row, g0, g1 …). */
async function list(
  { duck }: Parts,
  listed: string,
  pages: AsyncIterable<CopiedPage>,
  given: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const types = [INTEGER, INTEGER, ...Array.from({ length: given }, () => VARCHAR)];
  const names = ['place', 'row', ...Array.from({ length: given }, (_, k) => `g${k}`)];
  await duck.query(`CREATE TABLE ${listed} (${names.map((name, k) => `${name} ${types[k]}`).join(', ')})`);
  const appender = await duck.appending.createAppender(listed);
  const slices = new Slices();
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
  return count;
}

type Statement = { readonly sql: string; readonly params: Record<string, string> };

async function selectOf(parts: Parts, columns: readonly CopiedColumn[], listed: string): Promise<Statement> {
  const params: Record<string, string> = {};
  // Kept by their text: a table that several columns need is joined once.
  const joins = new Set<string>();
  const members = [...new Set(columns.flatMap(({ source }) => (source.kind === 'member' ? [source.key] : [])))];
  let given = 0;
  const readValue = async ({ source }: CopiedColumn): Promise<string> => {
    switch (source.kind) {
      case 'time':
        return 'make_timestamp(e.time::BIGINT * 1000)';
      case 'field':
      case 'resources': {
        const id = source.kind === 'field' ? source.id : 'resource';
        joins.add(`LEFT JOIN d_${id} ON d_${id}.id = e.f_${id}`);
        if (source.kind === 'field') return `nullif(d_${id}.value, '')`;
        const list = `string_split(d_${id}.value, chr(${RESOURCE_SEPARATOR.charCodeAt(0)}))`;
        return `CASE WHEN e.f_${id} = 0 THEN []::VARCHAR[] ELSE ${list} END`;
      }
      case 'mapped': {
        const name = `m${joins.size}`;
        const values = await mapped(parts.table.dictionaries[source.id].values, source.map);
        params[name] = JSON.stringify(values);
        const list = `SELECT unnest(range(${values.length})) AS id, unnest(from_json($${name}, '["VARCHAR"]')) AS value`;
        joins.add(`LEFT JOIN (${list}) ${name} ON ${name}.id = e.f_${source.id}`);
        return `nullif(${name}.value, '')`;
      }
      case 'family':
        joins.add('LEFT JOIN agent_families a ON a.id = e.f_agent');
        return `nullif(a.family, '')`;
      case 'firsts': {
        joins.add('LEFT JOIN firsts f ON f.row = e.row');
        const kinds = FIRST_KINDS.map((kind) => `CASE WHEN f.kinds & ${firstBit(kind)} <> 0 THEN ${quoted(kind)} END`);
        return `nullif(concat_ws(${quoted(source.separator)}, ${kinds.join(', ')}), '')`;
      }
      case 'member':
        return `nullif(${memberOf(source.key, members.indexOf(source.key))}, '')`;
      case 'record':
        return 'r.raw';
      case 'given':
        return `l.g${given++}`;
    }
  };
  const values: string[] = [];
  for (const column of columns) values.push(`${await readValue(column)} AS "${column.name.replaceAll('"', '""')}"`);
  if (columns.some(({ source }) => source.kind === 'record' || source.kind === 'member')) {
    const read = members.length === 0 ? '' : `, ${membersOf(members)} AS members`;
    joins.add(`JOIN (SELECT row, raw${read} FROM ${parts.segments.table()}) r ON r.row = e.row`);
  }
  return {
    sql: `SELECT ${values.join(', ')} FROM ${listed} l JOIN events e ON e.row = l.row ${[...joins].join(' ')}
      ORDER BY l.place`,
    params,
  };
}

/** All of them in one walk over the text; null where it is no JSON to the database (half a surrogate pair). */
function membersOf(keys: readonly string[]): string {
  return `TRY(json_extract(raw, [${keys.map((key) => quoted(`/${key}`)).join(', ')}]))`;
}

function memberOf(key: string, index: number): string {
  const value = `r.members[${index + 1}]`;
  const isPlain = `json_type(${value}) NOT IN ('OBJECT', 'ARRAY', 'NULL')`;
  const inText = `regexp_extract(r.raw, ${quoted(`"${key}":"([^"\\\\]*)"`)}, 1)`;
  return `CASE WHEN r.members IS NULL THEN ${inText} WHEN ${isPlain} THEN json_extract_string(${value}, '$') END`;
}

async function mapped(values: readonly string[], map: (value: string) => string): Promise<readonly string[]> {
  const slices = new Slices();
  const all: string[] = [];
  for (const value of values) {
    if (all.length % 100 === 99) await slices.next();
    all.push(map(value));
  }
  return all;
}
