// Query → conditions in DuckDB's SQL over the store:
//   events e        row, time (ms, NULL where absent), f_<field>: an id in that field's dictionary
//   distinct_values d   field (its place in STORED_FIELDS), id, value; id 0 is the absent value
//   records r       row, raw: the record's text
// The condition on events holds {d0}, {d1} … and {r0}, {r1} … in place of the conditions on distinct values and on
// texts: evaluate.ts answers those first, in one small and one long scan, so that what runs over all events compares
// integers only. Values are parameters, never text. No condition is ever NULL, so that NOT is exact: what lacks a
// field does not match field:x and does match !field:x. User's globs and words become escaped RE2 patterns.

import { type DerivedFieldId, findField, type StoredFieldId } from '../cloudtrail/fields.ts';
import { compileFamily, compileFirsts, compilePerson, type DerivedTest } from './compile-derived.ts';
import { compileValues } from './compile-field.ts';
import { compilePath, type PathTest } from './compile-path.ts';
import { compileWord, holds, matchesName } from './compile-word.ts';
import { type FuzzyMatches, likeKey } from './fuzzy-matches.ts';
import { parsePath } from './paths.ts';
import type { Comparison, Query } from './query.ts';
import { bind, type DictionaryTest, FALSE, type Params, type RecordTest, type Sql } from './sql.ts';

export type CompileOptions = {
  /** What the matcher made of the fuzzy words; a word that is not there is looked for as a substring. */
  readonly fuzzy: FuzzyMatches;
};

export type Compiled = {
  /** Over `events e`, with {d…} and {r…} for the tests below. */
  readonly where: string;
  /** By name, for the $p… in `where` and the tests. */
  readonly params: Params;
  readonly dictionaries: readonly DictionaryTest[];
  readonly records: readonly RecordTest[];
};

/** The condition that an event `e` meets exactly when it matches the query. */
export function compileQuery(query: Query, options: CompileOptions): Compiled {
  const sql: Sql = { params: {}, names: new Map(), dictionaries: [], records: [], isNegated: false };
  const where = compileTerm(sql, query, options);
  return { where, params: sql.params, dictionaries: sql.dictionaries, records: sql.records };
}

type Term<Kind extends Query['kind']> = Query & { readonly kind: Kind };

function compileTerm(sql: Sql, query: Query, options: CompileOptions): string {
  switch (query.kind) {
    case 'all':
      return 'true';
    case 'and':
    case 'or': {
      const terms = query.terms.map((term) => compileTerm(sql, term, options));
      return `(${terms.join(query.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return compileNot(sql, query.term, options);
    case 'word':
      return compileWord(sql, query, options);
    case 'field':
      return compileField(sql, query);
    case 'present':
      return compilePresent(sql, query);
    case 'like':
      return compileLike(sql, query, options);
    case 'compare':
      return compileCompare(sql, query);
    case 'since':
      return compileTime(sql, '>=', query.at);
    case 'until':
      return compileTime(sql, '<=', query.at);
    case 'at':
      return `(e.time IS NOT NULL AND e.time BETWEEN ${bind(sql, query.from)} AND ${bind(sql, query.to)})`;
  }
}

function compileNot(sql: Sql, term: Query, options: CompileOptions): string {
  sql.isNegated = !sql.isNegated;
  const where = compileTerm(sql, term, options);
  sql.isNegated = !sql.isNegated;
  return `NOT (${where})`;
}

type Target =
  | { readonly kind: 'stored'; readonly id: StoredFieldId; readonly isName: boolean }
  | { readonly kind: 'derived'; readonly id: DerivedFieldId }
  | { readonly kind: 'time' }
  | { readonly kind: 'record'; readonly path: string };

function targetOf(path: string): Target {
  const field = findField(path.replaceAll('[]', ''));
  if (field === undefined) return { kind: 'record', path };
  if (field.kind === 'record') return { kind: 'record', path: field.path };
  if (field.kind === 'time') return { kind: 'time' };
  if (field.kind === 'derived') return { kind: 'derived', id: field.id as DerivedFieldId };
  return { kind: 'stored', id: field.id as StoredFieldId, isName: field.kind === 'name' };
}

function compileField(sql: Sql, { path, values }: Term<'field'>): string {
  const target = targetOf(path);
  if (target.kind === 'stored') return compileValues(sql, target.id, values);
  if (target.kind === 'derived') return derived(sql, target.id, { kind: 'values', patterns: values });
  // The parser turns time:… into `at`.
  if (target.kind === 'time') return FALSE;
  return inRecord(sql, target.path, { kind: 'values', patterns: values });
}

function compilePresent(sql: Sql, { path }: Term<'present'>): string {
  const target = targetOf(path);
  if (target.kind === 'stored') return `e.f_${target.id} <> 0`;
  if (target.kind === 'derived') return derived(sql, target.id, { kind: 'present' });
  return target.kind === 'time' ? 'e.time IS NOT NULL' : inRecord(sql, target.path, { kind: 'present' });
}

function compileLike(sql: Sql, { path, text }: Term<'like'>, { fuzzy }: CompileOptions): string {
  const target = targetOf(path);
  if (target.kind === 'time') return FALSE;
  if (target.kind === 'derived') return derived(sql, target.id, { kind: 'holds', text });
  if (target.kind === 'record') return inRecord(sql, target.path, { kind: 'holds', text });
  if (!target.isName) return holds(sql, target.id, text);
  return matchesName(sql, target.id, likeKey(target.id, text), fuzzy, text);
}

function compileCompare(sql: Sql, { path, operator, text, at }: Term<'compare'>): string {
  const target = targetOf(path);
  if (target.kind === 'time') return at === null ? FALSE : compileTime(sql, operator, at);
  // The parser lets no other field of the table be compared.
  if (target.kind === 'stored' || target.kind === 'derived') return FALSE;
  const test: PathTest =
    at === null ? { kind: 'number', operator, value: Number(text) } : { kind: 'time', operator, at };
  return inRecord(sql, target.path, test);
}

function derived(sql: Sql, id: DerivedFieldId, test: DerivedTest): string {
  switch (id) {
    case 'family':
      return compileFamily(sql, test);
    case 'first':
      return compileFirsts(sql, test);
    case 'person':
      return compilePerson(sql, test);
  }
}

function compileTime(sql: Sql, operator: Comparison, at: number): string {
  return `(e.time IS NOT NULL AND e.time ${operator} ${bind(sql, at)})`;
}

function inRecord(sql: Sql, path: string, test: PathTest): string {
  const steps = parsePath(path);
  return steps === null ? FALSE : compilePath(sql, steps, test);
}
