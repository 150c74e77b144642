// What a search does, cheapest first: the matcher says what words stand for, the dictionaries which values meet the
// terms, the columns which events hold those values; the texts decide what is left.

import { type Compiled, compileQuery } from '../query/compile.ts';
import { asks } from '../query/compile-derived.ts';
import {
  columnsStatement,
  completeStatement,
  type Statement,
  undecidedStatement,
  valuesStatement,
  withValues,
} from '../query/evaluate.ts';
import { fuzzyWords } from '../query/fuzzy-matches.ts';
import type { Query } from '../query/query.ts';
import type { Names } from './names.ts';
import type { Parts } from './parts.ts';
import type { Result } from './result.ts';
import type { SearchOptions } from './store.ts';

/** Rows looked at before other work gets its turn. */
const SLICE = 1_000_000;
/** Events whose texts are searched before all others: a tenth of a second, and more than a screen full of matches. */
const NEWEST = 10_000;

export class Searcher {
  readonly #parts: Parts;
  readonly #names: Names;

  constructor(parts: Parts, names: Names) {
    this.#parts = parts;
    this.#names = names;
  }

  /** See Store.search. `revision`: that of the store now, and whenever it is asked. */
  async search(query: Query, id: number, revisionNow: () => number, options: SearchOptions): Promise<Result> {
    const { signal, onColumns, origins } = options;
    const { order, segments, firsts, people } = this.#parts;
    const base = { id, revision: revisionNow(), query };
    if (query.kind === 'all' || order.count === 0) {
      const rows = query.kind === 'all' ? await this.#ofOrigins(order.rows(), origins, signal) : new Int32Array(0);
      return { ...base, total: rows.length, stage: 'complete', understood: [], rows };
    }
    const words = fuzzyWords(query);
    const understood = words.length === 0 ? [] : await this.#names.understand(words);
    signal?.throwIfAborted();
    if (asks(query, 'first')) await firsts.find(revisionNow, signal);
    if (asks(query, 'person')) await people.find(null, signal);
    const fuzzy = new Map(understood.map(({ word, matches }) => [word, matches]));
    const compiled = await this.#withValues(compileQuery(query, { fuzzy }), signal);
    const { records } = compiled;
    const tellFirst = (rows: Int32Array): void =>
      onColumns?.({ ...base, total: rows.length, stage: 'columns', understood, rows });
    const rows =
      records.length === 0
        ? await this.#rowsOf(columnsStatement(compiled), origins, signal)
        : await segments.whileReading(() =>
            this.#throughRecords(compiled, onColumns === undefined ? null : tellFirst, origins, signal),
          );
    return { ...base, total: rows.length, stage: 'complete', understood, rows };
  }

  async #withValues(compiled: Compiled, signal?: AbortSignal): Promise<Compiled> {
    await this.#parts.table.settle();
    const statement = valuesStatement(compiled);
    if (statement === null) return compiled;
    const found = await this.#parts.duck.query(statement.sql, statement.params, signal);
    return withValues(compiled, found.integers(0), found.integers(1));
  }

  /** Reads the texts of those segments only that hold an event the columns leave open. What comes first: where the columns
   *  answer nearly as well, their answer; else the beginning of the list, as far as the texts of the newest tell. */
  async #throughRecords(
    compiled: Compiled,
    tellFirst: ((rows: Int32Array) => void) | null,
    origins: ReadonlySet<number> | undefined,
    signal?: AbortSignal,
  ): Promise<Int32Array> {
    const { duck, segments, order } = this.#parts;
    const isOptional = compiled.records.every((record) => record.isOptional);
    if (isOptional && tellFirst !== null) tellFirst(await this.#rowsOf(columnsStatement(compiled), origins, signal));
    const { sql, params } = undecidedStatement(compiled);
    const undecided = (await duck.query(sql, params, signal)).integers(0);
    if (undecided.length === 0) return await this.#rowsOf(columnsStatement(compiled), origins, signal);
    if (!isOptional && tellFirst !== null && undecided.length >= NEWEST * 4) {
      const newest = (await this.#inOrder(undecided, signal)).subarray(0, NEWEST);
      const rows = await this.#rowsOf(completeStatement(compiled, segments.table(newest)), origins, signal);
      // All that is listed before the last of them is decided now.
      const count = order.countUpTo(rows, newest[newest.length - 1] as number);
      if (count > 0) tellFirst(rows.subarray(0, count));
    }
    return await this.#rowsOf(completeStatement(compiled, segments.table(undecided)), origins, signal);
  }

  /** The rows a statement finds, newest first. */
  async #rowsOf(
    { sql, params }: Statement,
    origins: ReadonlySet<number> | undefined,
    signal?: AbortSignal,
  ): Promise<Int32Array> {
    const found = await this.#parts.duck.query(sql, params, signal);
    const rows = await this.#ofOrigins(found.integers(0), origins, signal);
    return this.#inOrder(rows, signal);
  }

  async #ofOrigins(
    rows: Int32Array,
    origins: ReadonlySet<number> | undefined,
    signal?: AbortSignal,
  ): Promise<Int32Array> {
    return origins === undefined ? rows : await this.#parts.origins.filter(rows, origins, signal);
  }

  /** Puts rows in list order. Large sets are picked out of the order of all rows, in slices, so that keys get through. */
  async #inOrder(rows: Int32Array, signal?: AbortSignal): Promise<Int32Array> {
    const { order } = this.#parts;
    const all = order.rows();
    if (rows.length * 20 < all.length) return rows.sort((a, b) => order.compare(a, b));
    const isHit = new Uint8Array(all.length);
    for (let k = 0; k < rows.length; k++) isHit[rows[k] as number] = 1;
    let at = 0;
    for (let start = 0; start < all.length; start += SLICE) {
      const end = Math.min(start + SLICE, all.length);
      for (let k = start; k < end; k++) if (isHit[all[k] as number] === 1) rows[at++] = all[k] as number;
      if (end < all.length) {
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
      }
    }
    return rows.subarray(0, at);
  }
}
