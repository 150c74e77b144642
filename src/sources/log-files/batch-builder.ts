import { isUtf8 } from 'node:buffer';
import { STORED_FIELDS, type StoredFieldId } from '../../cloudtrail/fields.ts';
import type { Batch, BatchColumn } from '../../store/batch.ts';
import { Interner } from './interner.ts';

/** Rows and bytes at which a batch is full: the store takes one in without missing a frame. */
export const MAX_ROWS = 4096;
const MAX_BYTES = 8 * 1024 * 1024;
/** The pool of texts starts anew beyond this, so that a long read stays small. */
const MAX_POOL = 150_000;

/** Index of each stored field among the columns. */
export const COLUMN = Object.fromEntries(STORED_FIELDS.map((field, index) => [field, index])) as Readonly<
  Record<StoredFieldId, number>
>;

/** A batch as the builder makes it: its records are in memory. */
export type BuiltBatch = Batch & { readonly records: Uint8Array };

const WIDTH = STORED_FIELDS.length;

/** One column while its batch grows: texts of the pool → the batch's own small dictionary. */
class ColumnBuilder {
  indexes = new Int32Array(MAX_ROWS);
  #pooled: number[] = [];
  /** Batch index + 1 of each text of the pool; 0: not in this batch yet. */
  #slots = new Int32Array(1024);

  set(row: number, pooled: number): void {
    if (pooled === 0) {
      this.indexes[row] = 0;
      return;
    }
    if (pooled >= this.#slots.length) {
      const wider = new Int32Array(Math.max(pooled + 1, this.#slots.length * 2));
      wider.set(this.#slots);
      this.#slots = wider;
    }
    let index = this.#slots[pooled] as number;
    if (index === 0) {
      this.#pooled.push(pooled);
      index = this.#pooled.length;
      this.#slots[pooled] = index;
    }
    this.indexes[row] = index;
  }

  take(rows: number, texts: readonly string[]): BatchColumn {
    const values = ['', ...this.#pooled.map((pooled) => texts[pooled] as string)];
    for (const pooled of this.#pooled) this.#slots[pooled] = 0;
    this.#pooled = [];
    return { values, indexes: this.indexes.slice(0, rows) };
  }
}

/** Gathers rows until they make a batch. */
export class BatchBuilder {
  pool = new Interner();
  count = 0;

  readonly #columns = Array.from({ length: WIDTH }, () => new ColumnBuilder());
  readonly #time = new Float64Array(MAX_ROWS);
  readonly #sequence = new Float64Array(MAX_ROWS);
  readonly #identity = new Uint32Array(MAX_ROWS * 2);
  #records: Buffer = Buffer.allocUnsafeSlow(1 << 18);
  #length = 0;

  get isFull(): boolean {
    return this.count >= MAX_ROWS || this.#length >= MAX_BYTES;
  }

  get bytes(): number {
    return this.#length;
  }

  /** The buffer of record texts, with room for so many more bytes from offset `this.bytes` on. */
  room(bytes: number): Buffer {
    const needed = this.#length + bytes + 1;
    if (needed > this.#records.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(this.#records.length * 2, MAX_BYTES * 2)));
      this.#records.copy(wider, 0, 0, this.#length);
      this.#records = wider;
    }
    return this.#records;
  }

  /** Sets a cell of the row being built. */
  set(column: number, pooled: number): void {
    this.#columns[column]?.set(this.count, pooled);
  }

  /** Ends the row; its text ends at `end` of the buffer that `room` gave. */
  addRow(end: number, time: number, sequence: number, identity: Uint32Array): void {
    const row = this.count++;
    this.#records[end] = 0x0a;
    this.#length = end + 1;
    this.#time[row] = time;
    this.#sequence[row] = sequence;
    this.#identity[row * 2] = identity[0] as number;
    this.#identity[row * 2 + 1] = identity[1] as number;
  }

  /** The batch so far; the builder begins the next one. */
  take(): BuiltBatch {
    const count = this.count;
    let records: Buffer = this.#records.subarray(0, this.#length);
    // The store's texts are UTF-8; a byte that is not becomes U+FFFD (the reader reports the file).
    if (!isUtf8(records)) records = ownBuffer(records.toString('utf8'));
    const columns = {} as Record<StoredFieldId, BatchColumn>;
    STORED_FIELDS.forEach((field, index) => {
      columns[field] = (this.#columns[index] as ColumnBuilder).take(count, this.pool.strings);
    });
    const batch: BuiltBatch = {
      count,
      time: this.#time.slice(0, count),
      sequence: this.#sequence.slice(0, count),
      identity: this.#identity.slice(0, count * 2),
      columns,
      records,
    };
    this.#records = Buffer.allocUnsafeSlow(
      Math.max(1 << 18, Math.min(this.#length + (1 << 16), MAX_BYTES + (1 << 20))),
    );
    this.#length = 0;
    this.count = 0;
    if (this.pool.size > MAX_POOL) this.pool = new Interner();
    return batch;
  }
}

/** Small buffers of Buffer.from share one block of memory, which cannot be handed to another thread. */
function ownBuffer(text: string): Buffer {
  const buffer = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  buffer.write(text);
  return buffer;
}

/** What can be handed to another thread instead of copied. */
export function transferables(batch: BuiltBatch): ArrayBuffer[] {
  const buffers = [batch.time.buffer, batch.sequence.buffer, batch.identity.buffer, batch.records.buffer];
  for (const field of STORED_FIELDS) buffers.push(batch.columns[field].indexes.buffer);
  return buffers as ArrayBuffer[];
}
