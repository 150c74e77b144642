// The store: DuckDB for the numbers and the search, Parquet segments for the texts, and an order of all rows by time.
// A result is a list of row numbers; the screen asks for windows of it. What belongs together:
// an event is in `events`, its text in the segments and its row in the time order before `revision` tells of it.

import { STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { type Compiled, compileQuery } from '../query/compile.ts';
import {
  columnsStatement,
  completeStatement,
  type Statement,
  undecidedStatement,
  valuesStatement,
  withValues,
} from '../query/evaluate.ts';
import type { FuzzyMatcher } from '../query/fuzzy-client.ts';
import { fuzzyWords, NAME_FIELDS } from '../query/fuzzy-matches.ts';
import type { Query } from '../query/query.ts';
import type { Batch } from './batch.ts';
import type { Duck } from './duck.ts';
import { EventTable } from './event-table.ts';
import { Origins } from './origins.ts';
import { RecordSegments } from './record-segments.ts';
import type { Result, Understood } from './result.ts';
import { SeenEvents } from './seen-events.ts';
import type { DistinctValue, RecordsOptions, SearchOptions, Store, Timeline } from './store.ts';
import { TimeOrder } from './time-order.ts';

const WINDOW_COLUMNS = STORED_FIELDS.map((field) => `f_${field}`).join(', ');
const REMEMBERED_RECORDS = 500;
/** Rows looked at before other work gets its turn. */
const SLICE = 1_000_000;
/** A batch of so many rows takes milliseconds: it begins only after other work had its turn. */
const LARGE_BATCH = 1024;

export class EventStore implements Store {
  revision = 0;

  readonly #duck: Duck;
  readonly #table: EventTable;
  readonly #segments: RecordSegments;
  readonly #fuzzy: FuzzyMatcher;
  readonly #onClose: () => void;
  readonly #seen = new SeenEvents();
  readonly #order = new TimeOrder();
  readonly #origins = new Origins();
  readonly #records = new Map<number, string>();
  /** How many values of each field the matcher knows. */
  readonly #told = new Map<StoredFieldId, number>();
  #appending: Promise<unknown> = Promise.resolve();
  #searches = 0;
  #lastFind: { readonly resultId: number; readonly query: Query; readonly hits: Uint8Array } | null = null;

  private constructor(duck: Duck, table: EventTable, folder: string, fuzzy: FuzzyMatcher, onClose: () => void) {
    this.#duck = duck;
    this.#table = table;
    this.#segments = new RecordSegments(duck, folder);
    this.#fuzzy = fuzzy;
    this.#onClose = onClose;
  }

  static async create(duck: Duck, folder: string, fuzzy: FuzzyMatcher, onClose: () => void): Promise<EventStore> {
    return new EventStore(duck, await EventTable.create(duck), folder, fuzzy, onClose);
  }

  get total(): number {
    return this.#order.count;
  }

  append(batch: Batch): Promise<{ readonly added: number; readonly duplicates: number }> {
    const appended = this.#appending.then(() => this.#append(batch));
    this.#appending = appended.catch(() => {});
    return appended;
  }

  async #append(batch: Batch): Promise<{ added: number; duplicates: number }> {
    // Batches of many lanes of the cache may come at the same moment.
    if (batch.count >= LARGE_BATCH) await new Promise((resolve) => setImmediate(resolve));
    const firstRow = this.#order.count;
    const { origin = 0 } = batch;
    const kept = new Int32Array(batch.count);
    let count = 0;
    let hasJoined = false;
    for (let k = 0; k < batch.count; k++) {
      const [high, low] = [batch.identity[k * 2] as number, batch.identity[k * 2 + 1] as number];
      const copy = this.#seen.add(high, low, firstRow + count);
      if (copy < 0) kept[count++] = k;
      else if (copy < firstRow) {
        this.#order.meet(copy, batch.sequence[k] as number);
        if (this.#origins.join(copy, origin)) hasJoined = true;
      }
    }
    const rows = kept.subarray(0, count);
    const duplicates = batch.count - count;
    if (count > 0) {
      try {
        await this.#segments.write(batch.records, rows, batch.count, firstRow);
      } catch (error) {
        // They may come again when there is room; their row numbers go to others.
        this.#seen.forget(firstRow);
        if (hasJoined) this.revision++;
        throw error;
      }
      await this.#table.append(batch, rows, firstRow);
      this.#origins.add(count, origin);
      if (duplicates === 0) this.#order.add(batch.time, batch.sequence);
      else this.#order.add(pick(batch.time, rows), pick(batch.sequence, rows));
    }
    if (count > 0 || hasJoined) this.revision++;
    return { added: count, duplicates };
  }

  countOf(origins: ReadonlySet<number>): number {
    return this.#origins.countOf(origins);
  }

  async search(query: Query, options: SearchOptions = {}): Promise<Result> {
    const { signal, onColumns, origins } = options;
    signal?.throwIfAborted();
    const id = ++this.#searches;
    const { revision } = this;
    const base = { id, revision, query };
    if (query.kind === 'all' || this.total === 0) {
      const rows =
        query.kind === 'all' ? await this.#ofOrigins(this.#order.rows(), origins, signal) : new Int32Array(0);
      return { ...base, total: rows.length, stage: 'complete', understood: [], rows };
    }
    const words = fuzzyWords(query);
    const understood = words.length === 0 ? [] : await this.#understand(words);
    signal?.throwIfAborted();
    const fuzzy = new Map(understood.map(({ word, matches }) => [word, matches]));
    const compiled = await this.#withValues(compileQuery(query, { fuzzy }), signal);
    const { records } = compiled;
    if (records.length > 0 && records.every(({ isOptional }) => isOptional)) {
      const rows = await this.#rowsOf(columnsStatement(compiled), origins, signal);
      onColumns?.({ ...base, total: rows.length, stage: 'columns', understood, rows });
    }
    const rows =
      records.length === 0
        ? await this.#rowsOf(columnsStatement(compiled), origins, signal)
        : await this.#segments.whileReading(async () =>
            this.#rowsOf(await this.#readRecords(compiled, signal), origins, signal),
          );
    return { ...base, total: rows.length, stage: 'complete', understood, rows };
  }

  async window(result: Result, start: number, count: number): Promise<readonly TrailEvent[]> {
    const rows = result.rows.subarray(Math.max(0, start), Math.max(0, start + count));
    if (rows.length === 0) return [];
    const sql = `SELECT row, ${WINDOW_COLUMNS} FROM events WHERE rowid IN (${rows.join(',')})`;
    const found = await this.#duck.query(sql);
    const place = new Map(Array.from(found.integers(0), (row, k) => [row, k]));
    const cells = STORED_FIELDS.map((_, column) => found.integers(column + 1));
    return Array.from(rows, (row) => this.#event(row, cells, place.get(row) ?? 0));
  }

  since(result: Result, time: number): Result {
    const total = this.#order.countSince(result.rows, time);
    return total === result.total ? result : { ...result, total, rows: result.rows.subarray(0, total) };
  }

  positionOf(result: Result, row: number): number {
    return this.#order.positionIn(result.rows, row);
  }

  async findNext(result: Result, from: number, step: 1 | -1, query: Query): Promise<number> {
    const known = this.#lastFind;
    let hits = known?.resultId === result.id && known.query === query ? known.hits : null;
    if (hits === null) {
      const found = await this.search(query);
      hits = new Uint8Array(this.total);
      for (const row of found.rows) hits[row] = 1;
      this.#lastFind = { resultId: result.id, query, hits };
    }
    for (let k = from + step; k >= 0 && k < result.rows.length; k += step) {
      if (hits[result.rows[k] as number] === 1) return k;
    }
    return -1;
  }

  async timeline(result: Result, buckets: number): Promise<Timeline | null> {
    const { rows } = result;
    const end = this.#order.timedCount(rows);
    const [from, to] = [this.#order.timeOf(rows[end - 1] ?? -1), this.#order.timeOf(rows[0] ?? -1)];
    if (from === null || to === null) return null;
    if (from === to) return { from, to, counts: [] };
    const counts = new Array<number>(buckets).fill(0);
    for (let start = 0; start < end; start += SLICE) {
      if (start > 0) await new Promise((resolve) => setImmediate(resolve));
      this.#order.countByTime(rows.subarray(start, Math.min(start + SLICE, end)), from, to, counts);
    }
    return { from, to, counts };
  }

  async record(row: number): Promise<string> {
    const known = this.#records.get(row);
    if (known !== undefined) return known;
    const text = (await this.#segments.read(Int32Array.of(row))).get(row);
    if (text === undefined) throw new Error(`no record for row ${row}`);
    if (this.#records.size >= REMEMBERED_RECORDS) this.#records.clear();
    this.#records.set(row, text);
    return text;
  }

  records(result: Result, options: RecordsOptions = {}): AsyncIterable<readonly string[]> {
    const { oldestFirst = false, limit = result.rows.length, signal } = options;
    const rows = oldestFirst ? result.rows.slice().reverse() : result.rows;
    return this.#segments.readInOrder(rows.subarray(0, limit), signal);
  }

  distinct(field: StoredFieldId): readonly DistinctValue[] {
    return this.#table.dictionaries[field].distinct();
  }

  async close(): Promise<void> {
    await this.#appending;
    this.#fuzzy.close();
    this.#table.close();
    await this.#duck.close();
    this.#onClose();
  }

  /** Asks the matcher, which is told of new names first. */
  async #understand(words: readonly string[]): Promise<Understood[]> {
    const { dictionaries } = this.#table;
    for (const field of NAME_FIELDS) {
      const known = this.#told.get(field) ?? 1;
      this.#fuzzy.update(field, dictionaries[field].since(known));
      this.#told.set(field, dictionaries[field].values.length);
    }
    const matches = await this.#fuzzy.match(words);
    return words.map((word) => ({
      word,
      matches: (matches.get(word) ?? []).map(({ field, value }) => ({
        field,
        value,
        count: dictionaries[field].countOf(value),
      })),
    }));
  }

  async #withValues(compiled: Compiled, signal?: AbortSignal): Promise<Compiled> {
    this.#table.settle();
    const statement = valuesStatement(compiled);
    if (statement === null) return compiled;
    const found = await this.#duck.query(statement.sql, statement.params, signal);
    return withValues(compiled, found.integers(0), found.integers(1));
  }

  /** The last stage reads the texts of those segments only that hold an event the columns leave open. */
  async #readRecords(compiled: Compiled, signal?: AbortSignal): Promise<Statement> {
    const { sql, params } = undecidedStatement(compiled);
    const undecided = (await this.#duck.query(sql, params, signal)).integers(0);
    if (undecided.length === 0) return columnsStatement(compiled);
    return completeStatement(compiled, this.#segments.table(undecided));
  }

  /** The rows a statement finds, newest first. */
  async #rowsOf(
    { sql, params }: Statement,
    origins: ReadonlySet<number> | undefined,
    signal?: AbortSignal,
  ): Promise<Int32Array> {
    const found = await this.#duck.query(sql, params, signal);
    const rows = await this.#ofOrigins(found.integers(0), origins, signal);
    return this.#inOrder(rows, signal);
  }

  async #ofOrigins(
    rows: Int32Array,
    origins: ReadonlySet<number> | undefined,
    signal?: AbortSignal,
  ): Promise<Int32Array> {
    return origins === undefined ? rows : await this.#origins.filter(rows, origins, signal);
  }

  /** Puts rows in list order. Large sets are picked out of the order of all rows, in slices, so that keys get through. */
  async #inOrder(rows: Int32Array, signal?: AbortSignal): Promise<Int32Array> {
    const all = this.#order.rows();
    if (rows.length * 20 < all.length) return rows.sort((a, b) => this.#order.compare(a, b));
    const isHit = new Uint8Array(all.length);
    for (let k = 0; k < rows.length; k++) isHit[rows[k] as number] = 1;
    let at = 0;
    for (let start = 0; start < all.length; start += SLICE) {
      const end = Math.min(start + SLICE, all.length);
      for (let k = start; k < end; k++) if (isHit[all[k] as number] === 1) rows[at++] = all[k] as number;
      if (end < all.length) {
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
      }
    }
    return rows.subarray(0, at);
  }

  #event(row: number, cells: readonly Int32Array[], k: number): TrailEvent {
    const values = {} as Record<StoredFieldId, string>;
    STORED_FIELDS.forEach((field, column) => {
      values[field] = this.#table.dictionaries[field].values[cells[column]?.[k] ?? 0] ?? '';
    });
    return { row, time: this.#order.timeOf(row), cells: values };
  }
}

function pick(values: Float64Array, kept: Int32Array): Float64Array {
  const picked = new Float64Array(kept.length);
  for (let k = 0; k < kept.length; k++) picked[k] = values[kept[k] as number] as number;
  return picked;
}
