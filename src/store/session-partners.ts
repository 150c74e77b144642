// A call that takes on a role of another account is recorded in both: the caller's account states who called, the role's
// account only whose account it was. Both records state one sharedEventID, and within a minute the same account.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import { principalOfArn } from '../cloudtrail/principal.ts';
import { namesSession, takenOnArn } from '../cloudtrail/session-link.ts';
import { parsedRecord } from './parsed-record.ts';
import type { Parts } from './parts.ts';
import { Slices } from './slices.ts';

/** Records that are read at once, and in all, to find partners: of calls of one account that take on the same role under
 *  the same name within a minute, the nearest. */
const PAGE = 64;
const MAX_READ = 2048;
/** The two records of one call state times within so much of each other, ms. */
const APART_MS = 60_000;
const SLICE = 500;

/** '' where the record states none. */
export function sharedEventIDOf(record: unknown): string {
  return textOf(objectOf(record).sharedEventID);
}

/** The record of the same call that tells its caller; -1 where there is none. */
export async function partnerOf(parts: Parts, row: number, signal?: AbortSignal): Promise<number> {
  const { duck, segments } = parts;
  const record = parsedRecord((await segments.read(Int32Array.of(row), signal)).get(row));
  const shared = sharedEventIDOf(record);
  if (shared === '') return -1;
  const found = await duck.query(
    `SELECT e.row, e.f_resource FROM events e, (SELECT time, f_name, f_caller FROM events e WHERE e.row = ${row}) c
      WHERE e.f_name = c.f_name AND e.f_caller = c.f_caller AND e.f_caller <> 0 AND e.f_arn <> 0 AND e.f_error = 0
        AND e.time BETWEEN c.time - ${APART_MS} AND c.time + ${APART_MS}
      ORDER BY abs(e.time - c.time), e.row`,
    {},
    signal,
  );
  const likely = await naming(parts, [record], found.integers(1), signal);
  const rows = found.integers(0);
  for await (const [each, shares] of sharedIDsOf(
    parts,
    likely.map((k) => rows[k] as number),
    signal,
  )) {
    if (shares === shared) return each;
  }
  return -1;
}

/** Keys (ids of `issued`) that the other account's records say calls handed out whose own records do not; by them the
 *  calls' rows. Keys that no loaded event was made with are left out. */
export async function keysOfPartners(
  parts: Parts,
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
  const found = await parts.duck.query(
    `SELECT DISTINCT e.row, e.f_issued, e.f_resource FROM events e,
        (SELECT time, f_name, f_caller FROM events e WHERE e.row IN (${[...rowOf.values()].join(',')})) c
      WHERE e.f_name = c.f_name AND e.f_caller = c.f_caller AND e.f_arn = 0 AND e.f_issued <> 0 AND e.f_error = 0
        AND e.time BETWEEN c.time - ${APART_MS} AND c.time + ${APART_MS} ORDER BY e.row`,
    {},
    signal,
  );
  const [rows, issued] = [found.integers(0), found.integers(1)];
  const callers = Array.from(rowOf.values(), (row) => records.get(row));
  const likely = await naming(parts, callers, found.integers(2), signal);
  const { dictionaries } = parts.table;
  const isUsed = (id: number): boolean => dictionaries.key.idOf(dictionaries.issued.values[id] as string) > 0;
  const used = likely.filter((k) => isUsed(issued[k] as number));
  const issuedOf = new Map(used.map((k) => [rows[k] as number, issued[k] as number]));
  for await (const [each, shared] of sharedIDsOf(parts, [...issuedOf.keys()], signal)) {
    const call = rowOf.get(shared);
    if (call !== undefined) keys.set(issuedOf.get(each) as number, call);
  }
  return keys;
}

/** Places in a list of resources (ids of the column) that name a session which one of the records begins. A record that
 *  does not tell which may have begun any. */
async function naming(
  { table }: Parts,
  records: readonly unknown[],
  resources: Int32Array,
  signal?: AbortSignal,
): Promise<readonly number[]> {
  const all = Array.from(resources.keys());
  const arns = new Set(records.map(takenOnArn));
  // By the name of the session, so that each list is held against few of many ARNs.
  const byName = Map.groupBy(arns, (arn) => principalOfArn(arn).session);
  if (byName.has('')) return all;
  const { values } = table.dictionaries.resource;
  const likely: number[] = [];
  const slices = new Slices();
  for (const k of all) {
    if (k % SLICE === 0) {
      await slices.next();
      signal?.throwIfAborted();
    }
    const named = (values[resources[k] as number] ?? '').split(RESOURCE_SEPARATOR);
    const ends = named.map((each) => (each.startsWith('arn:') ? principalOfArn(each).session : each));
    if (ends.some((end) => byName.get(end)?.some((arn) => namesSession(named, arn)))) likely.push(k);
  }
  return likely;
}

/** The sharedEventID of each of some rows, one after another; of the first of very many. */
async function* sharedIDsOf(
  { segments }: Parts,
  rows: readonly number[],
  signal?: AbortSignal,
): AsyncIterable<readonly [number, string]> {
  for (let start = 0; start < Math.min(rows.length, MAX_READ); start += PAGE) {
    const page = Int32Array.from(rows.slice(start, start + PAGE));
    const texts = await segments.read(page, signal);
    for (const row of page) yield [row, sharedEventIDOf(parsedRecord(texts.get(row)))];
  }
}
