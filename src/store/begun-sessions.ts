// The sessions that the calls of one session began: those whose keys it handed out, and where the answers are not known,
// those that this session's call and no other call fits.

import { OWN_CALLS, PORTAL_CALLS, ROLE_CALLS, SAME_SECOND_MS, takenOnArn } from '../cloudtrail/session-link.ts';
import { parseTime } from '../cloudtrail/time.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { isOfCaller, numberOf } from './caller-id.ts';
import { bitTest, emptyBits, setBit } from './id-bits.ts';
import { parsedRecord } from './parsed-record.ts';
import type { ChainParts } from './session-chain.ts';
import { originOf } from './session-chain.ts';
import { keysOfPartners } from './session-partners.ts';
import type { BegunSession, CallerSession, LinkKind } from './sessions.ts';
import { Slices } from './slices.ts';

const DEFAULT_LIMIT = 100;
/** Calls whose answers hold no key of a loaded event: so many are looked at. */
const MAX_NAMED = 50;

type Begun = { readonly row: number; readonly link: LinkKind };

export async function begunBy(
  from: ChainParts,
  session: CallerSession,
  limit = DEFAULT_LIMIT,
  signal?: AbortSignal,
): Promise<{ readonly sessions: readonly BegunSession[]; readonly total: number }> {
  const { parts, ownKeys, calls, facts } = from;
  const own = ownKeys.sql();
  const id = facts.idOf(session.event);
  const { key, issued } = parts.table.dictionaries;
  const names = calls.namesOf([...ROLE_CALLS, ...OWN_CALLS, ...PORTAL_CALLS]);
  const found = await parts.duck.query(
    `SELECT e.row, e.f_issued FROM events e WHERE ${isOfCaller(id, own)} AND e.f_error = 0
      AND (e.f_issued <> 0 OR e.f_name IN (${names.length === 0 ? '-1' : names.join(',')})) ORDER BY e.time, e.row`,
    id.kind === 'creation' ? own.params : {},
    signal,
  );
  if (found.count === 0) return { sessions: [], total: 0 };
  const [rows, handedOut] = [found.integers(0), found.integers(1)];
  const begun = new Map<bigint, Begun>();
  const last = key.values.length;
  const keys = emptyBits(last + 1);
  const named: number[] = [];
  const slices = new Slices();
  for (let k = 0; k < rows.length; k++) {
    if (k % 1000 === 0) await slices.next();
    const row = rows[k] as number;
    const used = handedOut[k] === 0 ? 0 : Math.max(0, key.idOf(issued.values[handedOut[k] as number] as string));
    const number = numberOf({ kind: 'key', key: used, isOwn: true });
    if (used === 0) named.push(row);
    else if (!begun.has(number) && number !== numberOf(id)) {
      begun.set(number, { row, link: 'key' });
      setBit(keys, used);
    }
  }
  const texts = await parts.segments.read(Int32Array.from(named.slice(0, MAX_NAMED)), signal);
  const records = new Map(Array.from(texts, ([row, text]) => [row, parsedRecord(text)]));
  for (const [answer, row] of await keysOfPartners(parts, records, signal)) {
    const used = Math.max(0, key.idOf(issued.values[answer] as string));
    const number = numberOf({ kind: 'key', key: used, isOwn: true });
    if (used === 0 || begun.has(number)) continue;
    begun.set(number, { row, link: 'sharedEventID' });
    setBit(keys, used);
  }
  const conditions = begun.size === 0 ? [] : [bitTest('begun', 'e.f_key', last)];
  const params = begun.size === 0 ? own.params : { ...own.params, begun: keys };
  for (const [number, each] of await begunByName(from, records, numberOf(id), signal)) {
    if (begun.has(number)) continue;
    begun.set(number, each);
    conditions.push(`(${each.where})`);
  }
  if (conditions.length === 0) return { sessions: [], total: 0 };
  const request = {
    where: conditions.join(' OR '),
    params,
    limit,
    order: 'oldest',
  } as const;
  const { sessions, total } = await facts.of(own, request, signal);
  const list = [...sessions].flatMap(([number, each]) => {
    const how = begun.get(number);
    return how === undefined ? [] : [{ session: each, ...how }];
  });
  const events = await facts.eventsOf(Int32Array.from(list, ({ row }) => row));
  return {
    sessions: list.map(({ session: each, link }, k) => ({ session: each, call: events[k] as TrailEvent, link })),
    total,
  };
}

/** Sessions that begin in the second of one of these calls, under the name that it gives, and that no other call fits:
 *  what their own chain says. */
async function begunByName(
  from: ChainParts,
  records: ReadonlyMap<number, unknown>,
  self: bigint,
  signal?: AbortSignal,
): Promise<ReadonlyMap<bigint, Begun & { readonly where: string }>> {
  const begun = new Map<bigint, Begun & { readonly where: string }>();
  if (records.size === 0) return begun;
  const { parts, ownKeys, facts } = from;
  const { arn, created } = parts.table.dictionaries;
  const own = ownKeys.sql();
  const calls = await facts.eventsOf(Int32Array.from(records.keys()));
  const timesOf = new Map<number, number[]>();
  for (const { row, time, cells } of calls) {
    const target = arn.idOf(OWN_CALLS.includes(cells.name) ? cells.arn : takenOnArn(records.get(row)));
    if (target <= 0 || time === null) continue;
    timesOf.set(target, [...(timesOf.get(target) ?? []), time]);
  }
  if (timesOf.size === 0) return begun;
  const found = await parts.duck.query(
    `SELECT e.f_arn, e.f_created, min(e.row) FROM events e
      WHERE e.f_arn IN (${[...timesOf.keys()].join(',')}) AND e.f_created <> 0 AND NOT (${own.isOwn})
      GROUP BY e.f_arn, e.f_created`,
    own.params,
    signal,
  );
  const [arns, dates, firsts] = [0, 1, 2].map((column) => found.integers(column)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const slices = new Slices();
  for (let k = 0; k < arns.length && begun.size < MAX_NAMED; k++) {
    await slices.next();
    const id = { kind: 'creation', arn: arns[k] as number, created: dates[k] as number } as const;
    const start = parseTime(created.values[id.created]);
    const isNear = (time: number): boolean => start !== null && Math.abs(time - start) <= SAME_SECOND_MS;
    if (numberOf(id) === self || !timesOf.get(id.arn)?.some(isNear)) continue;
    const [event] = await facts.eventsOf(Int32Array.of(firsts[k] as number));
    const origin = await originOf(from, own, { id, event: event as TrailEvent, isCall: false }, signal);
    if (origin.kind !== 'call' || origin.others > 0 || !records.has(origin.call.row)) continue;
    begun.set(numberOf(id), { row: origin.call.row, link: origin.link, where: isOfCaller(id, own) });
  }
  return begun;
}
