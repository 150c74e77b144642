import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { Group, GroupOptions, Groups } from './analysis.ts';
import type { Parts } from './parts.ts';
import type { Result } from './result.ts';
import { selectionOf } from './row-selection.ts';
import { Slices } from './slices.ts';

const DEFAULT_LIMIT = 1000;

/** Events of a result that agree in some fields, counted together. */
export async function groupBy(
  parts: Parts,
  result: Result,
  by: readonly StoredFieldId[],
  options: GroupOptions = {},
): Promise<Groups> {
  const { limit = DEFAULT_LIMIT, order = 'count', signal } = options;
  signal?.throwIfAborted();
  const { rows } = result.folded?.whole ?? result;
  if (rows.length === 0) return { groups: [], distinct: 0 };
  const { where, params } = await selectionOf(rows, signal);
  const fields = [...new Set(by)];
  const keys = ['0 AS nothing', ...fields.map((field) => `f_${field}`)].join(', ');
  const names = ['nothing', ...fields.map((field) => `f_${field}`)];
  const first = order === 'count' ? 'n DESC, last DESC NULLS LAST' : 'last DESC NULLS LAST, n DESC';
  // Several events may be of a group's last moment, or all of a result: which of them is listed first, only the list
  // knows. They come a vector at a time, so that keys get through.
  const found = parts.duck.stream(
    `WITH r AS MATERIALIZED (SELECT e.row, e.time, f_error <> 0 AS failed, ${keys} FROM events e WHERE ${where}),
      g AS MATERIALIZED (SELECT ${names.join(', ')}, count(*) AS n, count(*) FILTER (failed) AS failures,
        min(time) AS first, max(time) AS last FROM r GROUP BY ALL),
      m AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${first}, ${names.join(', ')}) - 1 AS place FROM g
        ORDER BY place LIMIT ${Math.max(0, Math.floor(limit))})
      SELECT m.place::INTEGER, r.row, m.n::INTEGER, m.failures::INTEGER, (SELECT count(*) FROM g)::INTEGER,
        ${names.map((name) => `m.${name}`).join(', ')}, m.first, m.last
      FROM m JOIN r ON ${names.map((name) => `r.${name} = m.${name}`).join(' AND ')} AND r.time IS NOT DISTINCT FROM m.last`,
    params,
    signal,
  );
  const groups: Group[] = [];
  let distinct = 0;
  const slices = new Slices();
  for await (const vector of found) {
    await slices.next();
    const [places, rowsOf, counts, failures, totals] = [0, 1, 2, 3, 4].map((column) => vector.integers(column));
    distinct = totals?.[0] ?? 0;
    // Taken out of the vector only where a group is met for the first time: numbers that may be null take longest.
    let ids: readonly Int32Array[] | undefined;
    let times: readonly (readonly (number | null)[])[] | undefined;
    places?.forEach((place, k) => {
      const row = rowsOf?.[k] as number;
      const known = groups[place];
      if (known !== undefined) {
        if (parts.order.compare(row, known.row) < 0) groups[place] = { ...known, row };
        return;
      }
      ids ??= fields.map((_, column) => vector.integers(6 + column));
      times ??= [6, 7].map((column) => vector.values(column + fields.length) as (number | null)[]);
      const cells: Partial<Record<StoredFieldId, string>> = {};
      fields.forEach((field, column) => {
        cells[field] = parts.table.dictionaries[field].values[ids?.[column]?.[k] ?? 0] ?? '';
      });
      const [first, last] = times;
      groups[place] = {
        cells,
        count: counts?.[k] ?? 0,
        failures: failures?.[k] ?? 0,
        first: first?.[k] ?? null,
        last: last?.[k] ?? null,
        row,
      };
    });
  }
  return { groups, distinct };
}
