// Puts a compiled query together in steps, cheapest first: the few thousand distinct values, then the events with the
// ids found (integers only), then the records' texts, and only of events that nothing else has decided.

import type { Compiled } from './compile.ts';

export type Statement = { readonly sql: string; readonly params: Readonly<Record<string, string | number>> };

/** Up to so many ids are listed in the condition; beyond, the dictionary is joined. */
const MAX_LISTED = 2000;

/** Rows (test, id): which values meet which dictionary test. Null when there is no such test. */
export function valuesStatement({ dictionaries, params }: Compiled): Statement | null {
  if (dictionaries.length === 0) return null;
  const selects = dictionaries.map(
    ({ field, condition }, test) => `SELECT ${test} AS test, d.id FROM d_${field} d WHERE d.id <> 0 AND ${condition}`,
  );
  return statement(selects.join(' UNION ALL '), params);
}

/** The compiled query with its dictionary tests replaced by the ids that meet them. */
export function withValues(compiled: Compiled, tests: Int32Array, ids: Int32Array): Compiled {
  const found: number[][] = compiled.dictionaries.map(() => []);
  for (let k = 0; k < tests.length; k++) found[tests[k] as number]?.push(ids[k] as number);
  const where = compiled.where.replace(/\{d(\d+)\}/g, (_, index: string) => {
    const { field, condition } = compiled.dictionaries[Number(index)] as Compiled['dictionaries'][number];
    const listed = found[Number(index)] ?? [];
    if (listed.length === 0) return 'false';
    if (listed.length <= MAX_LISTED) return `e.f_${field} IN (${listed.join(',')})`;
    return `e.f_${field} IN (SELECT d.id FROM d_${field} d WHERE d.id <> 0 AND ${condition})`;
  });
  return { ...compiled, where };
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
  const used = new Set(sql.match(/\$p\d+\b/g)?.map((name) => name.slice(1)));
  return { sql, params: Object.fromEntries(Object.entries(params).filter(([name]) => used.has(name))) };
}
