import type { RowBits } from './row-bits.ts';

type Counted = {
  readonly from: number;
  readonly to: number;
  readonly counts: number[];
  readonly failures: number[];
};

/** Times are sorted as distances from here, in 43 bits of milliseconds. */
const LATEST = Date.UTC(2200, 0, 1);
const MAX_AGE = 2 ** 43 - 1;
/** Rows that are put in order at a time. */
const MAX_FRESH = 2 ** 21;

/**
 * All rows, newest first, kept in order as batches arrive: each batch is sorted and merged, so that the whole list is
 * ready at any time and no query is needed to show it. Rows without a time come last; rows of the same instant keep
 * the order of their source. A list once handed out is never changed.
 */
export class TimeOrder {
  #times: Float64Array = new Float64Array(1 << 12);
  #sequences: Float64Array = new Float64Array(1 << 12);
  #count = 0;
  #rows: Int32Array = new Int32Array(0);
  #isMerged = true;
  /** Rows whose sequence changed: those of the same instant are to be put in order again. */
  #moved: number[] = [];

  get count(): number {
    return this.#count;
  }

  /** Adds rows numbered from `count` on. Times are ms since the epoch, NaN for none. */
  add(times: Float64Array, sequences: Float64Array): void {
    const total = this.#count + times.length;
    if (total > this.#times.length) {
      const capacity = Math.max(total, this.#times.length * 2);
      this.#times = grown(this.#times, capacity);
      this.#sequences = grown(this.#sequences, capacity);
    }
    for (let k = 0; k < times.length; k++) {
      const time = times[k] as number;
      this.#times[this.#count + k] = Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
      this.#sequences[this.#count + k] = sequences[k] as number;
    }
    this.#count = total;
    this.#isMerged = false;
    if (this.#count - this.#rows.length >= MAX_FRESH / 2) this.#merge();
  }

  /** Another copy of a row's event stands at `sequence`: the earlier place counts, whichever copy arrived first. */
  meet(row: number, sequence: number): void {
    if (sequence >= (this.#sequences[row] as number)) return;
    this.#sequences[row] = sequence;
    this.#moved.push(row);
    this.#isMerged = false;
  }

  /** Every row, newest first. */
  rows(): Int32Array {
    if (!this.#isMerged) this.#merge();
    return this.#rows;
  }

  /** These rows in order, each once; numbers that are no row's are left out. */
  pick(rows: Iterable<number>): Int32Array {
    const isPicked = new Uint8Array(this.#count);
    const picked: number[] = [];
    for (const row of rows) {
      if (isPicked[row] !== 0) continue;
      isPicked[row] = 1;
      picked.push(row);
    }
    if (picked.length * 20 < this.#count) return Int32Array.from(picked).sort((a, b) => this.compare(a, b));
    return this.rows().filter((row) => isPicked[row] === 1);
  }

  /** Negative when row `a` is listed before row `b`. */
  compare(a: number, b: number): number {
    const byTime = (this.#times[b] as number) - (this.#times[a] as number);
    if (byTime !== 0 && !Number.isNaN(byTime)) return byTime;
    return (this.#sequences[a] as number) - (this.#sequences[b] as number) || a - b;
  }

  /** ms since the epoch, or null. */
  timeOf(row: number): number | null {
    const time = this.#times[row];
    return time === undefined || time === Number.NEGATIVE_INFINITY ? null : time;
  }

  /** How many of an ordered list of rows have a time: those without one are its end. */
  timedCount(rows: Int32Array): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timeOf(rows[middle] as number) === null) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** How many of an ordered list of rows are of `time` (ms) or later: its beginning. */
  countSince(rows: Int32Array, time: number): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[rows[middle] as number] as number) >= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds rows that have a time within [from, to] to `counts`, equal parts of that span; those that failed to
   *  `failures` too. */
  countByTime(rows: Int32Array, { from, to, counts, failures }: Counted, failed: RowBits): void {
    const [parts, length] = [counts.length, to - from + 1];
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k] as number;
      // Multiplied first: a part that begins at a whole minute begins there exactly.
      const part = Math.floor((((this.#times[row] as number) - from) * parts) / length);
      counts[part] = (counts[part] as number) + 1;
      if (failed.has(row)) failures[part] = (failures[part] as number) + 1;
    }
  }

  /** Position of `row` in an ordered list of rows; where it is not in it, that of the next older one. */
  positionIn(rows: Int32Array, row: number): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(rows[middle] as number, row) < 0) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, rows.length - 1));
  }

  /** How many of an ordered list of rows are not listed after `row`: its beginning. */
  countUpTo(rows: Int32Array, row: number): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(rows[middle] as number, row) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #merge(): void {
    const old = this.#rows;
    const fresh = this.#sortedFrom(old.length);
    const merged = new Int32Array(this.#count);
    let i = 0;
    let j = 0;
    let k = 0;
    while (i < old.length && j < fresh.length) {
      const a = old[i] as number;
      const b = fresh[j] as number;
      if (this.compare(a, b) <= 0) {
        merged[k++] = a;
        i++;
      } else {
        merged[k++] = b;
        j++;
      }
    }
    if (i < old.length) merged.set(old.subarray(i), k);
    else merged.set(fresh.subarray(j), k);
    this.#rows = merged;
    for (const row of this.#moved) this.#orderInstant(merged, this.#times[row] as number);
    this.#moved = [];
    this.#isMerged = true;
  }

  /** Rows from `first` on, in order. Sorting 64-bit numbers natively takes a tenth of the time that comparing does. */
  #sortedFrom(first: number): Int32Array {
    const count = this.#count - first;
    const keys = new BigUint64Array(count);
    const words = new Uint32Array(keys.buffer);
    for (let k = 0; k < count; k++) {
      // Older means larger; what has no time is the largest. 43 bits of time, 21 of the row's place among the new ones.
      const time = this.#times[first + k] as number;
      const age = time === Number.NEGATIVE_INFINITY ? MAX_AGE : Math.min(Math.max(LATEST - time, 0), MAX_AGE - 1);
      const high = Math.floor(age / 2048);
      words[2 * k + 1] = high;
      words[2 * k] = ((Math.floor(age) - high * 2048) << 21) | k;
    }
    keys.sort();
    const rows = new Int32Array(count);
    for (let k = 0; k < count; k++) rows[k] = first + ((words[2 * k] as number) & (MAX_FRESH - 1));
    // Of one millisecond (or outside the years the numbers can tell apart) what comes first is compared.
    const isSameAge = (a: number, b: number): boolean =>
      words[2 * a + 1] === words[2 * b + 1] && (words[2 * a] as number) >>> 21 === (words[2 * b] as number) >>> 21;
    let start = 0;
    for (let end = 1; end <= count; end++) {
      if (end < count && isSameAge(start, end)) continue;
      if (end - start > 1) rows.subarray(start, end).sort((a, b) => this.compare(a, b));
      start = end;
    }
    return rows;
  }

  /** Puts the rows of one instant in the order of their sequences. */
  #orderInstant(rows: Int32Array, time: number): void {
    const firstOlder = (isOlder: (other: number) => boolean): number => {
      let low = 0;
      let high = rows.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (isOlder(this.#times[rows[middle] as number] as number)) high = middle;
        else low = middle + 1;
      }
      return low;
    };
    rows
      .subarray(
        firstOlder((other) => other <= time),
        firstOlder((other) => other < time),
      )
      .sort((a, b) => this.compare(a, b));
  }
}

function grown(array: Float64Array, capacity: number): Float64Array {
  const wider = new Float64Array(capacity);
  wider.set(array);
  return wider;
}
