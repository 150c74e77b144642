// The records' texts, out of the hot table: Parquet files of the process's temporary folder, one per batch, in small
// row groups. Measured on 1,000,000 events: zstd level 1 costs less than writing the bytes uncompressed, a scan of
// every text takes 0.6 s on two cores, and one text is read in about 4 ms.

import { join } from 'node:path';
import type { Duck } from './duck.ts';
import { StoreError } from './store.ts';

const ROW_GROUP = 4096;
/** Texts put in order at a time when many are read, and rows of the first such page. */
const PAGE_BYTES = 160 * 1024 * 1024;
const FIRST_PAGE = 500;

type Segment = { readonly file: string; readonly firstRow: number; readonly count: number };

export class RecordSegments {
  readonly #duck: Duck;
  readonly #folder: string;
  readonly #segments: Segment[] = [];
  #rows = 0;
  #bytes = 0;

  constructor(duck: Duck, folder: string) {
    this.#duck = duck;
    this.#folder = folder;
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  /** Writes texts (each followed by '\n') as the rows from `firstRow` on. @throws StoreError when the disk is full. */
  async write(texts: Uint8Array, firstRow: number, count: number): Promise<void> {
    const file = join(this.#folder, `records-${String(this.#segments.length).padStart(6, '0')}.parquet`);
    const lines = texts.subarray(0, texts.length - 1);
    const sql = `COPY (
        SELECT (row_number() OVER () - 1 + ${firstRow})::INTEGER AS row, raw
        FROM (SELECT unnest(string_split(decode($1::BLOB), chr(10))) AS raw)
      ) TO ${quoted(file)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${ROW_GROUP})`;
    try {
      const statement = await this.#duck.writer.prepare(sql);
      statement.bindBlob(1, lines);
      await statement.run();
      statement.destroySync();
    } catch (error) {
      const { message } = error as Error;
      if (/no space left|disk full|ENOSPC/i.test(message)) {
        throw new StoreError(
          `no space left in the temporary folder ${this.#folder}; free some, or set TMPDIR to a larger one`,
        );
      }
      throw new StoreError(`cannot write to the temporary folder ${this.#folder}: ${message}`);
    }
    this.#segments.push({ file, firstRow, count });
    this.#rows += count;
    this.#bytes += texts.length;
  }

  /** SQL for the table records(row, raw): all of it, or only the segments that hold some of `rows`. */
  table(rows?: Int32Array): string {
    const segments = rows === undefined ? this.#segments : this.#holding(rows);
    return `read_parquet([${segments.map(({ file }) => quoted(file)).join(',')}])`;
  }

  /** The texts of some rows, by row. */
  async read(rows: Int32Array, signal?: AbortSignal): Promise<Map<number, string>> {
    if (rows.length === 0) return new Map();
    // Long lists are joined: a condition of thousands of constants is slow to plan.
    const wanted = rows.length > 100 ? `SELECT unnest([${rows.join(',')}])` : rows.join(',');
    const sql = `SELECT row, raw FROM ${this.table(rows)} WHERE row IN (${wanted})`;
    const found = await this.#duck.query(sql, {}, signal);
    const numbers = found.integers(0);
    return new Map(found.values(1).map((raw, k) => [numbers[k] as number, raw as string]));
  }

  /**
   * The texts of many rows in the given order. Neighbours in time lie scattered over segments, so each page costs a
   * scan of nearly all of them: pages are as large as memory allows, and DuckDB puts a page in order.
   * @throws StoreError when a page comes out short (a damaged segment): nothing may be lost in silence.
   */
  async *readInOrder(rows: Int32Array, signal?: AbortSignal): AsyncGenerator<string[]> {
    const pageRows = Math.max(1000, Math.floor((PAGE_BYTES * this.#rows) / Math.max(1, this.#bytes)));
    // The first page is small, so that the first lines come at once.
    for (let at = 0, size = FIRST_PAGE; at < rows.length; at += size, size = pageRows) {
      const page = rows.subarray(at, at + size);
      const sql = `WITH w AS (SELECT row, row_number() OVER () AS place FROM (SELECT unnest([${page.join(',')}]) AS row))
        SELECT r.raw FROM ${this.table(page)} r JOIN w ON w.row = r.row ORDER BY w.place`;
      let count = 0;
      for await (const texts of this.#duck.stream(sql, 0, signal)) {
        count += texts.length;
        yield texts as string[];
      }
      if (count !== page.length) {
        throw new StoreError(`only ${count} of ${page.length} records could be read back from ${this.#folder}`);
      }
    }
  }

  #holding(rows: Int32Array): Segment[] {
    const isFound = new Uint8Array(this.#segments.length);
    for (const row of rows) isFound[this.#indexOf(row)] = 1;
    return this.#segments.filter((_, index) => isFound[index] === 1);
  }

  #indexOf(row: number): number {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#segments[middle] as Segment).firstRow <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
