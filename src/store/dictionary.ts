import type { DistinctValue } from './store.ts';

/** Values held by more events than this are few. */
const LARGEST_COUNT = 1000;

/** The distinct values of one field: id ↔ text, and how many events hold each. Id 0 is '': absent. */
export class Dictionary {
  readonly values: string[] = [''];
  #counts: Int32Array = new Int32Array(64);
  readonly #ids = new Map<string, number>([['', 0]]);
  #distinct: readonly DistinctValue[] | null = null;
  #frequent: { readonly limit: number; readonly values: readonly DistinctValue[] } | null = null;

  /** Ids of a batch's values, in their order; new ones are added. */
  idsOf(values: readonly string[]): Int32Array {
    const ids = new Int32Array(values.length);
    for (let k = 0; k < values.length; k++) {
      const value = values[k] as string;
      let id = this.#ids.get(value);
      if (id === undefined) {
        id = this.values.length;
        this.#ids.set(value, id);
        this.values.push(value);
      }
      ids[k] = id;
    }
    if (this.values.length > this.#counts.length) {
      const wider = new Int32Array(Math.max(this.values.length, this.#counts.length * 2));
      wider.set(this.#counts);
      this.#counts = wider;
    }
    return ids;
  }

  /** Counts one more event for each of the ids. */
  countAll(ids: Int32Array): void {
    const counts = this.#counts;
    for (let k = 0; k < ids.length; k++) {
      const id = ids[k] as number;
      counts[id] = (counts[id] as number) + 1;
    }
    this.#distinct = null;
    this.#frequent = null;
  }

  /** How many values there are; '' (absent) is not one of them. */
  get size(): number {
    return this.values.length - 1;
  }

  /** -1 for a value that no event holds. */
  idOf(value: string): number {
    return this.#ids.get(value) ?? -1;
  }

  /** How many events hold `value`. */
  countOf(value: string): number {
    return this.#counts[this.#ids.get(value) ?? 0] ?? 0;
  }

  /** Values added since the first `known` ones, at most `limit`, with their counts so far. */
  since(known: number, limit = Number.POSITIVE_INFINITY): DistinctValue[] {
    return this.values.slice(known, known + limit).map((value, k) => ({ value, count: this.#counts[known + k] ?? 0 }));
  }

  /** Most frequent first; '' (absent) is not among them. */
  distinct(): readonly DistinctValue[] {
    if (this.#distinct === null) {
      const all: DistinctValue[] = [];
      for (let id = 1; id < this.values.length; id++) {
        const count = this.#counts[id] as number;
        if (count > 0) all.push({ value: this.values[id] as string, count });
      }
      this.#distinct = all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    }
    return this.#distinct;
  }

  /** As `distinct`, but at most `limit`, and of equally frequent ones the first seen: a million values are not put in
   *  order for the sake of a few thousand. */
  frequent(limit: number): readonly DistinctValue[] {
    if (this.values.length - 1 <= limit) return this.distinct();
    if (this.#frequent?.limit !== limit) {
      const least = this.#leastOf(limit);
      const frequent: DistinctValue[] = [];
      const others: DistinctValue[] = [];
      for (let id = 1; id < this.values.length; id++) {
        const count = this.#counts[id] as number;
        if (count > least) frequent.push({ value: this.values[id] as string, count });
        else if (count === least && others.length < limit) others.push({ value: this.values[id] as string, count });
      }
      frequent.sort((a, b) => b.count - a.count);
      this.#frequent = { limit, values: [...frequent, ...others].slice(0, limit) };
    }
    return this.#frequent?.values ?? [];
  }

  /** A number of events that fewer than `limit` values exceed (or that few do, see LARGEST_COUNT), and `limit` reach. */
  #leastOf(limit: number): number {
    const byCount = new Int32Array(LARGEST_COUNT + 1);
    for (let id = 1; id < this.values.length; id++) {
      const count = Math.min(LARGEST_COUNT, this.#counts[id] as number);
      byCount[count] = (byCount[count] as number) + 1;
    }
    let reached = 0;
    let least = LARGEST_COUNT;
    while (least > 1 && reached + (byCount[least] as number) < limit) reached += byCount[least--] as number;
    return least;
  }
}
