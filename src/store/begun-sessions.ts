// The sessions that the calls of others began: those whose keys they handed out, and where the answers are not known,
// those that such a call and no other call fits. Asked of many sessions at once: of a level of a tree.

import {
  OWN_CALLS,
  PORTAL_CALLS,
  ROLE_CALLS,
  ROOT_CALLS,
  SAME_SECOND_MS,
  takenOnArn,
} from '../cloudtrail/session-link.ts';
import { parseTime } from '../cloudtrail/time.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { callerIdSql, isOfCaller, numberOf } from './caller-id.ts';
import { bitTest, emptyBits, setBit } from './id-bits.ts';
import { rivalsOf } from './key-rivals.ts';
import type { OwnKeysThen } from './own-keys.ts';
import { parsedRecord } from './parsed-record.ts';
import { type ChainParts, originOf } from './session-chain.ts';
import { keysOfPartners } from './session-partners.ts';
import type { BegunSession, BegunSessions, CallerSession, LinkKind } from './sessions.ts';
import { Slices } from './slices.ts';

/** Calls whose answers hold no key of a loaded event: so many of each session are looked at, and of all. */
const MAX_NAMED = 50;
const MAX_NAMED_OF_ALL = 200;
const SLICE = 500;

export const NOTHING_BEGUN: BegunSessions = { sessions: [], total: 0, unread: 0 };

/** How a session was begun: `call` is the place among all calls that were found. */
type Begun = { readonly call: number; readonly link: LinkKind } & (
  | { readonly key: number }
  | { readonly key: 0; readonly where: string }
);

/** By the number of who began it, and its own. */
type BegunByNumber = Map<bigint, Map<bigint, Begun>>;

/** Calls that may have begun sessions, in the order of time. */
type Calls = {
  readonly rows: Int32Array;
  /** Numbers of their callers. */
  readonly by: readonly bigint[];
  /** Ids of `key`; 0 where the answer holds none that a loaded event was made with. */
  readonly keys: Int32Array;
};

type Asked = ChainParts & { readonly own: OwnKeysThen; readonly signal: AbortSignal | undefined };

/** See Sessions.begunByAll. */
export async function begunByAll(
  from: ChainParts,
  sessions: readonly CallerSession[],
  {
    limit,
    atMost,
    signal,
  }: { readonly limit: number; readonly atMost: number; readonly signal?: AbortSignal | undefined },
): Promise<ReadonlyMap<string, BegunSessions>> {
  // One state of the keys for the whole question: batches may come meanwhile.
  const asked: Asked = { ...from, own: from.ownKeys.now(), signal };
  const numbers = sessions.map(({ event }) => from.facts.numberOf(event, asked.own));
  const calls = await callsOf(asked, sessions);
  const begun: BegunByNumber = new Map(numbers.map((number) => [number, new Map()]));
  const unanswered = await addKeys(asked, calls, begun);
  const records = await recordsOf(asked, calls, unanswered);
  await addPartners(asked, calls, records, begun);
  await addNamed(asked, calls, records, begun);
  const chosen = new Map<bigint, readonly (readonly [bigint, Begun])[]>();
  let left = atMost;
  for (const [by, all] of begun) {
    const some = [...all].sort(([, a], [, b]) => a.call - b.call).slice(0, Math.max(0, Math.min(limit, left)));
    chosen.set(by, some);
    left -= some.length;
  }
  const told = await toldOf(asked, calls, chosen);
  const read = Map.groupBy(records.keys(), (call) => calls.by[call] as bigint);
  return new Map(
    sessions.map(({ id }, k) => {
      const number = numbers[k] as bigint;
      const unread = (unanswered.get(number)?.length ?? 0) - (read.get(number)?.length ?? 0);
      return [id, { sessions: told.get(number) ?? [], total: begun.get(number)?.size ?? 0, unread }];
    }),
  );
}

async function callsOf(
  { parts, calls, facts, own, signal }: Asked,
  sessions: readonly CallerSession[],
): Promise<Calls> {
  const { key, issued } = parts.table.dictionaries;
  const names = calls.namesOf([...ROLE_CALLS, ...ROOT_CALLS, ...OWN_CALLS, ...PORTAL_CALLS]);
  const callers = sessions.map(({ event }) => `(${isOfCaller(facts.idOf(event, own), own)})`);
  if (callers.length === 0) return { rows: new Int32Array(), by: [], keys: new Int32Array() };
  const found = await parts.duck.query(
    `SELECT e.row, e.f_issued, ${callerIdSql(own)} FROM events e WHERE (${callers.join(' OR ')}) AND e.f_error = 0
      AND (e.f_issued <> 0 OR e.f_name IN (${names.length === 0 ? '-1' : names.join(',')})) ORDER BY e.time, e.row`,
    own.params,
    signal,
  );
  const idOf = (answer: number): number => {
    const id = answer === 0 ? 0 : key.idOf(issued.values[answer] as string);
    return id > 0 && own.has(id) ? id : 0;
  };
  const answers = found.count === 0 ? new Int32Array() : found.integers(1);
  const keys = new Int32Array(answers.length);
  const slices = new Slices();
  for (const [k, answer] of answers.entries()) {
    if (k % SLICE === 0) await slices.next();
    keys[k] = idOf(answer);
  }
  if (found.count === 0) return { rows: new Int32Array(), by: [], keys };
  return { rows: found.integers(0), by: found.values(2) as bigint[], keys };
}

/** Sessions whose keys the calls handed out; gives the places of the other calls, by their callers. */
async function addKeys(
  { signal }: Asked,
  { by, keys }: Calls,
  begun: BegunByNumber,
): Promise<ReadonlyMap<bigint, readonly number[]>> {
  const unanswered = new Map<bigint, number[]>();
  const slices = new Slices();
  for (const [call, caller] of by.entries()) {
    if (call % SLICE === 0) {
      await slices.next();
      signal?.throwIfAborted();
    }
    const key = keys[call] as number;
    if (key > 0) addKey(begun, caller, { call, link: 'key', key });
    else if (unanswered.get(caller)?.push(call) === undefined) unanswered.set(caller, [call]);
  }
  return unanswered;
}

function addKey(begun: BegunByNumber, by: bigint, each: Begun): void {
  const number = numberOf({ kind: 'key', key: each.key, isOwn: true });
  const all = begun.get(by);
  if (number !== by && all !== undefined && !all.has(number)) all.set(number, each);
}

/** The records of calls without a key in their answers, by their places; of so many, the oldest. */
async function recordsOf(
  { parts, signal }: Asked,
  { rows }: Calls,
  unanswered: ReadonlyMap<bigint, readonly number[]>,
): Promise<ReadonlyMap<number, unknown>> {
  const some = [...unanswered.values()].flatMap((calls) => calls.slice(0, MAX_NAMED)).slice(0, MAX_NAMED_OF_ALL);
  const texts = await parts.segments.read(
    Int32Array.from(some, (call) => rows[call] as number),
    signal,
  );
  const records = new Map<number, unknown>();
  const slices = new Slices();
  for (const call of some) {
    await slices.next();
    records.set(call, parsedRecord(texts.get(rows[call] as number)));
  }
  return records;
}

/** Sessions whose keys only the other account's records of the calls tell. */
async function addPartners(
  { parts, own, signal }: Asked,
  { rows, by }: Calls,
  records: ReadonlyMap<number, unknown>,
  begun: BegunByNumber,
): Promise<void> {
  const callOf = new Map(Array.from(records.keys(), (call) => [rows[call] as number, call]));
  const byRow = new Map(Array.from(records, ([call, record]) => [rows[call] as number, record]));
  const { key, issued } = parts.table.dictionaries;
  for (const [answer, row] of await keysOfPartners(parts, byRow, signal)) {
    const [used, call] = [key.idOf(issued.values[answer] as string), callOf.get(row) as number];
    if (used > 0 && own.has(used)) addKey(begun, by[call] as bigint, { call, link: 'sharedEventID', key: used });
  }
}

/** Sessions that begin in the second of one of the calls, under the name that it gives, and that no other call fits:
 *  what their own chain says. */
async function addNamed(
  asked: Asked,
  { rows, by }: Calls,
  records: ReadonlyMap<number, unknown>,
  begun: BegunByNumber,
): Promise<void> {
  if (records.size === 0) return;
  const { parts, facts, own, signal } = asked;
  const { arn, created } = parts.table.dictionaries;
  const callOf = new Map(Array.from(records.keys(), (call) => [rows[call] as number, call]));
  const timesOf = new Map<number, number[]>();
  for (const { row, time, cells } of await facts.eventsOf(Int32Array.from(callOf.keys()))) {
    const target = targetOf(cells.name, cells.arn, records.get(callOf.get(row) as number));
    const id = own.arns.mainOf(arn.idOf(target));
    if (id > 0 && time !== null) timesOf.set(id, [...(timesOf.get(id) ?? []), time]);
  }
  if (timesOf.size === 0) return;
  const found = await parts.duck.query(
    `SELECT ${own.arns.main('e.f_arn')} AS arn, e.f_created, min(e.row) FROM events e
      WHERE e.f_arn IN (${[...timesOf.keys()].map(own.arns.all).join(',')}) AND e.f_created <> 0 AND NOT (${own.isOwn})
      GROUP BY arn, e.f_created ORDER BY min(e.row)`,
    own.params,
    signal,
  );
  if (found.count === 0) return;
  const [arns, dates, firsts] = [0, 1, 2].map((column) => found.integers(column)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const slices = new Slices();
  let asks = 0;
  for (let k = 0; k < arns.length && asks < MAX_NAMED_OF_ALL; k++) {
    await slices.next();
    const id = { kind: 'creation', arn: arns[k] as number, created: dates[k] as number } as const;
    const start = parseTime(created.values[id.created]);
    if (!timesOf.get(id.arn)?.some((time) => start !== null && Math.abs(time - start) <= SAME_SECOND_MS)) continue;
    asks++;
    const [event] = await facts.eventsOf(Int32Array.of(firsts[k] as number));
    const origin = await originOf(asked, own, { id, event: event as TrailEvent, isCall: false }, signal);
    const call = origin.kind === 'call' && origin.others === 0 ? callOf.get(origin.call.row) : undefined;
    if (origin.kind !== 'call' || call === undefined) continue;
    const [number, all] = [numberOf(id), begun.get(by[call] as bigint)];
    if (number !== by[call]) all?.set(number, { call, link: origin.link, key: 0, where: isOfCaller(id, own) });
  }
}

/** The ARN of the session that a call begins. */
function targetOf(name: string, callerArn: string, record: unknown): string {
  if (OWN_CALLS.includes(name)) return callerArn;
  return takenOnArn(record);
}

/** The chosen ones as others are told of them, by who began them. */
async function toldOf(
  asked: Asked,
  { rows, keys }: Calls,
  chosen: ReadonlyMap<bigint, readonly (readonly [bigint, Begun])[]>,
): Promise<ReadonlyMap<bigint, readonly BegunSession[]>> {
  const { parts, facts, own, signal } = asked;
  const all = [...chosen.values()].flat();
  if (all.length === 0) return new Map();
  const last = parts.table.dictionaries.key.values.length;
  const bits = emptyBits(last + 1);
  const conditions = new Set<string>();
  for (const [, each] of all) {
    if ('where' in each) conditions.add(`(${each.where})`);
    else setBit(bits, each.key);
  }
  const request = {
    where: [bitTest('begun', 'e.f_key', last), ...conditions].join(' OR '),
    params: { begun: bits },
    limit: all.length,
    order: 'oldest',
  } as const;
  const { sessions } = await facts.of(own, request, signal);
  const rivals = await rivalsOf(
    parts,
    all.flatMap(([, { key, call }]) => (key > 0 && keys[call] === key ? [key] : [])),
    signal,
  );
  const events = await facts.eventsOf(Int32Array.from(all, ([, { call }]) => rows[call] as number));
  const callOf = new Map(events.map((event) => [event.row, event]));
  return new Map(
    Array.from(chosen, ([by, some]) => [
      by,
      some.flatMap(([number, { call, link, key }]) => {
        const [session, event] = [sessions.get(number), callOf.get(rows[call] as number)];
        if (session === undefined || event === undefined) return [];
        return [{ session, call: event, link, others: rivals.get(key) ?? 0 }];
      }),
    ]),
  );
}
