import type { Duck } from './duck.ts';
import type { Result } from './result.ts';
import type { TimeOrder } from './time-order.ts';

/** Rows looked at before other work gets its turn. */
const SLICE = 500_000;

/** For each row the lowest row of the same call by the same person with the same outcome. Asked of the database when
 *  somebody folds, then only for new rows: the lowest row stays the lowest. */
export class CallsOfRows {
  readonly #duck: Duck;
  #first: Int32Array = new Int32Array(0);
  #count = 0;
  #updating: Promise<unknown> = Promise.resolve();

  constructor(duck: Duck) {
    this.#duck = duck;
  }

  /** One number for each of the rows 0 … count - 1, or for more: equal where the calls are. */
  upTo(count: number, signal?: AbortSignal): Promise<Int32Array> {
    const updated = this.#updating.then(() => this.#upTo(count, signal));
    this.#updating = updated.catch(() => {});
    return updated;
  }

  async #upTo(count: number, signal?: AbortSignal): Promise<Int32Array> {
    if (count <= this.#count) return this.#first;
    const found = await this.#duck.query(
      `SELECT e.row, c.first FROM events e JOIN
        (SELECT f_name, f_source, f_who, f_error <> 0 AS failed, min(row) AS first FROM events GROUP BY ALL) c
        ON c.f_name = e.f_name AND c.f_source = e.f_source AND c.f_who = e.f_who AND c.failed = (e.f_error <> 0)
        WHERE e.row >= ${this.#count} AND e.row < ${count}`,
      {},
      signal,
    );
    const [rows, firsts] = [found.integers(0), found.integers(1)];
    const first = new Int32Array(count);
    first.set(this.#first.subarray(0, this.#count));
    for (let k = 0; k < rows.length; k++) first[rows[k] as number] = firsts[k] as number;
    this.#first = first;
    this.#count = count;
    return first;
  }
}

/** Runs of rows of the same call become one row, their newest; those of `opened` stay as they are. */
export async function foldRows(
  rows: Int32Array,
  calls: Int32Array,
  opened: ReadonlySet<number>,
  signal?: AbortSignal,
): Promise<{ readonly rows: Int32Array; readonly counts: Int32Array }> {
  const kept = new Int32Array(rows.length);
  const counts = new Int32Array(rows.length);
  let count = 0;
  let call = -1;
  let isOpen = false;
  for (let start = 0; start < rows.length; start += SLICE) {
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const end = Math.min(start + SLICE, rows.length);
    for (let k = start; k < end; k++) {
      const row = rows[k] as number;
      const isNext = calls[row] === call;
      if (!isNext) isOpen = opened.has(row);
      if (!isNext || isOpen) {
        kept[count] = row;
        counts[count++] = 1;
        call = calls[row] as number;
      } else counts[count - 1] = (counts[count - 1] as number) + 1;
    }
  }
  return { rows: kept.slice(0, count), counts: counts.slice(0, count) };
}

/** The beginning of a folded result: its events of `time` (ms) or later. A run may be cut in the middle. */
export function foldedSince(order: TimeOrder, result: Result, whole: Result, counts: Int32Array): Result {
  const { length } = whole.rows;
  // A run's newest event is in where any of them is.
  const oldest = (length === 0 ? -1 : whole.rows[length - 1]) as number;
  const total = length === 0 ? 0 : order.countUpTo(result.rows, oldest);
  const rows = result.rows.subarray(0, total);
  const left = counts.slice(0, total);
  if (total > 0) left[total - 1] = length - order.positionIn(whole.rows, rows[total - 1] as number);
  return { ...result, total, rows, folded: { counts: left, whole } };
}

/** Position in a folded result of a row, or of the run that it is in. */
export function positionInFolded(order: TimeOrder, result: Result, whole: Result, row: number): number {
  const there = whole.rows[order.positionIn(whole.rows, row)];
  return there === undefined ? 0 : Math.max(0, order.countUpTo(result.rows, there) - 1);
}
