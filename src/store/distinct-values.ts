import { type DuckDBAppender, DuckDBBlobValue, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { Duck } from './duck.ts';

/** Rows of one DuckDB vector: up to so many values are appended, which takes this thread a microsecond each. */
const FEW = 2048;
/** What has come together while loading is written before somebody searches for it. */
const MANY = 20_000;
/** Between values on their way to the database; no value that holds it goes that way. */
const SEPARATOR = '\u0000\u001e\u0000';

/** Values of one field on their way: their ids count on from the first. */
type Fresh = { readonly first: number; readonly texts: string[] };

/**
 * The table distinct_values(field, id, value). Queries see new values after `settle`, because writing a few costs this
 * thread a millisecond however few they are. Many go as one blob, which DuckDB's threads take apart.
 */
export class DistinctValues {
  readonly #duck: Duck;
  readonly #appender: DuckDBAppender;
  #fresh = new Map<number, Fresh>();
  #count = 0;
  #settling: Promise<void> = Promise.resolve();

  private constructor(duck: Duck, appender: DuckDBAppender) {
    this.#duck = duck;
    this.#appender = appender;
  }

  static async create(duck: Duck): Promise<DistinctValues> {
    await duck.appending.run('CREATE TABLE distinct_values (field INTEGER, id INTEGER, value VARCHAR)');
    return new DistinctValues(duck, await duck.appending.createAppender('distinct_values'));
  }

  /** Adds the values of a field from the id `first` on. */
  add(field: number, first: number, values: readonly string[]): void {
    if (values.length === 0) return;
    const fresh = this.#fresh.get(field);
    if (fresh === undefined) this.#fresh.set(field, { first, texts: [...values] });
    else for (const value of values) fresh.texts.push(value);
    this.#count += values.length;
  }

  /** There are so many to write that a search would wait for them. */
  get isFull(): boolean {
    return this.#count >= MANY;
  }

  /** Makes everything added so far visible to queries. */
  settle(): Promise<void> {
    if (this.#count === 0) return this.#settling;
    const [fresh, count] = [this.#fresh, this.#count];
    this.#fresh = new Map();
    this.#count = 0;
    this.#settling = this.#settling.then(() => this.#write(fresh, count));
    return this.#settling;
  }

  close(): void {
    this.#appender.closeSync();
  }

  async #write(fresh: ReadonlyMap<number, Fresh>, count: number): Promise<void> {
    if (count > FEW) {
      const texts = [...fresh.values()].flatMap((one) => one.texts);
      const joined = texts.join(SEPARATOR);
      // As long as it must be: no value holds the separator.
      if (joined.split(SEPARATOR).length === count) return await this.#insert(fresh, joined);
    }
    for (const [field, { first, texts }] of fresh) {
      for (let start = 0; start < texts.length; start += FEW) {
        const some = texts.slice(start, start + FEW);
        const chunk = DuckDBDataChunk.create([INTEGER, INTEGER, VARCHAR], some.length);
        chunk.setColumns([some.map(() => field), some.map((_, k) => first + start + k), some]);
        this.#appender.appendDataChunk(chunk);
      }
    }
    this.#appender.flushSync();
  }

  async #insert(fresh: ReadonlyMap<number, Fresh>, joined: string): Promise<void> {
    let start = 0;
    const fields = Array.from(fresh, ([field, { first, texts }]) => {
      const range = `(${field}, ${first}, ${start}, ${start + texts.length})`;
      start += texts.length;
      return range;
    });
    await this.#duck.query(
      `INSERT INTO distinct_values SELECT f.field, f.first + v.place - f.start, v.value
        FROM (SELECT (row_number() OVER () - 1)::INTEGER AS place, value
          FROM (SELECT unnest(string_split(decode($texts), $separator)) AS value)) v
        JOIN (VALUES ${fields.join(', ')}) f(field, first, start, "end") ON v.place >= f.start AND v.place < f."end"`,
      { texts: new DuckDBBlobValue(Buffer.from(joined)), separator: SEPARATOR },
    );
  }
}
