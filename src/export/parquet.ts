// Parquet is written by the store's database, in threads of its own: it holds the columns already, so nothing has to come
// here and go back. Only what the record's paths lead to and notes are worked out here. The file is written in a
// temporary folder, and its bytes are handed on: where they go need not be a file.

import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import { isDeniedCode, resultText } from '../cloudtrail/outcome.ts';
import type { CopiedColumn, CopiedPage } from '../store/copied.ts';
import type { Store } from '../store/store.ts';
import { cellOf, type ExportColumn, VALUE_SEPARATOR } from './columns.ts';
import { parseExact } from './exact-json.ts';
import type { Page, PageParts } from './export-rows.ts';
import { ioReason } from './io-reason.ts';
import { OutputError } from './output.ts';

export type ParquetOptions = {
  /** Null: every field, and the record. */
  readonly columns: readonly ExportColumn[] | null;
  readonly noteOf: ((row: number) => string | null) | null;
  readonly signal: AbortSignal;
  readonly onWritten: (events: number) => void;
};

type Column = {
  readonly copied: CopiedColumn;
  /** Of a column that the store does not know. */
  readonly given: {
    readonly readsRecord: boolean;
    readonly value: (row: number, record: unknown) => string | null;
  } | null;
};

/** Every field under CloudTrail's name for it (or ours, where CloudTrail has none), and the record itself. */
const COLUMNS: readonly Column[] = [
  ...FIELDS.filter((field) => field.kind !== 'derived').map((field): Column => {
    const name = field.path === '' ? field.id : field.path;
    switch (field.id) {
      case 'time':
        return known(name, { kind: 'time' });
      case 'resource':
        return known(name, { kind: 'resources' });
      case 'id':
      case 'request':
      // The store's `error` is the message where there is no code; a column called errorCode is not.
      case 'error':
        return known(name, { kind: 'member', key: name });
      default:
        return known(name, { kind: 'field', id: field.id as StoredFieldId });
    }
  }),
  known('record', { kind: 'record' }),
];

function known(name: string, source: CopiedColumn['source']): Column {
  return { copied: { name, source }, given: null };
}

/** As in CSV, but a time is a time, resources are a list, and what is absent is NULL. */
function columnOf(column: ExportColumn): Column {
  const { name, source } = column;
  if (source.kind === 'path') {
    const value = (_: number, record: unknown) => cellOf(column, undefined, record, 'utc') || null;
    return { copied: { name, source: { kind: 'given' } }, given: { readsRecord: true, value } };
  }
  if (source.kind === 'result') {
    return known(name, { kind: 'mapped', id: 'error', map: (error) => resultText(error, isDeniedCode(error)) });
  }
  switch (source.id) {
    case 'time':
      return known(name, { kind: 'time' });
    case 'resource':
      return known(name, { kind: 'resources' });
    case 'family':
      return known(name, { kind: 'family' });
    case 'first':
      return known(name, { kind: 'firsts', separator: VALUE_SEPARATOR });
    case 'person':
      return known(name, { kind: 'person' });
    default:
      return known(name, { kind: 'field', id: source.id });
  }
}

function columnsOf({ columns, noteOf }: ParquetOptions): readonly Column[] {
  const all = columns === null ? [...COLUMNS] : columns.map(columnOf);
  if (noteOf !== null) {
    all.push({ copied: { name: 'note', source: { kind: 'given' } }, given: { readsRecord: false, value: noteOf } });
  }
  // Two columns of a table cannot share a name, whatever the case.
  const seen = new Set<string>();
  return all.filter(({ copied: { name } }) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}

/** The events as the bytes of one Parquet file. Rejects with OutputError where the temporary folder is full. */
export async function* parquet(
  store: Store,
  pages: (parts: PageParts) => AsyncIterable<Page>,
  options: ParquetOptions,
): AsyncGenerator<Uint8Array> {
  // Named as the store names its own, so that the next start removes what a killed process leaves.
  const folder = await mkdtemp(join(tmpdir(), `trailx-${process.pid}-`));
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    const path = join(folder, 'events.parquet');
    const count = await write(store, path, pages, options);
    yield* createReadStream(path, { highWaterMark: 1 << 20 });
    options.onWritten(count);
  } catch (error) {
    throw readable(error as Error, folder);
  } finally {
    process.off('exit', removeNow);
    removeNow();
  }
}

function readable(error: Error, folder: string): Error {
  if (/No space left on device|could not write|failed to offload/i.test(error.message)) {
    return new OutputError(`cannot write Parquet by way of ${folder}: ${ioReason({ code: 'ENOSPC' })}`);
  }
  if (!/^Out of Memory/i.test(error.message)) return error;
  return new OutputError('cannot write Parquet: it takes more memory than there is; other formats take less');
}

/** What takes long: to read the records for their paths, where there are any, else to write the file. */
async function write(
  store: Store,
  path: string,
  pages: (parts: PageParts) => AsyncIterable<Page>,
  options: ParquetOptions,
): Promise<number> {
  const { signal, onWritten } = options;
  const columns = columnsOf(options);
  const readsRecords = columns.some(({ given }) => given?.readsRecord);
  const listed = listPages(pages({ events: false, texts: readsRecords }), columns, readsRecords ? onWritten : null);
  const copied = columns.map((column) => column.copied);
  return await store.copyTo(path, listed, copied, { signal, ...(readsRecords ? {} : { onProgress: onWritten }) });
}

async function* listPages(
  pages: AsyncIterable<Page>,
  columns: readonly Column[],
  onListed: ((events: number) => void) | null,
): AsyncGenerator<CopiedPage> {
  const given = columns.flatMap((column) => column.given ?? []);
  let count = 0;
  for await (const { rows, texts } of pages) {
    const records = texts.map(parseExact);
    yield { rows, given: given.map(({ value }) => Array.from(rows, (row, k) => value(row, records[k] ?? null))) };
    count += rows.length;
    onListed?.(count);
  }
}
