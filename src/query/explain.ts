// What a query means and what it costs, term by term, in words: a person who trusts what they see asks better. The
// costs say where each term is looked for; evaluate.ts says in which order.

import { type DerivedFieldId, findField, type StoredFieldId } from '../cloudtrail/fields.ts';
import { costText, type TermCost } from './explain-cost.ts';
import { meaningOf } from './explain-meaning.ts';
import type { FuzzyMatch } from './fuzzy-matches.ts';
import { lookupAttributeOf, type Spelling } from './lookup-attribute.ts';
import { resolvePath } from './paths.ts';
import { printQuery } from './print.ts';
import type { Query } from './query.ts';

export type ExplainLine = {
  /** 0 for a term of the top level; one more within each group. */
  readonly depth: number;
  /** As it would be written. It may hold what a person pasted: hostile as any value. */
  readonly term: string;
  readonly meaning: string;
  /** Where it is looked for and how long that takes at most; '' for a group. */
  readonly cost: string;
};

export type ExplainContext = {
  /** How many are loaded. */
  readonly events: number;
  /** How many different values of a field are loaded. */
  readonly distinct: (field: StoredFieldId) => number;
  /** What the fuzzy words stood for. */
  readonly understood: readonly UnderstoodWord[];
  /** Where CloudTrail's event history could be asked: what it could take over is told. Null where nobody is asked. */
  readonly spelling: Spelling | null;
  /** ISO 8601 in UTC by default. */
  readonly timeText?: (ms: number) => string;
};

export type UnderstoodWord = { readonly word: string; readonly matches: readonly FuzzyMatch[] };

/** One line for each term, groups before what is in them; at last what the server could be asked. */
export function explainQuery(query: Query, context: ExplainContext): readonly ExplainLine[] {
  const lines: ExplainLine[] = [];
  if (query.kind === 'and') for (const term of query.terms) explain(term, 0, context, lines);
  else explain(query, 0, context, lines);
  return context.spelling === null ? lines : [...lines, serverLine(query, context.spelling)];
}

function explain(query: Query, depth: number, context: ExplainContext, lines: ExplainLine[]): void {
  const term = printQuery(query);
  const inner = query.kind === 'not' ? query.term : query;
  if (inner.kind === 'and' || inner.kind === 'or') {
    const heading = inner.kind === 'and' ? 'all of these' : 'any of these';
    const meaning = query.kind === 'not' ? `not ${heading}` : heading;
    lines.push({ depth, term, meaning, cost: '' });
    for (const part of inner.terms) explain(part, depth + 1, context, lines);
    return;
  }
  if (query.kind === 'not' && inner.kind === 'not') {
    explain(inner.term, depth, context, lines);
    return;
  }
  const meaning = meaningOf(inner, context);
  const cost = costText(costOf(inner), fieldOf(inner), context);
  const negated = inner.kind === 'present' ? meaning.replace(/ is stated$/, ' is not stated') : `not: ${meaning}`;
  lines.push({ depth, term, meaning: query.kind === 'not' ? negated : meaning, cost });
}

/** Where a term is looked for. */
export function costOf(query: Query): TermCost {
  switch (query.kind) {
    case 'all':
    case 'and':
    case 'or':
    case 'not':
      return 'nothing';
    case 'since':
    case 'until':
    case 'at':
      return 'time';
    case 'word':
      if (query.mode === 'fuzzy') return 'names';
      return query.mode === 'substring' || query.mode === 'phrase' ? 'text' : 'every field';
    case 'field':
    case 'present':
    case 'like':
    case 'compare': {
      const target = resolvePath(query.path);
      if (target.kind !== 'field') return 'path';
      switch (target.field.kind) {
        case 'time':
          return 'time';
        case 'record':
          return 'path';
        case 'derived':
          return COST_OF_DERIVED[target.field.id as DerivedFieldId];
        default:
          return query.kind === 'present' ? 'stated' : 'values';
      }
    }
  }
}

const COST_OF_DERIVED: Readonly<Record<DerivedFieldId, TermCost>> = {
  family: 'values',
  first: 'first',
  person: 'person',
};

/** The stored field that a term is looked for in; null where there is none or more than one. */
function fieldOf(query: Query): StoredFieldId | null {
  if (!('path' in query)) return null;
  const field = findField(query.path.replaceAll('[]', ''));
  if (field === undefined || field.kind === 'time' || field.kind === 'record') return null;
  if (field.kind === 'derived') return field.id === 'family' ? 'agent' : null;
  return field.id as StoredFieldId;
}

function serverLine(query: Query, spelling: Spelling): ExplainLine {
  const attribute = lookupAttributeOf(query, spelling);
  const term = 'LookupEvents';
  if (attribute === null) {
    const meaning = 'no term is one that the event history could look up: all events of the time are fetched';
    return { depth: 0, term, meaning, cost: '' };
  }
  const meaning = `the event history could look up ${attribute.key}=${attribute.value}; the rest is found here`;
  return { depth: 0, term, meaning, cost: '' };
}
