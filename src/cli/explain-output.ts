// --explain: how the query is understood and what each term of it costs, instead of the events.

import { explainQuery } from '../query/explain.ts';
import type { Spelling } from '../query/lookup-attribute.ts';
import type { Query } from '../query/query.ts';
import type { Understood } from '../store/result.ts';
import type { Store } from '../store/store.ts';
import { countOf, formatTime, type TimeZoneChoice } from '../text/format.ts';
import { sanitize } from '../text/sanitize.ts';

export type Explained = {
  readonly query: Query;
  /** What was read; null where nothing is: event history is not asked for an explanation. */
  readonly store: Pick<Store, 'total' | 'distinctCount'> | null;
  readonly understood: readonly Understood[];
  /** What AWS could pick out by itself; null where AWS is not asked. */
  readonly spelling: Spelling | null;
  readonly zone: TimeZoneChoice;
};

/** A term a line, and below it what it means and where it is looked for. */
export function explainText({ query, store, understood, spelling, zone }: Explained): string {
  if (query.kind === 'all') return 'no condition: every event\n';
  const lines = explainQuery(query, {
    events: store?.total ?? 0,
    distinct: (field) => store?.distinctCount(field) ?? 0,
    understood,
    spelling,
    timeText: (ms) => `${formatTime(ms, { zone, style: 'date-time' })} ${zone === 'utc' ? 'UTC' : 'local time'}`,
  }).flatMap(({ depth, term, meaning, cost }) => {
    const indent = '  '.repeat(depth);
    const below = [meaning, cost].filter((text) => text !== '' && text !== term);
    return [indent + term, ...below.map((text) => `${indent}    ${text}`)];
  });
  const over = store === null ? [] : [`over ${countOf(store.total, 'event')}`];
  return [...lines, ...over].map((line) => `${sanitize(line)}\n`).join('');
}
