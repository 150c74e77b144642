import { CALLER_FIELDS, isUserId } from '../cloudtrail/person.ts';
import { literalPattern } from '../query/pattern.ts';
import type { Parts } from './parts.ts';
import type { Result } from './result.ts';
import { selectionOf } from './row-selection.ts';
import type { PersonSummary } from './sessions.ts';

const DEFAULT_LIMIT = 1000;
/** Addresses and callers that are told of each. */
const MAX_VALUES = 10;

type Values = Pick<PersonSummary, 'addresses' | 'addressCount'>;

/** See Sessions.people. */
export async function countPeople(
  parts: Parts,
  result: Result,
  { limit = DEFAULT_LIMIT, signal }: { readonly limit?: number; readonly signal?: AbortSignal } = {},
): Promise<{ readonly people: readonly PersonSummary[]; readonly total: number }> {
  await parts.people.find(null, signal);
  const { rows } = result.folded?.whole ?? result;
  if (rows.length === 0) return { people: [], total: 0 };
  const { where, params } = await selectionOf(rows, signal);
  const isSame = CALLER_FIELDS.map((field) => `p.f_${field} = e.f_${field}`).join(' AND ');
  const counted = `WITH r AS MATERIALIZED (
      SELECT p.person, p.label, p.session, e.time, e.f_error <> 0 AS failed, e.f_ip, e.f_who
        FROM events e JOIN people p ON ${isSame} WHERE ${where}),
    g AS MATERIALIZED (SELECT person, any_value(label) AS label, count(*) AS n, count(*) FILTER (failed) AS failures,
      count(DISTINCT session) AS sessions, min(time) AS first, max(time) AS last FROM r GROUP BY person),
    m AS MATERIALIZED (SELECT * FROM g ORDER BY n DESC, last DESC NULLS LAST, person
      LIMIT ${Math.max(0, Math.floor(limit))})`;
  const found = await parts.duck.query(
    `${counted} SELECT person::INTEGER, n::INTEGER, failures::INTEGER, sessions::INTEGER,
      (SELECT count(*) FROM g)::INTEGER, first, last, label FROM m ORDER BY n DESC, last DESC NULLS LAST, person`,
    params,
    signal,
  );
  const valuesOf = async (field: 'ip' | 'who'): Promise<ReadonlyMap<number, Values>> => {
    const frequent = await parts.duck.query(
      `${counted}, v AS (SELECT r.person, r.f_${field} AS id, count(*) AS n FROM r JOIN m ON m.person = r.person
          WHERE r.f_${field} <> 0 GROUP BY ALL),
        ranked AS (SELECT person, id, count(*) OVER (PARTITION BY person) AS total,
          row_number() OVER (PARTITION BY person ORDER BY n DESC, id) AS place FROM v)
        SELECT person::INTEGER, id::INTEGER, total::INTEGER FROM ranked WHERE place <= ${MAX_VALUES}
          ORDER BY person, place`,
      params,
      signal,
    );
    const { values } = parts.table.dictionaries[field];
    const [ids, totals] = [frequent.integers(1), frequent.integers(2)];
    const all = new Map<number, { addresses: string[]; addressCount: number }>();
    frequent.integers(0).forEach((person, k) => {
      const known = all.get(person) ?? { addresses: [], addressCount: totals[k] as number };
      known.addresses.push(values[ids[k] as number] ?? '');
      all.set(person, known);
    });
    return all;
  };
  const [addresses, callers] = [await valuesOf('ip'), await valuesOf('who')];
  const [numbers, calls, failures, sessions, totals] = [0, 1, 2, 3, 4].map((column) => found.integers(column)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [firsts, lasts] = [5, 6].map((column) => found.values(column) as (number | null)[]);
  const labels = found.values(7) as string[];
  const people = Array.from(numbers, (number, k): PersonSummary => {
    const label = labels[k] ?? '';
    const from = addresses.get(number) ?? NONE;
    const under = callers.get(number) ?? NONE;
    return {
      person: label,
      sessions: sessions[k] ?? 0,
      calls: calls[k] ?? 0,
      failures: failures[k] ?? 0,
      first: firsts?.[k] ?? null,
      last: lasts?.[k] ?? null,
      addresses: from.addresses,
      addressCount: from.addressCount,
      callers: under.addresses,
      callerCount: under.addressCount,
      isBareId: isUserId(label),
      query: { kind: 'field', path: 'person', values: [literalPattern(label)] },
    };
  });
  return { people, total: totals[0] ?? 0 };
}

const NONE: Values = { addresses: [], addressCount: 0 };
