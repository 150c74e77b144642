// Conditions on what no record states and the store works out: the family of user agents, what an event is the first of,
// and the person behind it.

import { type DerivedFieldId, findField } from '../cloudtrail/fields.ts';
import { FIRST_KINDS, type FirstKind } from '../cloudtrail/firsts.ts';
import { CALLER_FIELDS } from '../cloudtrail/person.ts';
import { alternatives } from './compile-field.ts';
import { isGlobMatch } from './pattern.ts';
import type { Query } from './query.ts';
import { bind, FALSE, type Sql, whereValue } from './sql.ts';

/** What is asked of a derived field. */
export type DerivedTest =
  | { readonly kind: 'present' }
  | { readonly kind: 'values'; readonly patterns: readonly string[] }
  | { readonly kind: 'holds'; readonly text: string };

/** Events whose user agent's family meets the test; an event without a user agent has no family. */
export function compileFamily(sql: Sql, test: DerivedTest): string {
  const condition = textCondition(sql, 'a.family', test);
  return whereValue(sql, 'agent', `d.id IN (SELECT a.id FROM agent_families a WHERE a.family <> '' AND ${condition})`);
}

function textCondition(sql: Sql, text: string, test: DerivedTest): string {
  switch (test.kind) {
    case 'present':
      return 'true';
    case 'holds':
      return `contains(lower(${text}), lower(${bind(sql, test.text)}))`;
    case 'values':
      return `regexp_full_match(${text}, ${bind(sql, alternatives(test.patterns))}, 'is')`;
  }
}

/** Events that are the first of any of the kinds that meet the test. */
export function compileFirsts(_sql: Sql, test: DerivedTest): string {
  const bits = kindsOf(test).reduce((sum, kind) => sum | firstBit(kind), 0);
  return bits === 0 ? FALSE : `e.row IN (SELECT f.row FROM firsts f WHERE f.kinds & ${bits} <> 0)`;
}

/** What stands for a kind in firsts.kinds. */
export function firstBit(kind: FirstKind): number {
  return 1 << FIRST_KINDS.indexOf(kind);
}

/** Events of callers behind whom a person stands whose label, or name, meets the test. */
export function compilePerson(sql: Sql, test: DerivedTest): string {
  const isSame = CALLER_FIELDS.map((field) => `p.f_${field} = e.f_${field}`).join(' AND ');
  const [label, name] = ['p.label', 'p.name'].map((text) => textCondition(sql, text, test));
  const isMeant = `(${label} OR ${name})`;
  // Of some events the columns tell nothing, or wrongly.
  return `(e.row NOT IN (SELECT t.row FROM told_rows t) AND EXISTS (SELECT 1 FROM people p WHERE ${isSame} AND ${isMeant})
    OR e.row IN (SELECT t.row FROM told_rows t JOIN people p ON p.caller = t.caller WHERE ${isMeant}))`;
}

/** Whether the answer to a query hangs on a field that the store must work out before. */
export function asks(query: Query, id: DerivedFieldId): boolean {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.terms.some((term) => asks(term, id));
    case 'not':
      return asks(query.term, id);
    case 'field':
    case 'present':
    case 'like':
      return findField(query.path)?.id === id;
    default:
      return false;
  }
}

/** The kinds that a test means. */
export function kindsOf(test: DerivedTest): readonly FirstKind[] {
  switch (test.kind) {
    case 'present':
      return FIRST_KINDS;
    case 'holds':
      return FIRST_KINDS.filter((kind) => kind.includes(test.text.toLowerCase()));
    case 'values':
      return FIRST_KINDS.filter((kind) => test.patterns.some((pattern) => isGlobMatch(pattern, kind)));
  }
}
