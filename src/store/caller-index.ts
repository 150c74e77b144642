import { Slices } from './slices.ts';

/** Numbers by the ids that make a caller: a table with open addressing, because a map of a hundred thousand strings takes
 *  this thread ten times as long to make. */
export class CallerIndex {
  readonly #columns: readonly Int32Array[];
  readonly #values: Int32Array;
  /** Places in the columns, by hash; -1 where there is none. */
  readonly #places: Int32Array;

  private constructor(columns: readonly Int32Array[], values: Int32Array) {
    this.#columns = columns;
    this.#values = values;
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(values.length * 2 + 2))).fill(-1);
  }

  static readonly EMPTY = new CallerIndex([], new Int32Array(0));

  /** `columns`: each caller's ids, no two callers with the same; `values`: each caller's number, -1 for none. */
  static async build(columns: readonly Int32Array[], values: Int32Array): Promise<CallerIndex> {
    const index = new CallerIndex(columns, values);
    const slices = new Slices();
    for (let place = 0; place < values.length; place++) {
      if (place % SLICE === 0) await slices.next();
      let at = index.#start((column) => columns[column]?.[place] ?? 0);
      while (index.#places[at] !== -1) at = (at + 1) & (index.#places.length - 1);
      index.#places[at] = place;
    }
    return index;
  }

  get size(): number {
    return this.#values.length;
  }

  /** The number of the caller with these ids, in the order of the columns; -1 for none. */
  get(idOf: (column: number) => number): number {
    if (this.#values.length === 0) return -1;
    for (let at = this.#start(idOf); ; at = (at + 1) & (this.#places.length - 1)) {
      const place = this.#places[at] as number;
      if (place === -1) return -1;
      if (this.#columns.every((ids, column) => ids[place] === idOf(column))) return this.#values[place] as number;
    }
  }

  #start(idOf: (column: number) => number): number {
    let hash = 0;
    for (let column = 0; column < this.#columns.length; column++) {
      hash = Math.imul(hash ^ idOf(column), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash & (this.#places.length - 1);
  }
}

const SLICE = 1000;
