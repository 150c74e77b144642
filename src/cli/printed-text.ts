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

/** A result as the bytes of a format, piece by piece at constant memory. */
export function printedText(store: Store, result: Result, options: PrintOptions): AsyncIterable<string | Uint8Array> {
  const { format, isForTerminal, width, zone } = options;
  if (format === 'table') return table(counted(events(store, result, options), options), { width, zone });
  const { oldestFirst, limit, signal } = options;
  const texts = counted(store.records(result, { oldestFirst, limit, signal }), options);
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
        return parquet(withEvents(texts, store, result, oldestFirst));
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

async function* events(
  store: Store,
  result: Result,
  { oldestFirst, limit }: PrintOptions,
): AsyncGenerator<readonly TrailEvent[]> {
  for (let done = 0; done < limit; done += WINDOW) {
    yield await eventsFrom(store, result, done, Math.min(WINDOW, limit - done), oldestFirst);
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

async function* withEvents(
  texts: RecordTexts,
  store: Store,
  result: Result,
  oldestFirst: boolean,
): AsyncGenerator<readonly RecordedEvent[]> {
  let done = 0;
  for await (const batch of texts) {
    const events = await eventsFrom(store, result, done, batch.length, oldestFirst);
    done += batch.length;
    yield events.map((event, index) => ({ event, text: batch[index] ?? '' }));
  }
}

async function* lazily<T>(load: () => Promise<AsyncIterable<T>>): AsyncGenerator<T> {
  yield* await load();
}
