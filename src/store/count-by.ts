// Counts of a result by any fields and record paths. Fields are counted by their ids in the dictionaries; what a path
// leads to is read from the records of the result's newest events, in the database's threads.

import { compilePathValues } from '../query/compile-path.ts';
import { type CountColumn, countColumn } from '../query/count-names.ts';
import type { Sql } from '../query/sql.ts';
import type { CountedCell, CountedGroup, CountOptions, Counts } from './analysis.ts';
import type { Params } from './duck.ts';
import type { Parts } from './parts.ts';
import type { Result } from './result.ts';
import { selectionOf } from './row-selection.ts';

const DEFAULT_LIMIT = 1000;
/** Reading more takes seconds. */
const MAX_RECORDS = 300_000;
/** Combinations of values that one event counts for: with two lists of a thousand it would be a million. */
const MAX_COMBINATIONS = 1000;
/** Letters of a value that are told: a policy document has ten thousand. */
const MAX_LETTERS = 500;

/** See Analysis.countBy. */
export async function countBy(
  parts: Parts,
  result: Result,
  by: readonly string[],
  options: CountOptions = {},
): Promise<Counts> {
  const { limit = DEFAULT_LIMIT, order = 'count', records = MAX_RECORDS, signal } = options;
  signal?.throwIfAborted();
  const columns = by.map(columnOf);
  const readsRecords = columns.some(({ kind }) => kind === 'path');
  const { rows: all } = result.folded?.whole ?? result;
  const rows = readsRecords && all.length > records ? all.subarray(0, records) : all;
  if (rows.length === 0) return { groups: [], distinct: 0, looked: 0 };
  const { where, params } = await selectionOf(rows, signal);
  await parts.table.settle();
  await parts.variants.settle();
  if (columns.some(isResource)) await parts.resources.settle();
  const first = order === 'count' ? 'n DESC, last DESC NULLS LAST' : 'last DESC NULLS LAST, n DESC';
  const spelt = columns.map((_, k) => `k${k}`);
  const texts = columns.map((column, k) => `, ${textOf(column, k)}`);
  const resources = columns.map((column, k) =>
    isResource(column) ? `LEFT JOIN resource_values v${k} ON v${k}.part = m.k${k}` : '',
  );
  const read = (table: string) => {
    const source = sourceOf(parts, columns, table, where);
    const merged = mergedOf(parts, columns);
    return parts.duck.query(
      `${source.sql}, g0 AS (SELECT ${[...spelt, 'count(*) AS n'].join(', ')},
        count(*) FILTER (failed) AS failures, min(time) AS first, max(time) AS last FROM counted GROUP BY ALL),
      g AS MATERIALIZED (${merged}),
      m AS (SELECT *, row_number() OVER (ORDER BY ${[first, ...spelt].join(', ')}) AS place FROM g
        ORDER BY place LIMIT ${Math.max(0, Math.floor(limit))})
      SELECT m.n::INTEGER, m.failures::INTEGER, (SELECT count(*) FROM g)::INTEGER, m.first, m.last
        ${texts.join('')} FROM m ${resources.join(' ')} ORDER BY m.place`,
      { ...params, ...source.params },
      signal,
    );
  };
  const found = readsRecords
    ? await parts.segments.whileReading(async () => {
        await parts.segments.check(rows, signal);
        return await read(parts.segments.table(rows));
      })
    : await read('');
  const [counts, failures, totals] = [0, 1, 2].map((column) => found.integers(column)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [firsts, lasts] = [3, 4].map((column) => found.values(column) as (number | null)[]);
  const values = columns.map((_, k) => found.values(5 + k));
  const groups = Array.from(
    counts,
    (count, k): CountedGroup => ({
      cells: columns.map((column, c) => cellOf(parts, column, values[c]?.[k] as string | number | null)),
      count,
      failures: failures[k] ?? 0,
      first: firsts?.[k] ?? null,
      last: lasts?.[k] ?? null,
    }),
  );
  return { groups, distinct: totals[0] ?? 0, looked: rows.length };
}

function columnOf(name: string): CountColumn {
  const column = countColumn(name);
  if (column.kind === 'problem') throw new Error(column.reason);
  return column;
}

function isResource(column: CountColumn): boolean {
  return column.kind === 'stored' && column.field === 'resource';
}

/** SQL for the groups of g0 with those as one that differ in nothing but case, in the most frequent spelling. */
function mergedOf({ variants, resources }: Parts, columns: readonly CountColumn[]): string {
  const joins: string[] = [];
  const mains = columns.map((column, k) => {
    if (column.kind === 'path') return `lower(g0.k${k})`;
    if (column.kind === 'family') return `g0.k${k}`;
    if (column.field === 'resource') {
      if (!resources.hasVariants) return `g0.k${k}`;
      joins.push(`LEFT JOIN resource_values w${k} ON w${k}.part = g0.k${k}`);
      return `coalesce(w${k}.main, g0.k${k})`;
    }
    if (!variants.has(column.field)) return `g0.k${k}`;
    joins.push(variants.join(column.field, `w${k}`, `g0.k${k}`));
    return `coalesce(w${k}.main, g0.k${k})`;
  });
  if (mains.every((main, k) => main === `g0.k${k}`)) return 'FROM g0';
  const spelt = columns.map((_, k) => `k${k}`);
  const spellings = spelt.map((key) => `first(${key} ORDER BY n DESC, ${spelt.join(', ')}) AS ${key}`);
  return `SELECT ${spellings.join(', ')}, sum(n) AS n, sum(failures) AS failures, min(first) AS first, max(last) AS last
    FROM (SELECT g0.*, ${mains.map((main, k) => `${main} AS m${k}`).join(', ')} FROM g0 ${joins.join(' ')})
    GROUP BY ${columns.map((_, k) => `m${k}`).join(', ')}`;
}

/** SQL for `counted`: time, failed, and a key for each column, in as many rows as an event has combinations of values. */
function sourceOf(
  { resources }: Parts,
  columns: readonly CountColumn[],
  records: string,
  where: string,
): { readonly sql: string; readonly params: Params } {
  const sql: Sql = { params: {}, names: new Map(), dictionaries: [], records: [], isNegated: false };
  const paths = columns.filter(({ kind }) => kind === 'path').length;
  const each = Math.max(1, Math.floor(MAX_COMBINATIONS ** (1 / Math.max(1, paths))));
  const stored = columns.flatMap((column, k) => (column.kind === 'path' ? [] : [`e.${idOf(column)} AS c${k}`]));
  const picked = `SELECT ${['e.row', 'e.time', 'e.f_error <> 0 AS failed', ...stored].join(', ')} FROM events e WHERE ${where}`;
  const lists = columns.flatMap((column, k) => {
    if (column.kind !== 'path') return [];
    return [`${spelledOnce(compilePathValues(sql, column.steps))} AS c${k}`];
  });
  const steps = [`r0 AS MATERIALIZED (${picked})`];
  if (paths > 0) {
    steps.push(`r1 AS (SELECT e.*, ${lists.join(', ')} FROM r0 e JOIN ${records} r ON r.row = e.row)`);
  }
  columns.forEach((column, k) => {
    if (column.kind !== 'path') return;
    // An event without a value counts as well; of a longer list the rest is one value more.
    const values = `CASE WHEN len(c${k}) = 0 THEN ['a'] WHEN len(c${k}) > ${each} THEN list_append(c${k}[1:${each}], 'm') ELSE c${k} END`;
    steps.push(`r${steps.length} AS (SELECT * EXCLUDE (c${k}), unnest(${values}) AS c${k} FROM r${steps.length - 1})`);
  });
  const keys = columns.map((column, k) => {
    if (isResource(column)) return `p${k}.part AS k${k}`;
    return column.kind === 'family' ? `a${k}.family AS k${k}` : `e.c${k} AS k${k}`;
  });
  const joins = columns.map((column, k) => {
    if (isResource(column)) {
      const once = resources.hasVariants ? ` AND p${k}.is_first` : '';
      return `JOIN resource_parts p${k} ON p${k}.id = e.c${k}${once}`;
    }
    return column.kind === 'family' ? `JOIN agent_families a${k} ON a${k}.id = e.c${k}` : '';
  });
  steps.push(
    `counted AS (SELECT ${['e.time', 'e.failed', ...keys].join(', ')} FROM r${steps.length - 1} e ${joins.join(' ')})`,
  );
  return { sql: `WITH ${steps.join(',\n')}`, params: sql.params };
}

/** SQL for a list without those texts that differ from another of it in nothing but case. Most lists hold one value. */
function spelledOnce(list: string): string {
  const pairs = 'list_zip(s[2:], s[:len(s) - 1])';
  const others = `list_transform(list_filter(${pairs}, lambda p: p[1].folded <> p[2].folded), lambda p: p[1].text)`;
  const sorted = 'list_sort(list_transform(c, lambda t: {folded: lower(t), text: t}))';
  const once = `list_transform([${sorted}], lambda s: list_prepend(s[1].text, ${others}))[1]`;
  return `list_transform([${list}], lambda c: CASE WHEN len(c) < 2 THEN c ELSE ${once} END)[1]`;
}

function idOf(column: CountColumn & { readonly kind: 'stored' | 'family' }): string {
  return column.kind === 'family' ? 'f_agent' : `f_${column.field}`;
}

function textOf(column: CountColumn, k: number): string {
  if (isResource(column)) return `v${k}.value`;
  // One letter for the kind, and one more that tells whether it goes on.
  return column.kind === 'path' ? `left(m.k${k}, ${MAX_LETTERS + 2})` : `m.k${k}`;
}

function cellOf(parts: Parts, column: CountColumn, key: string | number | null): CountedCell {
  if (column.kind === 'path') return pathCell(String(key));
  const text =
    typeof key === 'number' && column.kind === 'stored' ? parts.table.dictionaries[column.field].values[key] : key;
  return (text ?? '') === '' ? { kind: 'absent' } : { kind: 'value', text: String(text), isWhole: true };
}

function pathCell(key: string): CountedCell {
  switch (key.charAt(0)) {
    case 'v': {
      const letters = Array.from(key.slice(1));
      const isWhole = letters.length <= MAX_LETTERS;
      return { kind: 'value', text: isWhole ? key.slice(1) : letters.slice(0, MAX_LETTERS).join(''), isWhole };
    }
    case 'o':
      return { kind: 'object' };
    case 'm':
      return { kind: 'more' };
    default:
      return { kind: 'absent' };
  }
}
