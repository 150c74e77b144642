// A call that takes on a role of another account is recorded in both: the caller's account states who called, the role's
// account only whose account it was. Both records state one sharedEventID, and within a minute the same account.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import { parsedRecord } from './parsed-record.ts';
import type { Parts } from './parts.ts';

/** Records that are read to find a partner. */
const MAX_READ = 64;
/** The two records of one call state times within so much of each other, ms. */
const APART_MS = 60_000;

/** '' where the record states none. */
export function sharedEventIDOf(record: unknown): string {
  return textOf(objectOf(record).sharedEventID);
}

/** The record of the same call that tells its caller; -1 where there is none. */
export async function partnerOf({ duck, segments }: Parts, row: number, signal?: AbortSignal): Promise<number> {
  const shared = sharedEventIDOf(parsedRecord((await segments.read(Int32Array.of(row), signal)).get(row)));
  if (shared === '') return -1;
  const found = await duck.query(
    `SELECT e.row FROM events e, (SELECT time, f_name, f_caller FROM events e WHERE e.row = ${row}) c
      WHERE e.f_name = c.f_name AND e.f_caller = c.f_caller AND e.f_caller <> 0 AND e.f_arn <> 0 AND e.f_error = 0
        AND e.time BETWEEN c.time - ${APART_MS} AND c.time + ${APART_MS}
      ORDER BY abs(e.time - c.time), e.row LIMIT ${MAX_READ}`,
    {},
    signal,
  );
  const rows = found.integers(0);
  const texts = await segments.read(rows, signal);
  return rows.find((each) => sharedEventIDOf(parsedRecord(texts.get(each))) === shared) ?? -1;
}

/** Keys (ids of `issued`) that the other account's records say calls handed out whose own records do not; by them the
 *  calls' rows. */
export async function keysOfPartners(
  { duck, segments }: Parts,
  records: ReadonlyMap<number, unknown>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const rowOf = new Map<string, number>();
  for (const [row, record] of records) {
    const shared = sharedEventIDOf(record);
    if (shared !== '' && !rowOf.has(shared)) rowOf.set(shared, row);
  }
  const keys = new Map<number, number>();
  if (rowOf.size === 0) return keys;
  const found = await duck.query(
    `SELECT DISTINCT e.row, e.f_issued FROM events e,
        (SELECT time, f_name, f_caller FROM events e WHERE e.row IN (${[...rowOf.values()].join(',')})) c
      WHERE e.f_name = c.f_name AND e.f_caller = c.f_caller AND e.f_arn = 0 AND e.f_issued <> 0 AND e.f_error = 0
        AND e.time BETWEEN c.time - ${APART_MS} AND c.time + ${APART_MS} ORDER BY e.row LIMIT ${MAX_READ}`,
    {},
    signal,
  );
  const [rows, issued] = [found.integers(0), found.integers(1)];
  const texts = await segments.read(rows, signal);
  rows.forEach((row, k) => {
    const call = rowOf.get(sharedEventIDOf(parsedRecord(texts.get(row))));
    if (call !== undefined) keys.set(issued[k] as number, call);
  });
  return keys;
}
