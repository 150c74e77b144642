/** Slots that are moved to the wider table with each event: it is full only after twice as many events. */
const MOVED_AT_ONCE = 8;
/** Slots looked at before other work gets its turn. */
const SLICE = 1_000_000;

/**
 * Which events are there already. One event = the same eventID, recipientAccountId, eventTime and eventName; readers
 * send a 64-bit hash of the four (0,0 for events without eventID, which are all kept). Open addressing in typed arrays:
 * 24 bytes an event instead of a Set's 80. By the birthday bound two of 10 million events share a hash with a
 * probability of 3 in a million.
 *
 * A table that is half full is replaced by a wider one, which takes over the slots little by little as events arrive:
 * all at once would hold up the keys (100 ms at half a million events).
 */
export class SeenEvents {
  #table = new Table(1 << 14);
  /** The table before, as long as some of its slots from `moved` on are nowhere else. */
  #narrow: Table | null = null;
  #moved = 0;

  /** Remembers an event as `row`. @returns the row of an earlier copy, or -1 when there is none. */
  add(high: number, low: number, row: number): number {
    if (high === 0 && low === 0) return -1;
    if (this.#narrow !== null) this.#move(this.#narrow);
    else if (this.#table.isHalfFull) this.#widen();
    // What has been moved stands in both; what is new, in the wider one only.
    const before = this.#narrow?.find(high, low) ?? -1;
    return before >= 0 ? before : this.#table.add(high, low, row);
  }

  /** The hash of a row's event as 16 hexadecimal digits; null for one that is the same as no other. Looks through the
   *  table: a millisecond for each million events. */
  keyOf(row: number): string | null {
    if (row < 0) return null;
    return this.#table.keyOf(row) ?? this.#narrow?.keyOf(row) ?? null;
  }

  /** The same of many rows, in one pass, a million slots at a time. */
  async keysOf(rows: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    const all = Array.from(rows).filter((row) => row >= 0);
    const wanted = new Uint8Array(all.reduce((most, row) => Math.max(most, row), -1) + 1);
    for (const row of all) wanted[row] = 1;
    const keys = new Map<number, string>();
    // What is moved meanwhile stands in both; what is added is nobody's who asked.
    for (const table of [this.#table, this.#narrow]) {
      for (let start = 0; table !== null && start < table.size; start += SLICE) {
        if (start > 0) await new Promise((resolve) => setImmediate(resolve));
        table.collectKeys(wanted, keys, start, Math.min(start + SLICE, table.size));
      }
    }
    return keys;
  }

  /** The row of the event with this hash, or -1. */
  rowOf(key: string): number {
    if (!/^[0-9a-f]{16}$/.test(key)) return -1;
    const [high, low] = [Number.parseInt(key.slice(0, 8), 16), Number.parseInt(key.slice(8), 16)];
    if (high === 0 && low === 0) return -1;
    return Math.max(this.#table.find(high, low), this.#narrow?.find(high, low) ?? -1);
  }

  /** Forgets the events of all rows from `row` on: they did not come to be. As slow as it is rare. */
  forget(row: number): void {
    const kept = new Table(this.#table.size);
    // What waits to be moved stands in the narrow one only.
    for (const table of [this.#table, this.#narrow]) table?.copyTo(kept, 0, table.size, row);
    this.#table = kept;
    this.#narrow = null;
  }

  #widen(): void {
    this.#narrow = this.#table;
    this.#table = new Table(this.#narrow.size * 2);
    this.#moved = 0;
  }

  #move(narrow: Table): void {
    const end = Math.min(this.#moved + MOVED_AT_ONCE, narrow.size);
    narrow.copyTo(this.#table, this.#moved, end);
    this.#moved = end;
    if (end === narrow.size) this.#narrow = null;
  }
}

class Table {
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  /** A row's number plus 1; 0 where the slot is free. */
  readonly #numbers: Int32Array;
  #count = 0;

  /** `size`: a power of two. */
  constructor(size: number) {
    this.#high = new Uint32Array(size);
    this.#low = new Uint32Array(size);
    this.#numbers = new Int32Array(size);
  }

  get size(): number {
    return this.#high.length;
  }

  get isHalfFull(): boolean {
    return this.#count * 2 >= this.#high.length;
  }

  find(high: number, low: number): number {
    return (this.#numbers[this.#slotOf(high, low)] as number) - 1;
  }

  /** @returns the row that is there already, or -1. */
  add(high: number, low: number, row: number): number {
    const slot = this.#slotOf(high, low);
    if (!this.#isFree(slot)) return (this.#numbers[slot] as number) - 1;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#numbers[slot] = row + 1;
    this.#count++;
    return -1;
  }

  keyOf(row: number): string | null {
    const slot = this.#numbers.indexOf(row + 1);
    return slot < 0 ? null : hex(this.#high[slot] as number) + hex(this.#low[slot] as number);
  }

  /** Adds the keys of the rows that are 1 in `wanted`, of the slots [from, to). */
  collectKeys(wanted: Uint8Array, keys: Map<number, string>, from: number, to: number): void {
    for (let slot = from; slot < to; slot++) {
      const row = (this.#numbers[slot] as number) - 1;
      if (wanted[row] === 1) keys.set(row, hex(this.#high[slot] as number) + hex(this.#low[slot] as number));
    }
  }

  /** Copies the slots [from, to) to another table, those of rows below `end`. */
  copyTo(other: Table, from: number, to: number, end = Number.POSITIVE_INFINITY): void {
    for (let slot = from; slot < to; slot++) {
      const row = (this.#numbers[slot] as number) - 1;
      if (row >= 0 && row < end) other.add(this.#high[slot] as number, this.#low[slot] as number, row);
    }
  }

  /** The slot that holds it, or the free one where it belongs. */
  #slotOf(high: number, low: number): number {
    const mask = this.#high.length - 1;
    for (let slot = (high ^ (low >>> 7)) & mask; ; slot = (slot + 1) & mask) {
      if (this.#isFree(slot) || (this.#high[slot] === high && this.#low[slot] === low)) return slot;
    }
  }

  #isFree(slot: number): boolean {
    return this.#numbers[slot] === 0;
  }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
