import { CALLER_FIELDS } from '../cloudtrail/person.ts';
import { Slices } from './slices.ts';

/**
 * Callers 0, 1, 2 … by the ids that make them: columns that grow, and a table with open addressing, because a map of a
 * hundred thousand strings takes this thread ten times as long to make.
 */
export class KnownCallers {
  count = 0;
  readonly #columns = CALLER_FIELDS.map(() => new Int32Array(FIRST_SIZE));
  #calls = new Int32Array(FIRST_SIZE);
  #newest = new Int32Array(FIRST_SIZE);
  /** Callers by hash; -1 where there is none. */
  #places = new Int32Array(FIRST_SIZE * 2).fill(-1);

  /** In the order of CALLER_FIELDS. */
  id(column: number, caller: number): number {
    return this.#columns[column]?.[caller] ?? 0;
  }

  calls(caller: number): number {
    return this.#calls[caller] ?? 0;
  }

  /** The newest row. */
  newest(caller: number): number {
    return this.#newest[caller] ?? 0;
  }

  /** The caller with these ids, in the order of CALLER_FIELDS; -1 for none. */
  find(idOf: (column: number) => number): number {
    return this.#places[this.#placeOf(idOf)] as number;
  }

  /** Counts more calls of the caller with these ids, who may be new. */
  add(idOf: (column: number) => number, calls: number, newest: number): number {
    const known = this.find(idOf);
    const caller = known >= 0 ? known : this.#append(idOf);
    this.#calls[caller] = this.calls(caller) + calls;
    this.#newest[caller] = known >= 0 ? Math.max(this.newest(caller), newest) : newest;
    return caller;
  }

  /** Counts one more call. */
  addTo(caller: number, row: number): void {
    this.#calls[caller] = this.calls(caller) + 1;
    this.#newest[caller] = Math.max(this.newest(caller), row);
  }

  /** A caller that no ids of columns make. */
  addUnlike(): number {
    const own = -this.count - 1;
    return this.#append((column) => (column === 0 ? own : 0));
  }

  #append(idOf: (column: number) => number): number {
    const caller = this.count;
    if (caller === this.#calls.length) this.#widen();
    this.#columns.forEach((ids, column) => {
      ids[caller] = idOf(column);
    });
    this.#places[this.#placeOf(idOf)] = caller;
    this.count++;
    return caller;
  }

  /** Makes room for so many more at once, in slices; callers are found meanwhile. */
  async reserve(more: number): Promise<void> {
    let size = this.#calls.length;
    while (size < this.count + more) size *= 2;
    if (size === this.#calls.length) return;
    const places = new Int32Array(size * 2).fill(-1);
    const slices = new Slices();
    for (let caller = 0; caller < this.count; caller++) {
      if (caller % SLICE === 0) await slices.next();
      places[this.#placeOf((column) => this.id(column, caller), places)] = caller;
    }
    this.#resize(size, places);
  }

  #widen(): void {
    const size = this.#calls.length * 2;
    const places = new Int32Array(size * 2).fill(-1);
    for (let caller = 0; caller < this.count; caller++) {
      places[this.#placeOf((column) => this.id(column, caller), places)] = caller;
    }
    this.#resize(size, places);
  }

  #resize(size: number, places: Int32Array<ArrayBuffer>): void {
    this.#columns.forEach((ids, column) => {
      this.#columns[column] = widened(ids, size);
    });
    this.#calls = widened(this.#calls, size);
    this.#newest = widened(this.#newest, size);
    this.#places = places;
  }

  /** Where these ids stand, or would. */
  #placeOf(idOf: (column: number) => number, places: Int32Array = this.#places): number {
    const last = places.length - 1;
    let hash = 0;
    for (let column = 0; column < this.#columns.length; column++) {
      hash = Math.imul(hash ^ idOf(column), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (let at = hash & last; ; at = (at + 1) & last) {
      const caller = places[at] as number;
      if (caller === -1 || this.#columns.every((ids, column) => ids[caller] === idOf(column))) return at;
    }
  }
}

const FIRST_SIZE = 1024;
const SLICE = 500;

function widened(ids: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(size);
  wider.set(ids);
  return wider;
}
