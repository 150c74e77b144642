// `who:alice` finds Admin/alice as well, and `who:job/run-*` also job/run-now: a row of a page that means one caller has
// to leave out by name whoever else the term finds.

import { fieldTerm } from '../query/edit.ts';
import { isGlobMatch, literalPattern } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';

/** The caller of that name, and none of the others. */
export function whoTerms(who: string, others: Iterable<string>): readonly Query[] {
  const unmeant = [...others].filter((other) => other.toLowerCase() !== who.toLowerCase());
  return [fieldTerm('who', who), ...withoutThose(literalPattern(who), unmeant)];
}

/** Leaves out those of the callers that `who:pattern` finds. */
export function withoutThose(pattern: string, callers: Iterable<string>): readonly Query[] {
  const found = [...new Set(callers)].filter((who) => isNamedBy(pattern, who));
  if (found.length === 0) return [];
  return [{ kind: 'not', term: { kind: 'field', path: 'who', values: found.map(literalPattern) } }];
}

/** Whether `who:` finds the caller by the pattern: by the whole label, or by what is at either side of a slash. */
function isNamedBy(pattern: string, who: string): boolean {
  const role = pattern.split(/[/*\\?]/, 1)[0] ?? '';
  // Of thousands of callers few have anything of it.
  if (!who.toLowerCase().includes(role.toLowerCase())) return false;
  return [pattern, `*/${pattern}`, `${pattern}/*`].some((form) => isGlobMatch(form, who));
}
