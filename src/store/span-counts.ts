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
  const dictionary = table.dictionaries[field];
  // Numbers alone; of times that a number of 64 bits does not hold there are no events.
  const asked = spans.flatMap(({ value, from, to }, place) => {
    const id = value === '' ? -1 : dictionary.idOf(value);
    return id < 0 || !isTime(from) || !isTime(to) ? [] : [`(${place}, ${id}, ${from}, ${to})`];
  });
  const counts = spans.map(() => NONE);
  if (asked.length === 0) return counts;
  // Sums up to each moment: spans that overlap, thousands of them of one busy value, do not look at its events again.
  const found = await duck.query(
    `WITH spans(place, id, first, last) AS (VALUES ${asked.join(', ')}),
      moments AS (SELECT f_${field} AS id, time, count(*) AS n, count(*) FILTER (f_error <> 0) AS failed
        FROM events WHERE f_${field} IN (SELECT id FROM spans) AND time IS NOT NULL GROUP BY ALL),
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
