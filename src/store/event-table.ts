import { DOUBLE, type DuckDBAppender, DuckDBDataChunk, INTEGER } from '@duckdb/node-api';
import { STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import type { Batch } from './batch.ts';
import { Dictionary } from './dictionary.ts';
import { DistinctValues } from './distinct-values.ts';
import type { Duck } from './duck.ts';
import { Families } from './families.ts';
import { RowBits } from './row-bits.ts';
import { Slices } from './slices.ts';

/** Rows of one DuckDB vector. */
const VECTOR = 2048;

const EVENT_TYPES = [INTEGER, DOUBLE, ...STORED_FIELDS.map(() => INTEGER)];

type TypedVector = {
  readonly items: Int32Array | Float64Array;
  flush(): void;
  setItem(index: number, value: null): void;
};

/**
 * The hot table: events(row, time, f_<field>…), all numbers, and d_<field>(id, value) for each stored field, views of one
 * table of distinct values. Strings are stored once, so a filter looks at a few thousand distinct values and compares
 * integers a million times. Distinct values become visible to queries with `settle`. Events are flushed with each batch:
 * the time that takes grows with their number, and keys must not wait for many at once.
 */
export class EventTable {
  readonly dictionaries: Readonly<Record<StoredFieldId, Dictionary>>;
  /** Rows whose call failed. */
  readonly failed = new RowBits();
  readonly families: Families;
  readonly #events: DuckDBAppender;
  readonly #values: DistinctValues;

  private constructor(events: DuckDBAppender, values: DistinctValues, families: Families) {
    this.#events = events;
    this.#values = values;
    this.families = families;
    const dictionaries = {} as Record<StoredFieldId, Dictionary>;
    for (const field of STORED_FIELDS) dictionaries[field] = new Dictionary();
    this.dictionaries = dictionaries;
  }

  static async create(duck: Duck): Promise<EventTable> {
    const { appending } = duck;
    const columns = STORED_FIELDS.map((field) => `f_${field} INTEGER`).join(', ');
    const views = STORED_FIELDS.map(
      (field, number) => `CREATE VIEW d_${field} AS SELECT id, value FROM distinct_values WHERE field = ${number}`,
    );
    await appending.run(`CREATE TABLE events (row INTEGER, time DOUBLE, ${columns})`);
    const values = await DistinctValues.create(duck);
    await appending.run(views.join(';'));
    return new EventTable(await appending.createAppender('events'), values, await Families.create(duck));
  }

  /** Appends the batch's rows `kept`, numbered from `firstRow` on. One batch at a time; queries see it whole, at the end. */
  async append(batch: Batch, kept: Int32Array, firstRow: number): Promise<void> {
    const slices = new Slices();
    const columns: Int32Array[] = [];
    for (const [number, field] of STORED_FIELDS.entries()) {
      const ids = this.#ids(field, number, batch, kept);
      if (field === 'error') this.failed.addAll(ids, firstRow);
      columns.push(ids);
      await slices.next();
    }
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
      await slices.next();
    }
    this.#events.flushSync();
    // What goes wrong here is told to the search that needs them.
    if (this.#values.isFull) this.settle().catch(() => {});
  }

  /** Makes the distinct values of everything appended so far visible to queries. */
  settle(): Promise<void> {
    this.families.settle();
    return this.#values.settle();
  }

  close(): void {
    this.families.close();
    this.#values.close();
    this.#events.closeSync();
  }

  #ids(field: StoredFieldId, number: number, batch: Batch, kept: Int32Array): Int32Array {
    const dictionary = this.dictionaries[field];
    const { values, indexes } = batch.columns[field];
    const known = dictionary.values.length;
    const idOf = dictionary.idsOf(values);
    const fresh = dictionary.values.slice(known);
    this.#values.add(number, known, fresh);
    if (field === 'agent') this.families.add(known, fresh);
    const ids = new Int32Array(kept.length);
    for (let k = 0; k < kept.length; k++) ids[k] = idOf[indexes[kept[k] as number] as number] as number;
    dictionary.countAll(ids);
    return ids;
  }
}
