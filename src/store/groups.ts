import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { Group, GroupOptions, Groups } from './analysis.ts';
import type { Parts } from './parts.ts';
import type { Result } from './result.ts';
import { selectionOf } from './row-selection.ts';

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
  // Several events may be of a group's last moment: which of them is listed first, only the list knows.
  const found = await parts.duck.query(
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
  const [places, rowsOf, counts, failures, totals] = [0, 1, 2, 3, 4].map((column) => found.integers(column));
  const ids = fields.map((_, k) => found.integers(6 + k));
  const firsts = found.values(6 + fields.length) as (number | null)[];
  const lasts = found.values(7 + fields.length) as (number | null)[];
  const groups: Group[] = [];
  places?.forEach((place, k) => {
    const row = rowsOf?.[k] as number;
    const known = groups[place];
    if (known !== undefined && parts.order.compare(known.row, row) <= 0) return;
    const cells: Partial<Record<StoredFieldId, string>> = {};
    fields.forEach((field, column) => {
      cells[field] = parts.table.dictionaries[field].values[ids[column]?.[k] ?? 0] ?? '';
    });
    groups[place] = {
      cells,
      count: counts?.[k] ?? 0,
      failures: failures?.[k] ?? 0,
      first: firsts[k] ?? null,
      last: lasts[k] ?? null,
      row,
    };
  });
  return { groups, distinct: totals?.[0] ?? 0 };
}
