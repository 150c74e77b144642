import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { SpanCount, ValueSpan } from './analysis.ts';
import type { Parts } from './parts.ts';

const NONE: SpanCount = { count: 0, failures: 0 };

/** See Analysis.countSpans. */
export async function countSpans(
  { duck, table }: Parts,
  field: StoredFieldId,
  spans: readonly ValueSpan[],
  signal?: AbortSignal,
): Promise<readonly SpanCount[]> {
  signal?.throwIfAborted();
  const counts = spans.map(() => NONE);
  // Of times that a number of 64 bits does not hold there are no events.
  const asked = spans.flatMap(({ value, from, to }, place) =>
    value === '' || !isTime(from) || !isTime(to) ? [] : [{ value, from, to, place }],
  );
  const values = [...new Set(asked.map(({ value }) => value.toWellFormed()))];
  if (values.length === 0) return counts;
  await table.settle();
  // The spellings of each value, as a search for it finds them; the first stands for all.
  const spelt = await duck.query(
    `SELECT place::INTEGER, d.id, min(d.id) OVER (PARTITION BY place)
      FROM (SELECT unnest(range(${values.length})) AS place, unnest(from_json($values, '["VARCHAR"]')) AS value) v
      JOIN d_${field} d ON lower(d.value) = lower(v.value)`,
    { values: JSON.stringify(values) },
    signal,
  );
  if (spelt.count === 0) return counts;
  const [ofValue, ids, firsts] = [0, 1, 2].map((column) => spelt.integers(column)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const firstOf = new Map(Array.from(ofValue, (place, k) => [values[place] as string, firsts[k] as number]));
  const spellings = new Set(Array.from(ids, (id, k) => `(${id}, ${firsts[k]})`));
  const rows = asked.flatMap(({ value, from, to, place }) => {
    const first = firstOf.get(value.toWellFormed());
    return first === undefined ? [] : [`(${place}, ${first}, ${from}, ${to})`];
  });
  // Sums up to each moment: spans that overlap, thousands of them of one busy value, do not look at its events again.
  const found = await duck.query(
    `WITH spans(place, id, first, last) AS (VALUES ${rows.join(', ')}),
      spelt(id, first) AS (VALUES ${[...spellings].join(', ')}),
      moments AS (SELECT s.first AS id, e.time, count(*) AS n, count(*) FILTER (e.f_error <> 0) AS failed
        FROM events e JOIN spelt s ON s.id = e.f_${field} WHERE e.time IS NOT NULL GROUP BY ALL),
      sums AS MATERIALIZED (SELECT id, time, sum(n) OVER w AS n, sum(failed) OVER w AS failed FROM moments
        WINDOW w AS (PARTITION BY id ORDER BY time ROWS UNBOUNDED PRECEDING))
      SELECT place::INTEGER, (ended.n - coalesce(begun.n, 0))::INTEGER, (ended.failed - coalesce(begun.failed, 0))::INTEGER
      FROM spans ASOF JOIN sums ended ON spans.id = ended.id AND spans.last >= ended.time
      ASOF LEFT JOIN sums begun ON spans.id = begun.id AND spans.first > begun.time`,
    {},
    signal,
  );
  const [places, totals, failures] = [0, 1, 2].map((column) => found.integers(column));
  places?.forEach((place, k) => {
    counts[place] = { count: Math.max(0, totals?.[k] ?? 0), failures: Math.max(0, failures?.[k] ?? 0) };
  });
  return counts;
}

function isTime(ms: number): boolean {
  return Number.isSafeInteger(ms);
}
