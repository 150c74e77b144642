import { parsedRecord } from './parsed-record.ts';
import type { Parts } from './parts.ts';
import { sharedEventIDOf } from './session-partners.ts';
import { Slices } from './slices.ts';

/** Records of each key that are read to tell calls apart. */
const MAX_READ = 8;

/** How many calls more than one claim to have handed out each of these keys (ids of `key`); those that one alone does are
 *  not among them. Two accounts' records of one call are one. */
export async function rivalsOf(
  { duck, table, segments }: Parts,
  keys: readonly number[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const { key, issued } = table.dictionaries;
  const keyOf = new Map(keys.map((id) => [issued.idOf(key.values[id] as string), id]));
  keyOf.delete(-1);
  const rivals = new Map<number, number>();
  if (keyOf.size === 0) return rivals;
  const found = await duck.query(
    `SELECT row, f_issued, n::INTEGER FROM (SELECT e.row, e.f_issued, count(*) OVER w AS n,
        row_number() OVER (PARTITION BY e.f_issued ORDER BY e.row) AS place
      FROM events e WHERE e.f_issued IN (${[...keyOf.keys()].join(',')}) AND e.f_error = 0
      WINDOW w AS (PARTITION BY e.f_issued)) WHERE n > 1 AND place <= ${MAX_READ}`,
    {},
    signal,
  );
  if (found.count === 0) return rivals;
  const [rows, ids, totals] = [0, 1, 2].map((column) => found.integers(column)) as [Int32Array, Int32Array, Int32Array];
  const texts = await segments.read(rows, signal);
  const calls = new Map<number, Set<string>>();
  const slices = new Slices();
  for (const [k, row] of rows.entries()) {
    await slices.next();
    const id = keyOf.get(ids[k] as number) as number;
    const all = calls.get(id) ?? new Set();
    calls.set(id, all.add(sharedEventIDOf(parsedRecord(texts.get(row))) || String(row)));
    rivals.set(id, all.size - 1 + Math.max(0, (totals[k] as number) - MAX_READ));
  }
  for (const [id, count] of rivals) if (count === 0) rivals.delete(id);
  return rivals;
}
