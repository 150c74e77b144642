import { DuckDBListValue } from '@duckdb/node-api';
import { CALLER_FIELDS, isUserId } from '../cloudtrail/person.ts';
import { literalPattern } from '../query/pattern.ts';
import { callerIdSql } from './caller-id.ts';
import type { OwnKeys } from './own-keys.ts';
import type { Parts } from './parts.ts';
import type { Result } from './result.ts';
import { selectionOf } from './row-selection.ts';
import type { PersonSummary } from './sessions.ts';

const DEFAULT_LIMIT = 1000;
/** Addresses and callers that are told of each. */
const MAX_VALUES = 10;

/** See Sessions.people. */
export async function countPeople(
  parts: Parts,
  ownKeys: OwnKeys,
  result: Result,
  { limit = DEFAULT_LIMIT, signal }: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): Promise<{ readonly people: readonly PersonSummary[]; readonly total: number }> {
  await parts.people.find(null, signal);
  const { rows } = result.folded?.whole ?? result;
  if (rows.length === 0) return { people: [], total: 0 };
  const { where, params } = await selectionOf(rows, signal);
  const isSame = CALLER_FIELDS.map((field) => `p.f_${field} = e.f_${field}`).join(' AND ');
  const own = ownKeys.now();
  const columns = `p.person, p.label, ${callerIdSql(own)} AS session, e.time, e.f_error <> 0 AS failed, e.f_ip, e.f_who`;
  const most = (field: 'ip' | 'who'): string => `${field}s AS (
      SELECT person, any_value(total) AS ${field}_total, list(id ORDER BY place) AS ${field}_ids FROM (
        SELECT person, id, count(*) OVER (PARTITION BY person) AS total,
          row_number() OVER (PARTITION BY person ORDER BY n DESC, id) AS place
          FROM (SELECT r.person, r.f_${field} AS id, count(*) AS n FROM r JOIN m ON m.person = r.person
            WHERE r.f_${field} <> 0 GROUP BY ALL))
        WHERE place <= ${MAX_VALUES} GROUP BY person)`;
  // One statement: persons may be numbered anew between two.
  const found = await parts.duck.query(
    `WITH r AS MATERIALIZED (
      SELECT ${columns} FROM events e ANTI JOIN told_rows t ON t.row = e.row JOIN people p ON ${isSame} WHERE ${where}
      UNION ALL SELECT ${columns} FROM events e JOIN told_rows t ON t.row = e.row JOIN people p ON p.caller = t.caller
        WHERE ${where}),
    g AS MATERIALIZED (SELECT person, any_value(label) AS label, count(*) AS n, count(*) FILTER (failed) AS failures,
      count(DISTINCT session) AS sessions, min(time) AS first, max(time) AS last FROM r GROUP BY person),
    m AS MATERIALIZED (SELECT * FROM g ORDER BY n DESC, last DESC NULLS LAST, person
      LIMIT ${Math.max(0, Math.floor(limit))}),
    ${most('ip')}, ${most('who')}
    SELECT n::INTEGER, failures::INTEGER, sessions::INTEGER, (SELECT count(*) FROM g)::INTEGER,
      coalesce(ip_total, 0)::INTEGER, coalesce(who_total, 0)::INTEGER, first, last, label, ip_ids, who_ids
      FROM m LEFT JOIN ips USING (person) LEFT JOIN whos USING (person) ORDER BY n DESC, last DESC NULLS LAST, person`,
    { ...params, ...own.params },
    signal,
  );
  const [calls, failures, sessions, totals, addressCounts, callerCounts] = [0, 1, 2, 3, 4, 5].map((column) =>
    found.integers(column),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const [firsts, lasts] = [6, 7].map((column) => found.values(column) as (number | null)[]);
  const [addresses, callers] = [textsOf(parts, 'ip', found.values(9)), textsOf(parts, 'who', found.values(10))];
  const people = (found.values(8) as string[]).map(
    (label, k): PersonSummary => ({
      person: label,
      sessions: sessions[k] ?? 0,
      calls: calls[k] ?? 0,
      failures: failures[k] ?? 0,
      first: firsts?.[k] ?? null,
      last: lasts?.[k] ?? null,
      addresses: addresses[k] ?? [],
      addressCount: addressCounts[k] ?? 0,
      callers: callers[k] ?? [],
      callerCount: callerCounts[k] ?? 0,
      isBareId: isUserId(label),
      query: { kind: 'field', path: 'person', values: [literalPattern(label)] },
    }),
  );
  return { people, total: totals[0] ?? 0 };
}

/** What lists of ids stand for. */
function textsOf({ table }: Parts, field: 'ip' | 'who', lists: readonly unknown[]): readonly (readonly string[])[] {
  const { values } = table.dictionaries[field];
  return lists.map((list) => (list instanceof DuckDBListValue ? list.items.map((id) => values[Number(id)] ?? '') : []));
}
