/** Rows looked at before other work gets its turn. */
const SLICE = 1_000_000;

type OriginSet = { readonly origins: readonly number[]; count: number };

/**
 * Where each row came from. Rows hold the number of a set of origins: there are few such sets (mostly of one origin),
 * so a filter decides once a set and then looks up one number a row, and counting looks at no row at all.
 */
export class Origins {
  readonly #sets: OriginSet[] = [];
  readonly #numbers = new Map<string, number>();
  #setOf: Int32Array = new Int32Array(1 << 12);
  #rows = 0;

  /** Adds rows of one origin, numbered on from those there are. */
  add(count: number, origin: number): void {
    const set = this.#numberOf([origin]);
    if (this.#rows + count > this.#setOf.length) {
      const wider = new Int32Array(Math.max(this.#rows + count, this.#setOf.length * 2));
      wider.set(this.#setOf);
      this.#setOf = wider;
    }
    this.#setOf.fill(set, this.#rows, this.#rows + count);
    this.#rows += count;
    (this.#sets[set] as OriginSet).count += count;
  }

  /** A row's event arrived again. @returns whether it did not belong to that origin yet. */
  join(row: number, origin: number): boolean {
    const old = this.#sets[this.#setOf[row] as number] as OriginSet;
    if (old.origins.includes(origin)) return false;
    const number = this.#numberOf([...old.origins, origin].sort((a, b) => a - b));
    old.count--;
    (this.#sets[number] as OriginSet).count++;
    this.#setOf[row] = number;
    return true;
  }

  countOf(origins: ReadonlySet<number>): number {
    return this.#sets.reduce((sum, set) => sum + (isOf(set, origins) ? set.count : 0), 0);
  }

  /** Those of a list of rows that belong to one of the origins, in its order; the list itself where that is all. */
  async filter(rows: Int32Array, origins: ReadonlySet<number>, signal?: AbortSignal): Promise<Int32Array> {
    let isWanted = this.#wanted(origins);
    if (this.#sets.every((set, number) => set.count === 0 || isWanted[number] === 1)) return rows;
    const kept = new Int32Array(rows.length);
    let count = 0;
    for (let start = 0; start < rows.length; start += SLICE) {
      if (start > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
        isWanted = this.#wanted(origins);
      }
      const end = Math.min(start + SLICE, rows.length);
      for (let k = start; k < end; k++) {
        const row = rows[k] as number;
        if (isWanted[this.#setOf[row] as number] === 1) kept[count++] = row;
      }
    }
    return kept.subarray(0, count);
  }

  /** For each set whether it is asked for; new ones come up while events arrive. */
  #wanted(origins: ReadonlySet<number>): Uint8Array {
    return Uint8Array.from(this.#sets, (set) => (isOf(set, origins) ? 1 : 0));
  }

  #numberOf(origins: readonly number[]): number {
    const key = origins.join(' ');
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#sets.length;
      this.#numbers.set(key, number);
      this.#sets.push({ origins, count: 0 });
    }
    return number;
  }
}

function isOf({ origins }: OriginSet, wanted: ReadonlySet<number>): boolean {
  return origins.some((origin) => wanted.has(origin));
}
