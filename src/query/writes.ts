import { isReadName } from '../cloudtrail/event-verbs.ts';
import { literalPattern } from './pattern.ts';
import type { Query } from './query.ts';

const readOnly = (value: 'true' | 'false'): Query => ({ kind: 'field', path: 'readOnly', values: [value] });

/** Events that change something, as `isReadOnly` counts: readOnly where the record states it, else what the name says.
 *  `names`: the event names there are; those that say "reads" are listed in the query. */
export function writesQuery(names: readonly string[]): Query {
  const reads = names.filter(isReadName).map(literalPattern);
  const isNotStatedRead: Query = { kind: 'not', term: readOnly('true') };
  if (reads.length === 0) return isNotStatedRead;
  const isReadByName: Query = { kind: 'field', path: 'eventName', values: reads };
  return {
    kind: 'and',
    terms: [isNotStatedRead, { kind: 'or', terms: [readOnly('false'), { kind: 'not', term: isReadByName }] }],
  };
}
