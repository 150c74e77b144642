import type { Query } from '../query/query.ts';
import type { HistoryRange } from '../sources/live-source.ts';

/** The query within a span of time; `recent` leaves it as it is. */
export function narrowTo(query: Query, range: HistoryRange): Query {
  if (range.kind === 'recent') return query;
  const limits: readonly Query[] = [
    { kind: 'since', at: range.from, text: textOf(range.from) },
    ...(range.to === null ? [] : [{ kind: 'until', at: range.to, text: textOf(range.to) } as const]),
  ];
  if (query.kind === 'all') return limits.length === 1 ? (limits[0] as Query) : { kind: 'and', terms: limits };
  return { kind: 'and', terms: [...(query.kind === 'and' ? query.terms : [query]), ...limits] };
}

function textOf(ms: number): string {
  return new Date(ms).toISOString();
}
