import { DOUBLE, type DuckDBAppender, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import type { Batch } from './batch.ts';
import { Dictionary } from './dictionary.ts';
import type { Duck } from './duck.ts';

/** Rows of one DuckDB vector. */
const VECTOR = 2048;

const EVENT_TYPES = [INTEGER, DOUBLE, ...STORED_FIELDS.map(() => INTEGER)];

type TypedVector = {
  readonly items: Int32Array | Float64Array;
  flush(): void;
  setItem(index: number, value: null): void;
};

/**
 * The hot table: events(row, time, f_<field>…), all numbers, and d_<field>(id, value) for each stored field.
 * Strings are stored once, so a filter looks at a few thousand distinct values and compares integers a million times.
 */
export class EventTable {
  readonly dictionaries: Readonly<Record<StoredFieldId, Dictionary>>;
  readonly #events: DuckDBAppender;
  readonly #values: Readonly<Record<StoredFieldId, DuckDBAppender>>;

  private constructor(
    events: DuckDBAppender,
    values: Record<StoredFieldId, DuckDBAppender>,
    dictionaries: Record<StoredFieldId, Dictionary>,
  ) {
    this.#events = events;
    this.#values = values;
    this.dictionaries = dictionaries;
  }

  static async create(duck: Duck): Promise<EventTable> {
    const { writer } = duck;
    const columns = STORED_FIELDS.map((field) => `f_${field} INTEGER`).join(', ');
    await writer.run(`CREATE TABLE events (row INTEGER, time DOUBLE, ${columns})`);
    await writer.run(STORED_FIELDS.map((field) => `CREATE TABLE d_${field} (id INTEGER, value VARCHAR)`).join(';'));
    const values = {} as Record<StoredFieldId, DuckDBAppender>;
    const dictionaries = {} as Record<StoredFieldId, Dictionary>;
    for (const field of STORED_FIELDS) {
      await writer.run(`INSERT INTO d_${field} VALUES (0, '')`);
      values[field] = await writer.createAppender(`d_${field}`);
      dictionaries[field] = new Dictionary();
    }
    return new EventTable(await writer.createAppender('events'), values, dictionaries);
  }

  /** Appends the batch's rows `kept`, numbered from `firstRow` on. */
  append(batch: Batch, kept: Int32Array, firstRow: number): void {
    const columns = STORED_FIELDS.map((field) => this.#ids(field, batch, kept));
    for (let start = 0; start < kept.length; start += VECTOR) {
      const count = Math.min(VECTOR, kept.length - start);
      const chunk = DuckDBDataChunk.create(EVENT_TYPES, count);
      const rows = chunk.getColumnVector(0) as unknown as TypedVector;
      for (let k = 0; k < count; k++) rows.items[k] = firstRow + start + k;
      rows.flush();
      const times = chunk.getColumnVector(1) as unknown as TypedVector;
      for (let k = 0; k < count; k++) {
        const time = batch.time[kept[start + k] as number] as number;
        if (Number.isNaN(time)) times.setItem(k, null);
        else times.items[k] = time;
      }
      times.flush();
      columns.forEach((ids, column) => {
        const vector = chunk.getColumnVector(column + 2) as unknown as TypedVector;
        (vector.items as Int32Array).set(ids.subarray(start, start + count));
        vector.flush();
      });
      this.#events.appendDataChunk(chunk);
    }
    this.#events.flushSync();
  }

  close(): void {
    this.#events.closeSync();
    for (const field of STORED_FIELDS) this.#values[field].closeSync();
  }

  #ids(field: StoredFieldId, batch: Batch, kept: Int32Array): Int32Array {
    const dictionary = this.dictionaries[field];
    const { values, indexes } = batch.columns[field];
    const known = dictionary.values.length;
    const idOf = dictionary.idsOf(values);
    this.#appendValues(field, known);
    const ids = new Int32Array(kept.length);
    for (let k = 0; k < kept.length; k++) ids[k] = idOf[indexes[kept[k] as number] as number] as number;
    dictionary.countAll(ids);
    return ids;
  }

  #appendValues(field: StoredFieldId, from: number): void {
    const { values } = this.dictionaries[field];
    if (values.length === from) return;
    for (let start = from; start < values.length; start += VECTOR) {
      const fresh = values.slice(start, start + VECTOR);
      const chunk = DuckDBDataChunk.create([INTEGER, VARCHAR], fresh.length);
      chunk.setColumns([fresh.map((_, k) => start + k), fresh]);
      this.#values[field].appendDataChunk(chunk);
    }
    this.#values[field].flushSync();
  }
}
