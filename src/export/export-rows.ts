// Results as rows on their way out, in the order of writing, at constant memory whatever their size.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Result } from '../store/result.ts';
import type { Store } from '../store/store.ts';

/** Results that follow one another in the order of writing; the next is asked for when the last is written. */
export type Results = Iterable<Result> | AsyncIterable<Result>;

export type Reading = {
  readonly oldestFirst: boolean;
  /** Events; Infinity: all. */
  readonly limit: number;
  readonly signal: AbortSignal;
};

/** What is known of some events that follow one another; what was not asked for is empty. */
export type Page = {
  readonly rows: Int32Array;
  readonly events: readonly TrailEvent[];
  readonly texts: readonly string[];
};

export type PageParts = { readonly events: boolean; readonly texts: boolean };

/** Small enough that keys get through in between. */
const WINDOW = 1000;

/** The events of the results, page by page. Rejects with AbortError when the signal fires. */
export async function* pagesOf(
  store: Store,
  results: Results,
  reading: Reading,
  needs: PageParts,
): AsyncGenerator<Page> {
  const { oldestFirst, signal } = reading;
  for await (const { result, limit } of parts(results, reading.limit)) {
    const rowsFrom = (done: number, count: number): Int32Array => {
      if (!oldestFirst) return result.rows.subarray(done, done + count);
      return result.rows.slice(result.total - done - count, result.total - done).reverse();
    };
    const eventsFrom = async (done: number, count: number): Promise<readonly TrailEvent[]> => {
      if (!needs.events) return [];
      if (!oldestFirst) return await store.window(result, done, count);
      return (await store.window(result, result.total - done - count, count)).toReversed();
    };
    if (!needs.texts) {
      for (let done = 0; done < limit; done += WINDOW) {
        signal.throwIfAborted();
        const count = Math.min(WINDOW, limit - done);
        yield { rows: rowsFrom(done, count), events: await eventsFrom(done, count), texts: [] };
      }
      continue;
    }
    let done = 0;
    for await (const texts of store.records(result, { oldestFirst, limit, signal })) {
      yield { rows: rowsFrom(done, texts.length), events: await eventsFrom(done, texts.length), texts };
      done += texts.length;
    }
  }
}

type Part = { readonly result: Result; readonly limit: number };

/** The results as far as they are to be written; not one more is asked for than that takes. */
async function* parts(results: Results, limit: number): AsyncGenerator<Part> {
  let left = limit;
  for await (const result of results) {
    // A run of events that the list shows as one row is several events all the same.
    const whole = result.folded?.whole ?? result;
    yield { result: whole, limit: Math.min(left, whole.total) };
    left -= whole.total;
    if (left <= 0) return;
  }
}
