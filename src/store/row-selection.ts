// The rows of a result as a condition on `events e`: what the database is asked of a result is asked of just these.

import type { Params } from './duck.ts';

/** Rows looked at before other work gets its turn. */
const SLICE = 500_000;
/** Up to so many rows are fetched one by one. */
const FEW = 200;

export type RowSelection = { readonly where: string; readonly params: Params };

const known = new WeakMap<Int32Array, RowSelection>();

/**
 * The condition that a row is one of `rows`, a list that never changes. More than a few go in as one bit for each row
 * of the table: made in a millisecond for each million, and looked up in 10 ms by all of them, where a table of rows
 * takes 8 ms of this thread and 25 ms for each question.
 */
export async function selectionOf(rows: Int32Array, signal?: AbortSignal): Promise<RowSelection> {
  const before = known.get(rows);
  if (before !== undefined) return before;
  const selection = rows.length <= FEW ? few(rows) : await many(rows, signal);
  known.set(rows, selection);
  return selection;
}

function few(rows: Int32Array): RowSelection {
  return { where: rows.length === 0 ? 'false' : `e.row IN (${rows.join(',')})`, params: {} };
}

async function many(rows: Int32Array, signal?: AbortSignal): Promise<RowSelection> {
  let first = rows[0] as number;
  let last = first;
  await inSlices(rows, signal, (row) => {
    if (row > last) last = row;
    else if (row < first) first = row;
  });
  // Whole row groups outside of it are not looked at: rows of a time often came together.
  const range = `e.row BETWEEN ${first} AND ${last}`;
  // All in between: each is in the list once.
  if (last - first + 1 === rows.length) return { where: range, params: {} };
  // DuckDB's first byte tells how many bits are not used: none. One bit more than there are rows stands for all
  // beyond the last: get_bit refuses to look beyond the end, and may be asked before the range is.
  const outside = last - first + 1;
  const bits = new Uint8Array(1 + Math.ceil((outside + 1) / 8));
  await inSlices(rows, signal, (row) => {
    const bit = row - first;
    const byte = 1 + (bit >> 3);
    bits[byte] = (bits[byte] as number) | (128 >> (bit & 7));
  });
  const bit = `least(greatest(e.row - ${first}, 0), ${outside})`;
  return { where: `${range} AND get_bit($rows, ${bit}) = 1`, params: { rows: bits } };
}

async function inSlices(rows: Int32Array, signal: AbortSignal | undefined, use: (row: number) => void): Promise<void> {
  for (let start = 0; start < rows.length; start += SLICE) {
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const end = Math.min(start + SLICE, rows.length);
    for (let k = start; k < end; k++) use(rows[k] as number);
  }
}
