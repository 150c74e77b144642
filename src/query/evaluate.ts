// Puts a compiled query together in steps, cheapest first: the few thousand distinct values, then the events with the
// ids found (integers only), then the records' texts, and only of events that nothing else has decided.

import { STORED_FIELDS, type StoredFieldId } from '../cloudtrail/fields.ts';
import type { Compiled } from './compile.ts';
import type { Param, Params } from './sql.ts';

export type Statement = { readonly sql: string; readonly params: Params };

/** Up to so many ids are listed in the condition; more are looked up in a list of bits, ten times as fast as a join. */
const MAX_LISTED = 30;

/** Rows (test, id): which values meet which dictionary test. Null when there is no such test. What is asked of several
 *  fields is asked in one scan. */
export function valuesStatement({ dictionaries, params }: Compiled): Statement | null {
  if (dictionaries.length === 0) return null;
  const scans = new Map<string, Map<StoredFieldId, number>>();
  for (const [test, { field, condition }] of dictionaries.entries()) {
    let key = condition;
    // Asked twice of a field: another scan.
    while (scans.get(key)?.has(field)) key = `${key} `;
    scans.set(key, (scans.get(key) ?? new Map()).set(field, test));
  }
  const selects = Array.from(scans, ([condition, tests]) => {
    const numbers = Array.from(tests.keys(), (field) => STORED_FIELDS.indexOf(field));
    const cases = Array.from(tests.values(), (test, k) => `WHEN ${numbers[k]} THEN ${test}`);
    return `SELECT CASE d.field ${cases.join(' ')} END AS test, d.id FROM distinct_values d
      WHERE d.field IN (${numbers.join(', ')}) AND d.id <> 0 AND ${condition}`;
  });
  return statement(selects.join(' UNION ALL '), params);
}

/** The compiled query with its dictionary tests replaced by the ids that meet them. */
export function withValues(compiled: Compiled, tests: Int32Array, ids: Int32Array): Compiled {
  const found: number[][] = compiled.dictionaries.map(() => []);
  for (let k = 0; k < tests.length; k++) found[tests[k] as number]?.push(ids[k] as number);
  const params: Record<string, Param> = { ...compiled.params };
  const where = compiled.where.replace(/\{d(\d+)\}/g, (_, index: string) => {
    const { field } = compiled.dictionaries[Number(index)] as Compiled['dictionaries'][number];
    const listed = found[Number(index)] ?? [];
    if (listed.length === 0) return 'false';
    if (listed.length <= MAX_LISTED) return `e.f_${field} IN (${listed.join(',')})`;
    const bits = bitsOf(listed);
    params[`b${index}`] = bits;
    return `get_bit($b${index}, least(e.f_${field}, ${bits.length * 8 - 9})) = 1`;
  });
  return { ...compiled, where, params };
}

/** Some numbers as DuckDB's BIT: a byte that tells how many bits are not used (none), then a bit for each number from 0
 *  on. The last bit is never set: it stands for all numbers beyond. */
export function bitsOf(numbers: Iterable<number>, last = lastOf(numbers)): Uint8Array {
  const bits = new Uint8Array(1 + Math.ceil((last + 2) / 8));
  for (const number of numbers) {
    const byte = 1 + (number >> 3);
    bits[byte] = (bits[byte] as number) | (128 >> (number & 7));
  }
  return bits;
}

function lastOf(numbers: Iterable<number>): number {
  let last = 0;
  for (const number of numbers) if (number > last) last = number;
  return last;
}

/** The rows that match, as far as columns tell: every condition on a text counts as not met. */
export function columnsStatement({ where, params }: Compiled): Statement {
  return events(where.replace(RECORD_TEST, 'false'), params);
}

/** The rows that only their texts can decide. */
export function undecidedStatement({ where, params, records }: Compiled): Statement {
  const bound = (isUpper: boolean): string =>
    where.replace(RECORD_TEST, (_, index: string) => String(records[Number(index)]?.isNegated !== isUpper));
  return events(`${bound(true)} AND NOT (${bound(false)})`, params);
}

/** All rows that match; `table` is SQL for the records' rows and texts, which may lack rows that need no text. */
export function completeStatement({ where, params, records }: Compiled, table: string): Statement {
  const columns = records.map(({ condition }, index) => `(${condition}) AS r${index}`);
  const some = records.map(({ condition }) => `(${condition})`);
  const tests = `SELECT r.row, ${columns.join(', ')} FROM ${table} r WHERE ${some.join(' OR ')}`;
  const condition = where.replace(RECORD_TEST, (_, index: string) => `coalesce(t.r${index}, false)`);
  return statement(
    `WITH t AS MATERIALIZED (${tests}) SELECT e.row FROM events e LEFT JOIN t ON t.row = e.row WHERE ${condition}`,
    params,
  );
}

const RECORD_TEST = /\{r(\d+)\}/g;

function events(where: string, params: Compiled['params']): Statement {
  return statement(`SELECT e.row FROM events e WHERE ${where}`, params);
}

/** DuckDB refuses parameters that a statement does not use. */
function statement(sql: string, params: Compiled['params']): Statement {
  const used = new Set(sql.match(/\$[pb]\d+\b/g)?.map((name) => name.slice(1)));
  return { sql, params: Object.fromEntries(Object.entries(params).filter(([name]) => used.has(name))) };
}
