import { parseQuery } from '../../src/query/parse.ts';
import type { Query } from '../../src/query/query.ts';
import { BatchBuilder } from '../../src/sources/log-files/batch-builder.ts';
import { RecordReader } from '../../src/sources/log-files/record-reader.ts';
import { RecordStream } from '../../src/sources/log-files/record-stream.ts';
import type { Batch } from '../../src/store/batch.ts';
import { type OpenStoreOptions, openStore } from '../../src/store/open-store.ts';
import type { Result } from '../../src/store/result.ts';
import type { Store } from '../../src/store/store.ts';

export const NOW = Date.UTC(2026, 4, 20, 12);

/** What readers send for these records, in batches of some rows, as the file with this place in the reading order. */
export function batchesOf(records: readonly string[], ordinal = 0, rows = Number.POSITIVE_INFINITY): readonly Batch[] {
  const builder = new BatchBuilder();
  const reader = new RecordReader(builder);
  const batches: Batch[] = [];
  reader.onFull = () => void batches.push(builder.take());
  reader.beginFile(ordinal);
  for (const record of records) {
    const stream = new RecordStream(reader, reader.scanner);
    stream.push(Buffer.from(record), true);
    if (builder.count >= rows) batches.push(builder.take());
  }
  if (builder.count > 0) batches.push(builder.take());
  return batches;
}

export async function appendAll(store: Store, records: readonly string[], ordinal = 0): Promise<void> {
  for (const batch of batchesOf(records, ordinal)) await store.append(batch);
}

/** A store that holds these records, for the time of `use`. */
export async function withStore<T>(
  records: readonly string[],
  use: (store: Store) => Promise<T>,
  options?: OpenStoreOptions,
): Promise<T> {
  const store = await openStore(options);
  try {
    await appendAll(store, records);
    return await use(store);
  } finally {
    await store.close();
  }
}

export function query(text: string): Query {
  const { query, error } = parseQuery(text, { now: NOW, zone: 'utc' });
  if (error !== null) throw new Error(`${text}: ${error.reason}`);
  return query;
}

/** The texts of a result, in its order. */
export async function textsOf(store: Store, result: Result): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const page of store.records(result)) texts.push(...page);
  return texts;
}

/** The events' names, in the order of the result. */
export async function namesOf(store: Store, result: Result): Promise<readonly string[]> {
  return (await store.window(result, 0, result.total)).map(({ cells }) => cells.name);
}
