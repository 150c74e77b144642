// Changing a query as a whole: a filter comes in, one goes, another span of time. Only the terms that every match must
// meet (the query itself, or the parts of its top-level and) are touched; the rest stays as the person wrote it.

import { parsePath, resolvePath } from './paths.ts';
import { literalPattern } from './pattern.ts';
import type { Query } from './query.ts';
import { parseSpan } from './time-range.ts';

/** The query, and the term as well. A term that is there already is not added again; its exact opposite makes way. */
export function withTerm(query: Query, term: Query): Query {
  if (term.kind === 'and') return term.terms.reduce(withTerm, query);
  if (term.kind === 'all' || hasTerm(query, term)) return query;
  const terms = partsOf(query);
  const at = terms.findIndex(isSameAs(negated(term)));
  return allOf(at < 0 ? [...terms, term] : terms.with(at, term));
}

/** The query without the term, wherever every match must meet it. */
export function withoutTerm(query: Query, term: Query): Query {
  const unwanted = new Set(required(term).map(canonical));
  return hasTerm(query, term) ? without(query, unwanted) : query;
}

function without(query: Query, unwanted: ReadonlySet<string>): Query {
  if (query.kind !== 'and') return unwanted.has(canonical(query)) ? { kind: 'all' } : query;
  return allOf(query.terms.map((part) => without(part, unwanted)).filter(({ kind }) => kind !== 'all'));
}

/** Whether every match must meet the term because the query says so at its top level. */
export function hasTerm(query: Query, term: Query): boolean {
  const known = new Set(required(query).map(canonical));
  return term.kind !== 'all' && required(term).every((part) => known.has(canonical(part)));
}

/** The query from `from` to `to`, ends included, ms since the epoch, whatever it said about time at its top level. */
export function withSpan(query: Query, from: number, to: number): Query {
  const [start, end] = [clamped(Math.floor(from)), clamped(Math.ceil(to))];
  return allOf([
    ...partsOf(query).filter((part) => !isTime(part)),
    { kind: 'since', at: start, text: timeText(start) },
    { kind: 'until', at: end, text: timeText(end) },
  ]);
}

/** What the query says about time at its top level. */
export function timeTerms(query: Query): readonly Query[] {
  return partsOf(query).filter(isTime);
}

/** The query with these terms about time in place of its own; none: at any time. */
export function withTimeTerms(query: Query, terms: readonly Query[]): Query {
  return allOf([...partsOf(query).filter((part) => !isTime(part)), ...terms]);
}

/** Events whose field (or path) has exactly this value; with '' those that lack it. (A path that states a text of no
 *  length is path:""; no field of the table is.) */
export function fieldTerm(field: string, value: string): Query {
  if (value === '') return { kind: 'not', term: { kind: 'present', path: field } };
  const target = resolvePath(field);
  if (target.kind === 'field' && target.field.kind === 'time') {
    const span = parseSpan(value, { now: 0, zone: 'utc' });
    if (span !== null) return { kind: 'at', from: span.from, to: span.to, text: value };
  }
  return { kind: 'field', path: field, values: [literalPattern(value)] };
}

/** As the person wrote them: a group in parentheses is one. */
function partsOf(query: Query): readonly Query[] {
  if (query.kind === 'all') return [];
  return query.kind === 'and' ? query.terms : [query];
}

function required(query: Query): readonly Query[] {
  return query.kind === 'and' ? query.terms.flatMap(required) : [query];
}

function allOf(terms: readonly Query[]): Query {
  const [first] = terms;
  if (first === undefined) return { kind: 'all' };
  return terms.length === 1 ? first : { kind: 'and', terms };
}

function negated(term: Query): Query {
  return term.kind === 'not' ? term.term : { kind: 'not', term };
}

function isSameAs(term: Query): (other: Query) => boolean {
  const sought = canonical(term);
  return (other) => canonical(other) === sought;
}

/** The same text for terms that mean the same but for case and the spelling of the field. */
function canonical(query: Query): string {
  switch (query.kind) {
    case 'and':
    case 'or':
      return `${query.kind}(${query.terms.map(canonical).join()})`;
    case 'not':
      return query.term.kind === 'not' ? canonical(query.term.term) : `not(${canonical(query.term)})`;
    case 'field':
      return JSON.stringify(['field', pathName(query.path), query.values.map((value) => value.toLowerCase()).sort()]);
    case 'present':
    case 'like':
    case 'compare':
      return JSON.stringify({ ...query, path: pathName(query.path) });
    default:
      return JSON.stringify(query);
  }
}

function pathName(path: string): string {
  const target = resolvePath(path);
  if (target.kind === 'field') return target.field.id;
  const steps = parsePath(path) ?? [];
  return JSON.stringify(steps.map((step) => (step.kind === 'key' ? step.key.toLowerCase() : step.index)));
}

/** since, until, at, time:…, and the choice between days that time:a,b is. */
function isTime(query: Query): boolean {
  switch (query.kind) {
    case 'since':
    case 'until':
    case 'at':
      return true;
    case 'compare': {
      const target = resolvePath(query.path);
      return target.kind === 'field' && target.field.kind === 'time';
    }
    case 'or':
      return query.terms.every(isTime);
    default:
      return false;
  }
}

/** No event is older than CloudTrail, and years of five digits are not read back. */
function clamped(ms: number): number {
  return Math.min(Math.max(ms || 0, 0), Date.UTC(9999, 11, 31));
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
