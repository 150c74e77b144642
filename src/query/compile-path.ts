// Conditions on any path of the record. First a scan of the text rules out the records that hold neither the last key
// nor the value; then the path is followed through what is left: each step takes the children whose key agrees in any
// case, and opens lists, so that a path that crosses a list means any of its elements. What is not valid JSON has no
// paths.

import { RECORD_KEYS } from '../cloudtrail/record-keys.ts';
import { alternatives } from './compile-field.ts';
import type { PathStep } from './paths.ts';
import { patternParts, plainText } from './pattern.ts';
import type { Comparison } from './query.ts';
import { keySource, textSource } from './record-text.ts';
import { anyOf, bind, type Sql, whereRecord } from './sql.ts';

export type PathTest =
  | { readonly kind: 'present' }
  | { readonly kind: 'values'; readonly patterns: readonly string[] }
  | { readonly kind: 'holds'; readonly text: string }
  | { readonly kind: 'number'; readonly operator: Comparison; readonly value: number }
  | { readonly kind: 'time'; readonly operator: Comparison; readonly at: number };

export function compilePath(sql: Sql, steps: readonly PathStep[], test: PathTest): string {
  const rough = roughConditions(sql, steps, test);
  const values = reach(sql, steps);
  const exact = `len(list_filter(${values}, lambda leaf: ${leafCondition(sql, test)})) > 0`;
  // CASE, because AND may be evaluated in any order, and following the path through every record takes seconds.
  const condition = `CASE WHEN ${rough.join(' AND ')} THEN coalesce(${exact}, false) ELSE false END`;
  return whereRecord(sql, condition, false);
}

/** A list of what the path leads to, each once: a text as v…, an object as o; what is null or absent is left out. */
export function compilePathValues(sql: Sql, steps: readonly PathStep[]): string {
  const stated = `list_filter(${reach(sql, steps)}, lambda leaf: json_type(leaf) <> 'NULL')`;
  const cell = `CASE WHEN ${IS_SCALAR} THEN 'v' || ${LEAF_TEXT} ELSE 'o' END`;
  const values = `list_sort(list_distinct(list_transform(${stated}, lambda leaf: ${cell})))`;
  const rough = roughConditions(sql, steps, { kind: 'present' });
  return `CASE WHEN ${rough.join(' AND ')} THEN coalesce(${values}, []) ELSE [] END`;
}

function roughConditions(sql: Sql, steps: readonly PathStep[], test: PathTest): readonly string[] {
  const matches = (source: string) => `regexp_matches(r.raw, ${bind(sql, source)}, 'i')`;
  const texts = soughtTexts(test);
  const conditions: string[] = [];
  if (texts.length > 0 && texts.every((text) => text !== '')) {
    const spellings = numbersIn(test).length === 0 ? [] : [ODD_NUMBER];
    conditions.push(matches(`(?:${[...texts.map(textSource), ...spellings].join('|')})`));
  }
  conditions.push(matches(keySource(steps.findLast((step) => step.kind === 'key')?.key ?? '')));
  return conditions;
}

/** For each way to match, the longest text that a matching value must hold. */
function soughtTexts(test: PathTest): readonly string[] {
  if (test.kind === 'holds') return [test.text];
  if (test.kind !== 'values') return [];
  const numbers = numbersIn(test).filter(({ value }) => Number.isSafeInteger(value));
  const longest = test.patterns.map((pattern) => {
    const texts = patternParts(pattern).map((part) => (part.kind === 'text' ? part.text : ''));
    return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
  });
  return [...longest, ...numbers.map(({ value }) => String(value))];
}

/** A number of JSON; `isPlain`: in whole digits, as CloudTrail writes nearly all and the database keeps them. */
type SoughtNumber = { readonly value: number; readonly isPlain: boolean };

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
/** RE2 source for a number that the database spells in another way: 1.688560107857E9, 1e3, 1.10, -0. */
const ODD_NUMBER = String.raw`[:,\[]\s*-?(?:0|[1-9][0-9]*)[.e]|[:,\[]\s*-0`;

function numbersIn(test: PathTest): readonly SoughtNumber[] {
  if (test.kind !== 'values') return [];
  return test.patterns.flatMap((pattern) => {
    const text = plainText(pattern);
    if (text === null || !NUMBER.test(text) || !Number.isFinite(Number(text))) return [];
    return [{ value: Number(text), isPlain: /^(?:0|-?[1-9]\d*)$/.test(text) }];
  });
}

/** Half of a surrogate pair is no JSON to the database; it is U+FFFD then, as in the texts that are bound. */
const RECORD = String.raw`coalesce(TRY_CAST(r.raw AS JSON), TRY_CAST(regexp_replace(r.raw, '\\u[dD][89a-fA-F][0-9a-fA-F]{2}', '\\ufffd', 'g') AS JSON))`;

/** A list of the JSON values that the path leads to. */
function reach(sql: Sql, steps: readonly PathStep[]): string {
  let values = `[${RECORD}]`;
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'index') {
      values = `list_transform(${values}, lambda item: json_extract(item, '$[${step.index}]'))`;
    } else {
      const keys = `list_filter(json_keys(parent), lambda key: lower(key) = lower(${bind(sql, step.key)}))`;
      const child = `json_extract(parent, '/' || replace(replace(key, '~', '~0'), '/', '~1'))`;
      values = `flatten(list_transform(${values}, lambda parent: list_transform(${keys}, lambda key: ${child})))`;
      if (index === 0) values = orAsSpelt(step.key, values);
    }
    const next = steps[index + 1];
    if (next === undefined || next.kind === 'key') values = opened(values);
  }
  return values;
}

/** A key that CloudTrail itself writes is found five times as fast in its spelling: most records need no more. */
function orAsSpelt(key: string, values: string): string {
  const spelt = RECORD_KEYS.find((known) => known.toLowerCase() === key.toLowerCase());
  if (spelt === undefined) return values;
  const value = `TRY(json_extract(r.raw, '/${spelt}'))`;
  return `CASE WHEN ${value} IS NOT NULL THEN [${value}] ELSE ${values} END`;
}

/** Lists in lists in lists … are opened down to here: CloudTrail's own go two deep, a request may go as it likes. */
const LIST_DEPTH = 8;
const DEEP_ELEMENTS = Array.from(
  { length: LIST_DEPTH },
  (_, depth) => `json_extract(item, '$${'[*]'.repeat(depth + 1)}')`,
);

/** Lists replaced by their elements. */
function opened(values: string): string {
  const deep = `list_filter(flatten([${DEEP_ELEMENTS.join(', ')}]), lambda part: json_type(part) <> 'ARRAY')`;
  // A list that holds a list has one of these in its text; DuckDB's JSON has no white space.
  const elements = String.raw`CASE WHEN regexp_matches(item::VARCHAR, '[,\[]\[') THEN ${deep} ELSE json_extract(item, '$[*]') END`;
  const either = `CASE json_type(item) WHEN 'ARRAY' THEN ${elements} ELSE [item] END`;
  return `flatten(list_transform(${values}, lambda item: ${either}))`;
}

const LEAF_TEXT = `json_extract_string(leaf, '$')`;
const IS_NUMBER = `json_type(leaf) IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')`;
const IS_SCALAR = `json_type(leaf) NOT IN ('NULL', 'OBJECT', 'ARRAY')`;

function leafCondition(sql: Sql, test: PathTest): string {
  switch (test.kind) {
    case 'present':
      return `json_type(leaf) <> 'NULL'`;
    case 'values':
      return `${IS_SCALAR} AND ${anyOf([isOneOf(sql, test.patterns), ...numbersIn(test).map((number) => isNumber(sql, number))])}`;
    case 'holds':
      return `${IS_SCALAR} AND contains(lower(${LEAF_TEXT}), lower(${bind(sql, test.text)}))`;
    case 'number':
      return `${IS_SCALAR} AND TRY_CAST(${LEAF_TEXT} AS DOUBLE) ${test.operator} ${double(sql, test.value)}`;
    case 'time':
      return `${IS_SCALAR} AND epoch_ms(TRY_CAST(${LEAF_TEXT} AS TIMESTAMP)) ${test.operator} ${bind(sql, test.at)}`;
  }
}

/** The record's spelling of a number is gone, so its value is compared; ids of whole digits, which a double cannot
 *  tell apart, only as texts. */
function isNumber(sql: Sql, { value, isPlain }: SoughtNumber): string {
  const isOdd = isPlain ? `json_type(leaf) = 'DOUBLE' AND regexp_matches(${LEAF_TEXT}, '[.eE]')` : IS_NUMBER;
  return `(${isOdd} AND TRY_CAST(${LEAF_TEXT} AS DOUBLE) = ${double(sql, value)})`;
}

/** By way of its text: a number beyond 64 bits cannot be bound. */
function double(sql: Sql, value: number): string {
  return `CAST(${bind(sql, String(value))} AS DOUBLE)`;
}

function isOneOf(sql: Sql, patterns: readonly string[]): string {
  const plain = patterns.map(plainText);
  if (plain.every((text) => text !== null)) {
    return `lower(${LEAF_TEXT}) IN (${plain.map((text) => `lower(${bind(sql, text)})`).join(', ')})`;
  }
  return `regexp_full_match(${LEAF_TEXT}, ${bind(sql, alternatives(patterns))}, 'is')`;
}
