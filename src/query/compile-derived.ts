// Conditions on what no record states and the store works out: the family of user agents, and what an event is the
// first of.

import { FIRST_KINDS, type FirstKind } from '../cloudtrail/firsts.ts';
import { isGlobMatch } from './pattern.ts';
import { FALSE, type Sql } from './sql.ts';

/** What is asked of a derived field. */
export type DerivedTest =
  | { readonly kind: 'present' }
  | { readonly kind: 'values'; readonly patterns: readonly string[] }
  | { readonly kind: 'holds'; readonly text: string };

/** Events whose user agent's family meets the test; an event without a user agent has no family. */
export function compileFamily(_sql: Sql, _test: DerivedTest): string {
  return FALSE;
}

/** Events that are the first of any of the kinds that meet the test. */
export function compileFirsts(_sql: Sql, _test: DerivedTest): string {
  return FALSE;
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
