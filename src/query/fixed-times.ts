// A query whose times mean the same tomorrow and in every time zone: what is passed on to somebody else.

import type { Query } from './query.ts';

/** The same query with each time as the moment it stood for (`since:2h` becomes `since:2026-05-20T12:00:00Z`). */
export function withFixedTimes(query: Query): Query {
  switch (query.kind) {
    case 'and':
    case 'or':
      return { ...query, terms: query.terms.map(withFixedTimes) };
    case 'not':
      return { ...query, term: withFixedTimes(query.term) };
    case 'since':
    case 'until':
      return { ...query, text: momentText(query.at) };
    case 'at':
      return {
        kind: 'and',
        terms: [
          { kind: 'since', at: query.from, text: momentText(query.from) },
          { kind: 'until', at: query.to, text: momentText(query.to) },
        ],
      };
    case 'compare':
      // A moment without a fraction would stand for all of its second.
      return query.at === null ? query : { ...query, text: new Date(query.at).toISOString() };
    default:
      return query;
  }
}

/** ISO 8601 in UTC, as --since and `since:` take it. */
export function momentText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
