// Calls, failures, times, keys and addresses of many sessions at once, counted by the database.

import { callerIdSql } from './caller-id.ts';
import type { Duck, Params } from './duck.ts';
import type { OwnKeysThen } from './own-keys.ts';

/** Keys and addresses that are listed. */
const LISTED = 10;

/** `row`: the newest event. Keys and addresses are ids, most frequent first. */
export type CallerNumbers = {
  readonly number: bigint;
  readonly row: number;
  readonly calls: number;
  readonly failures: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly keys: readonly number[];
  readonly keyCount: number;
  readonly addresses: readonly number[];
  readonly addressCount: number;
};

export type NumbersRequest = {
  /** Which of `events e` count. */
  readonly where: string;
  readonly params: Params;
  readonly limit: number;
  /** The order in which they come, by their newest or oldest event. */
  readonly order: 'newest' | 'oldest';
};

/** The sessions of some events, and how many there are beyond the limit. */
export async function callerNumbers(
  duck: Duck,
  own: OwnKeysThen,
  { where, params, limit, order }: NumbersRequest,
  signal?: AbortSignal,
): Promise<{ readonly callers: readonly CallerNumbers[]; readonly total: number }> {
  const byTime = order === 'newest' ? 'last DESC NULLS LAST' : 'first NULLS LAST';
  const found = await duck.query(
    `WITH r AS MATERIALIZED (SELECT e.row, e.time, e.f_error <> 0 AS failed, e.f_key, e.f_ip, ${callerIdSql(own)} AS number
        FROM events e WHERE ${where}),
      g AS MATERIALIZED (SELECT number, count(*) AS n, count(*) FILTER (failed) AS failures, min(time) AS first,
        max(time) AS last, min(row) AS began FROM r GROUP BY number),
      m AS MATERIALIZED (SELECT * FROM g ORDER BY ${byTime}, began LIMIT ${Math.max(0, Math.floor(limit))}),
      p AS MATERIALIZED (SELECT r.* FROM r JOIN m ON m.number = r.number),
      newest AS (SELECT p.number, min(p.row) AS row FROM p JOIN m ON m.number = p.number
        AND p.time IS NOT DISTINCT FROM m.last GROUP BY p.number),
      k AS (${listed('f_key')}), a AS (${listed('f_ip')})
    SELECT m.number, newest.row::INTEGER, m.n::INTEGER, m.failures::INTEGER, m.first, m.last,
      coalesce(k.total, 0)::INTEGER, coalesce(k.ids, ''), coalesce(a.total, 0)::INTEGER, coalesce(a.ids, ''),
      (SELECT count(*) FROM g)::INTEGER
    FROM m JOIN newest ON newest.number = m.number LEFT JOIN k ON k.number = m.number
      LEFT JOIN a ON a.number = m.number ORDER BY ${byTime}, began`,
    { ...params, ...own.params },
    signal,
  );
  const [rows, calls, failures] = [1, 2, 3].map((column) => found.integers(column)) as Int32Array[];
  const [firsts, lasts] = [4, 5].map((column) => found.values(column) as (number | null)[]);
  const [keyCounts, addressCounts] = [6, 8].map((column) => found.integers(column));
  const [keys, addresses] = [7, 9].map((column) => found.values(column) as string[]);
  const callers = found.values(0).map((number, k) => ({
    number: number as bigint,
    row: rows?.[k] as number,
    calls: calls?.[k] as number,
    failures: failures?.[k] as number,
    first: firsts?.[k] ?? null,
    last: lasts?.[k] ?? null,
    keys: numbersIn(keys?.[k]),
    keyCount: keyCounts?.[k] as number,
    addresses: numbersIn(addresses?.[k]),
    addressCount: addressCounts?.[k] as number,
  }));
  return { callers, total: found.count === 0 ? 0 : (found.integers(10)[0] as number) };
}

/** Of each caller, how many values of a column there are, and the ids of the most frequent. */
function listed(column: string): string {
  return `SELECT number, count(*) AS total, string_agg(id::VARCHAR, ',' ORDER BY place) FILTER (place <= ${LISTED}) AS ids
    FROM (SELECT number, ${column} AS id, row_number() OVER (PARTITION BY number ORDER BY count(*) DESC, ${column}) AS place
      FROM p WHERE ${column} <> 0 GROUP BY number, ${column}) GROUP BY number`;
}

function numbersIn(text: string | undefined): readonly number[] {
  return text === undefined || text === '' ? [] : text.split(',').map(Number);
}
