import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { consoleCsv } from '../export/console-csv.ts';
import { jsonArray, ndjson, type RecordTexts, recordsFile } from '../export/json.ts';
import type { RecordedEvent } from '../export/parquet.ts';
import { table } from '../export/table.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import type { TimeZoneChoice } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';
import type { Format } from './option-table.ts';

export type PrintOptions = {
  readonly format: Format;
  /** What a terminal would obey or hide is shown as JSON escapes; elsewhere nothing is altered. */
  readonly isForTerminal: boolean;
  /** Cells, for the table. */
  readonly width: number;
  readonly zone: TimeZoneChoice;
  readonly oldestFirst: boolean;
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Called with the number of events handed out so far. */
  readonly onPrinted: (events: number) => void;
};

/** Results that follow one another in the order of printing; the next is asked for when the last is printed. */
export type Results = Iterable<Result> | AsyncIterable<Result>;

/** Results as the bytes of a format, piece by piece at constant memory. */
export function printedText(store: Store, results: Results, options: PrintOptions): AsyncIterable<string | Uint8Array> {
  const { format, isForTerminal, width, zone } = options;
  if (format === 'table') return table(counted(events(store, results, options), options), { width, zone });
  const texts = counted(records(store, results, options), options);
  const shown = isForTerminal ? sanitized(texts) : texts;
  switch (format) {
    case 'ndjson':
      return ndjson(shown);
    case 'json':
      return jsonArray(shown);
    case 'records':
      return recordsFile(shown);
    case 'csv':
      // Escaped JSON parses back to the raw value, so here it is the cells that are made safe.
      return consoleCsv(texts, isForTerminal ? sanitize : undefined);
    case 'parquet':
      return lazily(async () => {
        // The only format that needs DuckDB's writer.
        const { parquet } = await import('../export/parquet.ts');
        return parquet(counted(recordedEvents(store, results, options), options));
      });
  }
}

async function* sanitized(texts: RecordTexts): RecordTexts {
  for await (const batch of texts) yield batch.map(sanitize);
}

async function* counted<T>(
  batches: AsyncIterable<readonly T[]>,
  { onPrinted }: PrintOptions,
): AsyncGenerator<readonly T[]> {
  let count = 0;
  for await (const batch of batches) {
    yield batch;
    count += batch.length;
    onPrinted(count);
  }
}

const WINDOW = 1000;

type Part = { readonly result: Result; readonly limit: number };

/** The results as far as they are to be printed; not one more is asked for than that takes. */
async function* parts(results: Results, limit: number): AsyncGenerator<Part> {
  let left = limit;
  for await (const result of results) {
    yield { result, limit: Math.min(left, result.total) };
    left -= result.total;
    if (left <= 0) return;
  }
}

async function* records(store: Store, results: Results, options: PrintOptions): AsyncGenerator<readonly string[]> {
  const { oldestFirst, signal } = options;
  for await (const { result, limit } of parts(results, options.limit)) {
    yield* store.records(result, { oldestFirst, limit, signal });
  }
}

async function* events(store: Store, results: Results, options: PrintOptions): AsyncGenerator<readonly TrailEvent[]> {
  for await (const { result, limit } of parts(results, options.limit)) {
    for (let done = 0; done < limit; done += WINDOW) {
      yield await eventsFrom(store, result, done, Math.min(WINDOW, limit - done), options.oldestFirst);
    }
  }
}

/** `count` events after the first `done`, in the order of printing. */
async function eventsFrom(
  store: Store,
  result: Result,
  done: number,
  count: number,
  oldestFirst: boolean,
): Promise<readonly TrailEvent[]> {
  if (!oldestFirst) return await store.window(result, done, count);
  const window = await store.window(result, result.total - done - count, count);
  return window.toReversed();
}

async function* recordedEvents(
  store: Store,
  results: Results,
  options: PrintOptions,
): AsyncGenerator<readonly RecordedEvent[]> {
  const { oldestFirst, signal } = options;
  for await (const { result, limit } of parts(results, options.limit)) {
    let done = 0;
    for await (const texts of store.records(result, { oldestFirst, limit, signal })) {
      const events = await eventsFrom(store, result, done, texts.length, oldestFirst);
      done += texts.length;
      yield events.map((event, index) => ({ event, text: texts[index] ?? '' }));
    }
  }
}

async function* lazily<T>(load: () => Promise<AsyncIterable<T>>): AsyncGenerator<T> {
  yield* await load();
}
