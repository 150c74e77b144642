// The records' texts, out of the hot table: Parquet files of the process's temporary folder in small row groups.
// Measured on 1,000,000 events: zstd level 1 costs less than writing the bytes uncompressed, a scan of every text takes
// 0.6 s on two cores, and one text is read in about 4 ms. Three kinds of them hold ranges of rows:
// - `written`: one file per large batch, with the row numbers in a column;
// - `taken`: a file that was there before (the event cache), linked; its rows are told by their place in the file;
// - `tail`: the rows of small batches (a page of event history is 50), a table until there are enough for a file.

import { copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch, RecordsFile } from './batch.ts';
import { type Duck, LINES, type Params, type QueryRows } from './duck.ts';
import { keepLines, runsOf } from './kept-rows.ts';
import { quoted } from './quoted.ts';
import { RecordTail } from './record-tail.ts';
import { selectionOf } from './row-selection.ts';
import { StoreError } from './store.ts';
import { TakenFile } from './taken-file.ts';

const ROW_GROUP = 4096;
/** Below both of these a batch goes into the tail. */
const SMALL_ROWS = 1000;
const SMALL_BYTES = 1024 * 1024;
/** Texts put in order at a time when many are read, and rows of the first such page. */
const PAGE_BYTES = 128 * 1024 * 1024;
const FIRST_PAGE = 500;
/** Texts handed out at a time: few enough that keys get through while each is parsed. */
const HANDED = 512;

const FORMAT = `(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${ROW_GROUP})`;

/** Rows [firstRow, firstRow + count); of a taken file, its rows from `fileRow` on. */
type Segment = { readonly firstRow: number; readonly count: number } & (
  | { readonly kind: 'written'; readonly file: string }
  | { readonly kind: 'taken'; readonly file: TakenFile; readonly fileRow: number }
  | { readonly kind: 'tail' }
);

export class RecordSegments {
  readonly #duck: Duck;
  readonly #folder: string;
  readonly #tail: RecordTail;
  #segments: Segment[] = [];
  readonly #taken = new Map<string, TakenFile>();
  #files = 0;
  #rows = 0;
  #bytes = 0;

  constructor(duck: Duck, folder: string) {
    this.#duck = duck;
    this.#folder = folder;
    this.#tail = new RecordTail(duck);
  }

  /**
   * Adds the rows `kept` of a batch as the rows from `firstRow` on.
   * @throws StoreError when the disk is full; nothing is added then.
   */
  async write(records: Batch['records'], kept: Int32Array, batchCount: number, firstRow: number): Promise<void> {
    try {
      if (!(records instanceof Uint8Array)) await this.#take(records, kept, firstRow);
      else await this.#add(kept.length === batchCount ? records : keepLines(records, kept), kept.length, firstRow);
    } catch (error) {
      throw this.#storeError(error as Error, records instanceof Uint8Array ? null : records.file);
    }
  }

  get bytesPerRow(): number {
    return this.#bytes / Math.max(1, this.#rows);
  }

  /** Keeps the tables that SQL from here names until `work` is done. */
  whileReading<T>(work: () => Promise<T>): Promise<T> {
    return this.#tail.whileReading(work);
  }

  /** SQL for the table records(row, raw): all of it, or only the segments that hold some of `rows`.
   *  To be used within `whileReading`. */
  table(rows?: Int32Array): string {
    const segments = rows === undefined ? this.#segments : this.#segmentsOf(rows);
    const written = new Set(segments.flatMap((segment) => (segment.kind === 'written' ? [segment.file] : [])));
    const taken = new Set(segments.flatMap((segment) => (segment.kind === 'taken' ? [segment.file] : [])));
    const parts = [...taken].map((file) => file.table());
    if (written.size > 0) parts.push(`SELECT row, raw FROM ${parquet(written)}`);
    if (segments.some(({ kind }) => kind === 'tail')) parts.push(`SELECT row, raw FROM ${this.#tail.name}`);
    if (parts.length === 0) parts.push('SELECT 0 AS row, NULL::VARCHAR AS raw WHERE false');
    return `(${parts.join(' UNION ALL ')})`;
  }

  /** To be used within `whileReading`. @throws StoreError when not all of these records are there (a damaged segment). */
  async check(rows: Int32Array, signal?: AbortSignal): Promise<void> {
    const { where, params } = await selectionOf(rows, signal);
    const sql = `SELECT count(*)::INTEGER FROM ${this.table(rows)} e WHERE ${where}`;
    this.#throwIfShort((await this.#duck.query(sql, params, signal)).integers(0)[0] ?? 0, rows);
  }

  /** The texts of some rows, by row. */
  async read(rows: Int32Array, signal?: AbortSignal): Promise<Map<number, string>> {
    if (rows.length === 0 || this.#segments.length === 0) return new Map();
    return await this.whileReading(async () => {
      const found = await this.#duck.query(this.#picked(rows), {}, signal);
      const numbers = found.integers(0);
      return new Map(found.values(1).map((raw, k) => [numbers[k] as number, raw as string]));
    });
  }

  /**
   * The texts of many rows in the given order. Neighbours in time lie scattered over segments, so each page costs a
   * scan of nearly all of them: pages are as large as memory allows. Which rows a page holds goes in as bits, and the
   * order is made here: lists of numbers in SQL, a join and a sort cost five times as much as the scan.
   * @throws StoreError when a page comes out short (a damaged segment): nothing may be lost in silence.
   */
  async *readInOrder(rows: Int32Array, signal?: AbortSignal): AsyncGenerator<string[]> {
    const pageRows = Math.max(1000, Math.floor(PAGE_BYTES / Math.max(1, this.bytesPerRow)));
    // The first page is small, so that the first lines come at once.
    for (let at = 0, size = FIRST_PAGE; at < rows.length; at += size, size = pageRows) {
      const page = rows.subarray(at, at + size);
      const textAt = await this.#page(page, signal);
      for (let from = 0; from < page.length; from += HANDED) {
        signal?.throwIfAborted();
        yield Array.from({ length: Math.min(HANDED, page.length - from) }, (_, k) => textAt(from + k));
      }
    }
  }

  /** The texts by their places. They stay bytes until they are asked for: strings of a hundred megabytes, all at once,
   *  take the garbage collector tens of milliseconds. */
  async #page(page: Int32Array, signal?: AbortSignal): Promise<(place: number) => string> {
    const places = new Int32Array(this.#rows);
    for (let place = 0; place < page.length; place++) places[page[place] as number] = place;
    const vectors: QueryRows[] = [];
    const [vectorOf, rowIn] = [new Int32Array(page.length), new Int32Array(page.length)];
    let count = 0;
    await this.whileReading(async () => {
      const { sql, params } = await this.select(page, signal);
      for await (const found of this.#duck.stream(sql, params, signal)) {
        const rows = found.integers(0);
        for (let k = 0; k < rows.length; k++) {
          const place = places[rows[k] as number] as number;
          vectorOf[place] = vectors.length;
          rowIn[place] = k;
        }
        vectors.push(found);
        count += rows.length;
      }
    });
    this.#throwIfShort(count, page);
    return (place) => vectors[vectorOf[place] as number]?.value(1, rowIn[place] as number) as string;
  }

  #throwIfShort(count: number, { length }: Int32Array): void {
    if (count === length) return;
    throw new StoreError(`only ${count} of ${length} records could be read back from ${this.#folder}`);
  }

  async #add(texts: Uint8Array, count: number, firstRow: number): Promise<void> {
    if (count < SMALL_ROWS && texts.length < SMALL_BYTES) await this.#addSmall(texts, count, firstRow);
    else {
      const file = this.#nextFile();
      await this.#duck.runWithLines(
        `COPY (SELECT (${firstRow} + place)::INTEGER AS row, raw FROM ${LINES}) TO ${quoted(file)} ${FORMAT}`,
        texts,
      );
      this.#segments.push({ kind: 'written', file, firstRow, count });
      this.#files++;
    }
    this.#rows += count;
    this.#bytes += texts.length;
  }

  async #addSmall(texts: Uint8Array, count: number, firstRow: number): Promise<void> {
    // Packed before anything is added, so that a full disk leaves everything as it was.
    if (this.#tail.isFull) await this.#pack();
    await this.#tail.add(texts, count, firstRow);
    const last = this.#segments.at(-1);
    if (last?.kind !== 'tail') this.#segments.push({ kind: 'tail', firstRow, count });
    else this.#segments[this.#segments.length - 1] = { ...last, count: last.count + count };
  }

  /** Makes a file of the tail. */
  async #pack(): Promise<void> {
    const file = this.#nextFile();
    await this.#duck.writer.run(
      `COPY (SELECT row, raw FROM ${this.#tail.name} ORDER BY row) TO ${quoted(file)} ${FORMAT}`,
    );
    this.#files++;
    this.#segments = this.#segments.map((segment) =>
      segment.kind === 'tail' ? { ...segment, kind: 'written', file } : segment,
    );
    this.#tail.clear();
  }

  async #take({ file, firstRow: first = 0 }: RecordsFile, kept: Int32Array, firstRow: number): Promise<void> {
    let taken = this.#taken.get(file);
    if (taken === undefined) {
      const own = join(this.#folder, `taken-${String(this.#taken.size).padStart(6, '0')}.parquet`);
      // A link costs nothing, but only within a file system.
      await link(file, own).catch(() => copyFile(file, own));
      taken = await TakenFile.open(this.#duck, own, `taken_${this.#taken.size}`);
      this.#taken.set(file, taken);
    }
    const runs = runsOf(kept).map(({ from, at, count }) => ({ fileRow: first + from, row: firstRow + at, count }));
    await taken.add(runs);
    for (const { fileRow, row, count } of runs) {
      const last = this.#segments.at(-1);
      if (last?.kind === 'taken' && last.file === taken && last.fileRow + last.count === fileRow) {
        this.#segments[this.#segments.length - 1] = { ...last, count: last.count + count };
      } else this.#segments.push({ kind: 'taken', file: taken, fileRow, firstRow: row, count });
    }
    this.#rows += kept.length;
    this.#bytes += kept.length * taken.bytesPerRow;
  }

  /** SQL for the rows (row, raw) of just these. */
  #picked(rows: Int32Array): string {
    const written = new Set<string>();
    const [writtenRows, tailRows]: [number[], number[]] = [[], []];
    const taken = new Map<TakenFile, [fileRows: number[], rows: number[]]>();
    for (const [segment, held] of this.#bySegment(rows)) {
      if (segment.kind === 'taken') {
        const [fileRows, own] = taken.get(segment.file) ?? [[], []];
        taken.set(segment.file, [fileRows, own]);
        for (const row of held) {
          fileRows.push(segment.fileRow + row - segment.firstRow);
          own.push(row);
        }
      } else {
        const list = segment.kind === 'tail' ? tailRows : writtenRows;
        for (const row of held) list.push(row);
        if (segment.kind === 'written') written.add(segment.file);
      }
    }
    const parts = [...taken].map(([file, [fileRows, own]]) => file.picked(fileRows, own));
    if (written.size > 0) parts.push(`SELECT row, raw FROM ${parquet(written)} WHERE row IN (${listed(writtenRows)})`);
    if (tailRows.length > 0) {
      parts.push(`SELECT row, raw FROM ${this.#tail.name} WHERE row IN (${listed(tailRows)})`);
    }
    return parts.join(' UNION ALL ');
  }

  /** The same, for thousands of rows. To be used within `whileReading`. */
  async select(rows: Int32Array, signal?: AbortSignal): Promise<{ readonly sql: string; readonly params: Params }> {
    if (rows.length > 0 && rows.length <= FIRST_PAGE) return { sql: this.#picked(rows), params: {} };
    const { where, params } = await selectionOf(rows, signal);
    return { sql: `SELECT e.row, e.raw FROM ${this.table(rows)} e WHERE ${where}`, params };
  }

  #segmentsOf(rows: Int32Array): Segment[] {
    const isUsed = new Uint8Array(this.#segments.length);
    for (const row of rows) isUsed[this.#indexOf(row)] = 1;
    return this.#segments.filter((_, index) => isUsed[index] === 1);
  }

  /** Which of `rows` each segment holds; rows that are nowhere are left out. */
  #bySegment(rows: Int32Array): Map<Segment, number[]> {
    const lists: (number[] | undefined)[] = new Array(this.#segments.length);
    for (const row of rows) {
      const index = this.#indexOf(row);
      const list = lists[index];
      if (list === undefined) lists[index] = [row];
      else list.push(row);
    }
    return new Map(this.#segments.flatMap((segment, index) => (lists[index] ? [[segment, lists[index]]] : [])));
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

  #nextFile(): string {
    return join(this.#folder, `records-${String(this.#files).padStart(6, '0')}.parquet`);
  }

  #storeError({ message }: Error, taken: string | null): StoreError {
    if (/no space left|disk full|ENOSPC/i.test(message)) {
      return new StoreError(
        `no space left in the temporary folder ${this.#folder}; free some, or set TMPDIR to a larger one`,
      );
    }
    if (taken !== null) return new StoreError(`cannot take over ${taken}: ${message}`);
    return new StoreError(`cannot write to the temporary folder ${this.#folder}: ${message}`);
  }
}

function parquet(files: Iterable<string>): string {
  return `read_parquet([${Array.from(files, quoted).join(',')}])`;
}

/** Long lists are joined: a condition of thousands of constants is slow to plan. */
function listed(rows: readonly number[]): string {
  return rows.length > 100 ? `SELECT unnest([${rows.join(',')}])` : rows.join(',');
}
