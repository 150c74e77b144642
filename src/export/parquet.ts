// Parquet keeps columns together, so the file can only be written when all rows are known: they are gathered in
// a DuckDB table, which goes to a temporary folder where it is large; DuckDB writes the Parquet file there, and its bytes
// are handed on. (A DuckDB file would be written twice, and closing it holds this thread up for seconds.)

import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import { FIELDS, RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import { cellOf, type ExportColumn } from './columns.ts';
import { parseExact } from './exact-json.ts';
import type { Page } from './export-rows.ts';
import { ioReason } from './io-reason.ts';
import { OutputError } from './output.ts';

export type ParquetOptions = {
  /** Null: every field, and the record. */
  readonly columns: readonly ExportColumn[] | null;
  readonly noteOf: ((row: number) => string | null) | null;
  readonly zone: TimeZoneChoice;
};

type Column = {
  readonly name: string;
  readonly type: DuckDBType;
  readonly value: (event: TrailEvent, record: Readonly<Record<string, unknown>>, text: string) => DuckDBValue;
};

const RESOURCES = LIST(VARCHAR);

const TIME = {
  type: TIMESTAMP,
  value: ({ time }: TrailEvent) => (time === null ? null : timestamp(time)),
};
const RESOURCE = { type: RESOURCES, value: ({ cells }: TrailEvent) => resources(cells.resource) };

/** Every field under CloudTrail's name for it (or ours, where CloudTrail has none), and the record itself. */
const COLUMNS: readonly Column[] = [
  ...FIELDS.filter((field) => field.kind !== 'derived').map((field): Column => {
    const name = field.path === '' ? field.id : field.path;
    switch (field.id) {
      case 'time':
        return { name, ...TIME };
      case 'resource':
        return { name, ...RESOURCE };
      case 'id':
      case 'request':
      // The store's `error` is the message where there is no code; a column called errorCode is not.
      case 'error':
        return { name, type: VARCHAR, value: (_, record) => textOf(record[name]) || null };
      default: {
        const { id } = field;
        return { name, type: VARCHAR, value: ({ cells }) => cells[id] || null };
      }
    }
  }),
  { name: 'record', type: VARCHAR, value: (_event, _record, text) => text },
];

/** As in CSV, but a time is a time, resources are a list, and what is absent is NULL. */
function columnOf(column: ExportColumn, zone: TimeZoneChoice): Column {
  const { name, source } = column;
  if (source.kind === 'field' && source.id === 'time') return { name, ...TIME };
  if (source.kind === 'field' && source.id === 'resource') return { name, ...RESOURCE };
  return { name, type: VARCHAR, value: (event, record) => cellOf(column, event, record, zone) || null };
}

function columnsOf({ columns, noteOf, zone }: ParquetOptions): readonly Column[] {
  const asked = columns === null ? COLUMNS : columns.map((column) => columnOf(column, zone));
  const all: readonly Column[] =
    noteOf === null ? asked : [...asked, { name: 'note', type: VARCHAR, value: ({ row }) => noteOf(row) }];
  // Two columns of a table cannot share a name, whatever the case.
  const seen = new Set<string>();
  return all.filter(({ name }) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}

/** DuckDB's vectors hold this many rows. */
const CHUNK_ROWS = 2048;
/** Small enough that scanning every record needs little memory. */
const ROW_GROUP_ROWS = 16_384;

/** The events as the bytes of one Parquet file. Rejects with OutputError where the temporary folder is full. */
export async function* parquet(pages: AsyncIterable<Page>, options: ParquetOptions): AsyncGenerator<Uint8Array> {
  // Named as the store names its own, so that the next start removes what a killed process leaves.
  const folder = await mkdtemp(join(tmpdir(), `trailx-${process.pid}-`));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    const path = join(folder, 'events.parquet');
    await writeParquet(pages, columnsOf(options), folder, path);
    yield* createReadStream(path, { highWaterMark: 1 << 20 });
  } catch (error) {
    if (/No space left on device|could not (?:write|allocate)/i.test((error as Error).message)) {
      throw new OutputError(`cannot write Parquet by way of ${folder}: ${ioReason({ code: 'ENOSPC' })}`);
    }
    throw error;
  } finally {
    process.off('exit', removeNow);
    removeNow();
  }
}

async function writeParquet(
  pages: AsyncIterable<Page>,
  columns: readonly Column[],
  folder: string,
  path: string,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '400MB',
    threads: '2',
    temp_directory: folder,
  });
  try {
    const connection = await instance.connect();
    try {
      await gather(connection, pages, columns);
      await connection.run(
        `COPY events TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`,
      );
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function gather(
  connection: DuckDBConnection,
  pages: AsyncIterable<Page>,
  columns: readonly Column[],
): Promise<void> {
  const definitions = columns.map(({ name, type }) => `"${name.replaceAll('"', '""')}" ${type}`).join(', ');
  await connection.run(`CREATE TABLE events (${definitions})`);
  const appender = await connection.createAppender('events');
  try {
    for await (const { events, texts } of pages) {
      for (let at = 0; at < events.length; at += CHUNK_ROWS) {
        append(appender, columns, events.slice(at, at + CHUNK_ROWS), texts.slice(at, at + CHUNK_ROWS));
        // Little by little: a hundred thousand rows at once would hold up the explorer's keys for seconds.
        appender.flushSync();
      }
    }
  } finally {
    appender.closeSync();
  }
}

function append(
  appender: DuckDBAppender,
  columns: readonly Column[],
  events: readonly TrailEvent[],
  texts: readonly string[],
): void {
  const records = texts.map((text) => objectOf(parseExact(text)));
  const chunk = DuckDBDataChunk.create(
    columns.map(({ type }) => type),
    events.length,
  );
  chunk.setColumns(
    columns.map(({ value }) => events.map((event, row) => value(event, records[row] ?? {}, texts[row] ?? ''))),
  );
  appender.appendDataChunk(chunk);
}

function timestamp(ms: number): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(ms) * 1000n);
}

function resources(joined: string): DuckDBValue {
  return listValue(joined === '' ? [] : joined.split(RESOURCE_SEPARATOR));
}
