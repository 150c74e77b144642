// The records that the history of a resource is read from: each once, although the page is filled twice, from what the
// columns answer and from what the texts say besides; and each search once.

import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import type { Query } from '../query/query.ts';
import { parsedRecord } from '../store/parsed-record.ts';
import type { Result } from '../store/result.ts';
import { Slices } from '../store/slices.ts';
import type { Store } from '../store/store.ts';

/** Of records' texts, in characters. */
const MAX_TEXT = 32_000_000;
/** Rows looked at before other work gets its turn. */
const SLICE = 250_000;

export type HistorySource = {
  readonly store: Store;
  /** Among the events that the list could hold, whatever its search. */
  readonly search: (query: Query) => Promise<Result>;
  readonly signal: AbortSignal;
};

export type OneRecord = { readonly event: TrailEvent; readonly record: unknown; readonly text: string };

export class ResourceRecords {
  readonly store: Store;
  readonly #source: HistorySource;
  readonly #known = new Map<number, OneRecord>();
  readonly #searches = new Map<string, Promise<Result>>();
  readonly #unread = new Set<number>();
  #textLeft = MAX_TEXT;

  constructor(source: HistorySource) {
    this.#source = source;
    this.store = source.store;
  }

  /** The same answer as long as the store has no other. */
  search(query: Query): Promise<Result> {
    const key = `${this.store.revision} ${JSON.stringify(query)}`;
    let found = this.#searches.get(key);
    if (found === undefined) {
      found = this.#source.search(query);
      this.#searches.set(key, found);
    }
    return found;
  }

  /** Events with their parsed records, newest first. Those whose record cannot be read, or that are too many to read
   *  whole, are left out; tells how many. Keys get through between any two. */
  async read(rows: readonly number[], take: (one: OneRecord) => void): Promise<number> {
    if (rows.length === 0) return 0;
    const { store } = this;
    const { signal } = this.#source;
    const fresh = rows.filter((row) => !this.#known.has(row) && !this.#unread.has(row));
    if (fresh.length > 0) await this.#learn(store.pick(fresh));
    const slices = new Slices();
    let unread = 0;
    for (const row of store.pick(rows).rows) {
      const one = this.#known.get(row);
      if (one === undefined) unread++;
      else take(one);
      await slices.next();
      signal.throwIfAborted();
    }
    return unread;
  }

  async #learn(picked: Result): Promise<void> {
    const { signal } = this.#source;
    const events = await this.store.window(picked, 0, picked.total);
    for (const { row } of events) this.#unread.add(row);
    const slices = new Slices();
    let at = 0;
    for await (const texts of this.store.records(picked, { signal })) {
      for (const text of texts) {
        const event = events[at++];
        this.#textLeft -= text.length;
        if (event === undefined || this.#textLeft < 0) continue;
        this.#unread.delete(event.row);
        this.#known.set(event.row, { event, record: parsedRecord(text), text });
        await slices.next();
        signal.throwIfAborted();
      }
      if (this.#textLeft < 0) break;
    }
  }

  /** The rows of a result that are among others, in its order. */
  async within(found: Result, others: Int32Array): Promise<number[]> {
    const { signal } = this.#source;
    const bits = new Uint8Array(this.store.total);
    for (let start = 0; start < others.length; start += SLICE) {
      for (const row of others.subarray(start, start + SLICE)) bits[row] = 1;
      await pause(signal);
    }
    const rows: number[] = [];
    for (let start = 0; start < found.rows.length; start += SLICE) {
      for (const row of found.rows.subarray(start, start + SLICE)) if (bits[row] === 1) rows.push(row);
      await pause(signal);
    }
    return rows;
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}
