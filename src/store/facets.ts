import type { StoredFieldId } from '../cloudtrail/fields.ts';
import type { Facet, FacetId, FacetOptions, FacetValue } from './analysis.ts';
import type { Parts } from './parts.ts';
import type { Result } from './result.ts';
import { selectionOf } from './row-selection.ts';

const DEFAULT_LIMIT = 500;
const RESOURCE_TEXTS = 'm.id, v.value, m.n, m.failures FROM {most} m JOIN resource_values v ON v.part = m.id';

/**
 * Counts of a result by value, all fields in one statement: the result's rows are picked out once, each field's ids are
 * counted, and the texts of the most frequent come from the dictionaries.
 */
export async function countFacets(
  parts: Parts,
  result: Result,
  fields: readonly FacetId[],
  options: FacetOptions = {},
): Promise<readonly Facet[]> {
  const { limit = DEFAULT_LIMIT, holding = '', signal } = options;
  signal?.throwIfAborted();
  if (fields.length === 0) return [];
  const { rows } = result.folded?.whole ?? result;
  const { where, params } = await selectionOf(rows, signal);
  await parts.table.settle();
  await parts.variants.settle();
  if (fields.includes('resource')) await parts.resources.settle();
  const tables = fields.map((field, k) => `g${k} AS MATERIALIZED (${groupsOf(parts, field)})`);
  const selects = fields.map((field, k) => {
    const sought = holding === '' ? '' : `AND ${holds(field)}`;
    const most = `(SELECT * FROM g${k} WHERE id <> 0 ${sought} ORDER BY n DESC, id LIMIT ${Math.max(0, Math.floor(limit))})`;
    return `SELECT ${k} AS facet, ${field === 'resource' ? RESOURCE_TEXTS.replace('{most}', most) : `* FROM ${most}`}
      UNION ALL SELECT ${k}, -1, NULL, count(*) FILTER (id <> 0 ${sought}), coalesce(sum(n) FILTER (id = 0), 0) FROM g${k}`;
  });
  const columns = [...new Set(fields.map(columnOf))].join(', ');
  const found = await parts.duck.query(
    `WITH r AS MATERIALIZED (SELECT ${columns}, f_error <> 0 AS failed FROM events e WHERE ${where}),
      ${tables.join(', ')}
      SELECT facet::INTEGER, id::INTEGER, value, n::INTEGER, failures::INTEGER FROM (${selects.join(' UNION ALL ')})`,
    holding === '' ? params : { ...params, holding },
    signal,
  );
  const [facets, ids, counts, failures] = [0, 1, 3, 4].map((column) => found.integers(column)) as Int32Array[];
  const texts = found.values(2);
  const answers = fields.map((field) => ({ field, values: [] as FacetValue[], distinct: 0, absent: 0 }));
  facets?.forEach((facet, k) => {
    const answer = answers[facet] as (typeof answers)[number];
    const [id, count, failed] = [ids?.[k] ?? 0, counts?.[k] ?? 0, failures?.[k] ?? 0];
    if (id < 0) {
      answer.distinct = count;
      answer.absent = failed;
    } else {
      const value = (texts[k] as string | null) ?? parts.table.dictionaries[answer.field as StoredFieldId].values[id];
      answer.values.push({ value: value ?? '', count, failures: failed });
    }
  });
  for (const { values } of answers) values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return answers;
}

/** SQL for (id, value, n, failures) over r; id 0 is the absent value, value is NULL where the dictionary has the text.
 *  What differs in nothing but case is one value, as it is for a search, and shown as it is spelt most often. */
function groupsOf({ variants, resources }: Parts, field: FacetId): string {
  const column = columnOf(field);
  const counted = `SELECT ${column} AS id, NULL::VARCHAR AS value, count(*) AS n, count(*) FILTER (failed) AS failures
    FROM r GROUP BY ${column}`;
  if (field === 'family') {
    return `SELECT CASE a.family WHEN '' THEN 0 ELSE 1 END AS id, a.family AS value, sum(n) AS n, sum(failures) AS failures
      FROM (${counted}) c JOIN agent_families a ON a.id = c.id GROUP BY a.family`;
  }
  if (field === 'resource') {
    const each = `FROM (${counted}) c JOIN resource_parts p ON p.id = c.id GROUP BY`;
    if (!resources.hasVariants) {
      return `SELECT p.part AS id, NULL::VARCHAR AS value, sum(n) AS n, sum(failures) AS failures ${each} p.part`;
    }
    return `SELECT ${MOST_FREQUENT} AS id, NULL::VARCHAR AS value, sum(own) AS n, sum(failures) AS failures
      FROM (SELECT p.main, p.part AS id, sum(n) AS n, coalesce(sum(n) FILTER (p.is_first), 0) AS own,
        coalesce(sum(failures) FILTER (p.is_first), 0) AS failures ${each} p.main, p.part) GROUP BY main`;
  }
  if (!variants.has(field)) return counted;
  return `SELECT ${MOST_FREQUENT} AS id, NULL::VARCHAR AS value, sum(n) AS n, sum(failures) AS failures
    FROM (SELECT c.*, coalesce(v.main, c.id) AS main FROM (${counted}) c ${variants.join(field, 'v', 'c.id')}) GROUP BY main`;
}

/** Of several spellings; of those that are as frequent the one that came first. */
const MOST_FREQUENT = 'arg_max(id, n::BIGINT * 4294967296 - id)';

function columnOf(field: FacetId): string {
  return field === 'family' ? 'f_agent' : `f_${field}`;
}

/** Values that hold a text, whatever the case. */
function holds(field: FacetId): string {
  const condition = 'contains(lower(value), lower($holding))';
  if (field === 'family') return condition;
  if (field === 'resource') return `id IN (SELECT v.part FROM resource_values v WHERE ${condition})`;
  return `id IN (SELECT d.id FROM d_${field} d WHERE ${condition.replace('value', 'd.value')})`;
}
