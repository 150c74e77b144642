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

  /** Adds rows that have a time within [from, to] to `counts`, equal parts of that span. */
  countByTime(rows: Int32Array, from: number, to: number, counts: number[]): void {
    const scale = counts.length / (to - from + 1);
    for (let k = 0; k < rows.length; k++) {
      const part = Math.floor(((this.#times[rows[k] as number] as number) - from) * scale);
      counts[part] = (counts[part] as number) + 1;
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

  #merge(): void {
    const old = this.#rows;
    const fresh = new Int32Array(this.#count - old.length);
    for (let k = 0; k < fresh.length; k++) fresh[k] = old.length + k;
    fresh.sort((a, b) => this.compare(a, b));
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
