// Parquet keeps columns together, so the file can only be written when all rows are known: they are gathered in a
// DuckDB file in a temporary folder, DuckDB writes the Parquet file beside it, and its bytes are handed on.

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
import { ioReason } from './io-reason.ts';
import { OutputError } from './output.ts';

/** An event with the text of its record. */
export type RecordedEvent = { readonly event: TrailEvent; readonly text: string };

type Column = {
  readonly name: string;
  readonly type: DuckDBType;
  readonly value: (event: TrailEvent, record: Readonly<Record<string, unknown>>, text: string) => DuckDBValue;
};

const RESOURCES = LIST(VARCHAR);

/** Every field under CloudTrail's name for it (or ours, where CloudTrail has none), and the record itself. */
const COLUMNS: readonly Column[] = [
  ...FIELDS.filter((field) => field.kind !== 'derived').map((field): Column => {
    const name = field.path === '' ? field.id : field.path;
    switch (field.id) {
      case 'time':
        return { name, type: TIMESTAMP, value: ({ time }) => (time === null ? null : timestamp(time)) };
      case 'resource':
        return { name, type: RESOURCES, value: ({ cells }) => resources(cells.resource) };
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

/** DuckDB's vectors hold this many rows. */
const CHUNK_ROWS = 2048;
/** Small enough that scanning every record needs little memory. */
const ROW_GROUP_ROWS = 16_384;

/** The events as the bytes of one Parquet file. Rejects with OutputError where the temporary folder is full. */
export async function* parquet(batches: AsyncIterable<readonly RecordedEvent[]>): AsyncGenerator<Uint8Array> {
  // Named as the store names its own, so that the next start removes what a killed process leaves.
  const folder = await mkdtemp(join(tmpdir(), `trailx-${process.pid}-`));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    const path = join(folder, 'events.parquet');
    await writeParquet(batches, folder, path);
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
  batches: AsyncIterable<readonly RecordedEvent[]>,
  folder: string,
  path: string,
): Promise<void> {
  const instance = await DuckDBInstance.create(join(folder, 'events.duckdb'), { memory_limit: '400MB', threads: '2' });
  try {
    const connection = await instance.connect();
    try {
      await gather(connection, batches);
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

async function gather(connection: DuckDBConnection, batches: AsyncIterable<readonly RecordedEvent[]>): Promise<void> {
  const columns = COLUMNS.map(({ name, type }) => `"${name}" ${type}`).join(', ');
  await connection.run(`CREATE TABLE events (${columns})`);
  const appender = await connection.createAppender('events');
  try {
    for await (const batch of batches) {
      for (let at = 0; at < batch.length; at += CHUNK_ROWS) append(appender, batch.slice(at, at + CHUNK_ROWS));
    }
  } finally {
    appender.closeSync();
  }
}

function append(appender: DuckDBAppender, events: readonly RecordedEvent[]): void {
  const records = events.map(({ text }) => objectOf(JSON.parse(text)));
  const chunk = DuckDBDataChunk.create(
    COLUMNS.map(({ type }) => type),
    events.length,
  );
  chunk.setColumns(
    COLUMNS.map(({ value }) => events.map(({ event, text }, row) => value(event, records[row] ?? {}, text))),
  );
  appender.appendDataChunk(chunk);
}

function timestamp(ms: number): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(ms) * 1000n);
}

function resources(joined: string): DuckDBValue {
  return listValue(joined === '' ? [] : joined.split(RESOURCE_SEPARATOR));
}
