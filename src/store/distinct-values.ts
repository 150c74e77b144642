import { type DuckDBAppender, DuckDBBlobValue, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { Duck } from './duck.ts';

/** Rows of one DuckDB vector: up to so many values are appended, which takes this thread a microsecond each. */
const FEW = 2048;
/** What has come together while loading is written before somebody searches for it. */
const MANY = 20_000;
/** Between values on their way to the database: one character, escaped where it is part of a value. Of several
 *  characters, the end of a value and the beginning of the separator could be taken for the separator. */
const SEPARATOR = '\u001e';
const ESCAPE = '\u001b';
const [SEPARATOR_SQL, ESCAPE_SQL] = ['chr(30)', 'chr(27)'];

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
    if (count > FEW) return await this.#insert(fresh);
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

  async #insert(fresh: ReadonlyMap<number, Fresh>): Promise<void> {
    const all: string[] = [];
    const fields = Array.from(fresh, ([field, { first, texts }]) => {
      const start = all.length;
      for (const text of texts) all.push(escaped(text));
      return `(${field}, ${first}, ${start}, ${all.length})`;
    });
    // The escape itself comes last: what it gives back may look like another.
    // Literals, not parameters: those are looked at anew for each value.
    const given = `replace(replace(v.text, ${ESCAPE_SQL} || 's', ${SEPARATOR_SQL}), ${ESCAPE_SQL} || 'e', ${ESCAPE_SQL})`;
    const value = `CASE WHEN contains(v.text, ${ESCAPE_SQL}) THEN ${given} ELSE v.text END`;
    await this.#duck.query(
      `INSERT INTO distinct_values SELECT f.field, f.first + v.place - f.start, ${value}
        FROM (SELECT (row_number() OVER () - 1)::INTEGER AS place, text
          FROM (SELECT unnest(string_split(decode($texts), ${SEPARATOR_SQL})) AS text)) v
        JOIN (VALUES ${fields.join(', ')}) f(field, first, start, "end") ON v.place >= f.start AND v.place < f."end"`,
      { texts: new DuckDBBlobValue(Buffer.from(all.join(SEPARATOR))) },
    );
  }
}

function escaped(text: string): string {
  if (!text.includes(SEPARATOR) && !text.includes(ESCAPE)) return text;
  return text.replaceAll(ESCAPE, `${ESCAPE}e`).replaceAll(SEPARATOR, `${ESCAPE}s`);
}
