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
import { type CallerId, isOfCaller, numberOf } from './caller-id.ts';
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
type Begun = { readonly call: number; readonly link: LinkKind };

/** What one session began. */
type Branch = {
  readonly id: CallerId;
  /** By the ids of their keys; those that its own answers tell in the order of the calls. */
  readonly keys: Map<number, Begun>;
  readonly named: Map<bigint, Begun & { readonly where: string }>;
  /** Places of calls whose answers hold no key that a loaded event was made with. */
  readonly unanswered: number[];
};

/** Calls that may have begun sessions, in the order of time. */
type Calls = {
  readonly rows: Int32Array;
  /** Places of the branches that they are of. */
  readonly by: Int32Array;
  /** Ids of `key`; 0 where the answer holds none that a loaded event was made with. */
  readonly keys: Int32Array;
};

const NO_CALLS: Calls = { rows: new Int32Array(), by: new Int32Array(), keys: new Int32Array() };

type Asked = ChainParts & {
  readonly own: OwnKeysThen;
  readonly branches: readonly Branch[];
  readonly signal: AbortSignal | undefined;
};

/** One of those that are told: the key's id, 0 where `where` stands for it. */
type Chosen = Begun & { readonly number: bigint; readonly key: number; readonly where: string };

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
  const own = from.ownKeys.now();
  const branches = sessions.map(
    ({ event }): Branch => ({ id: from.facts.idOf(event, own), keys: new Map(), named: new Map(), unanswered: [] }),
  );
  const asked: Asked = { ...from, own, branches, signal };
  const calls = await callsOf(asked);
  await addKeys(asked, calls);
  const records = await recordsOf(asked, calls);
  await addPartners(asked, calls, records);
  await addNamed(asked, calls, records);
  let left = atMost;
  const chosen = branches.map((branch) => {
    const some = firstOf(branch, Math.max(0, Math.min(limit, left)));
    left -= some.length;
    return some;
  });
  const told = await toldOf(asked, calls, chosen);
  return new Map(
    sessions.map(({ id }, k) => {
      const { keys, named, unanswered } = branches[k] as Branch;
      const unread = unanswered.filter((call) => !records.has(call)).length;
      return [id, { sessions: told[k] ?? [], total: keys.size + named.size, unread }];
    }),
  );
}

async function callsOf({ parts, calls, own, branches, signal }: Asked): Promise<Calls> {
  if (branches.length === 0) return NO_CALLS;
  const { key, issued } = parts.table.dictionaries;
  const names = calls.namesOf([...ROLE_CALLS, ...ROOT_CALLS, ...OWN_CALLS, ...PORTAL_CALLS]);
  const callers = branches.map(({ id }) => `(${isOfCaller(id, own)})`);
  const place = callers.map((caller, k) => `WHEN ${caller} THEN ${k}`).join(' ');
  const found = await parts.duck.query(
    `SELECT e.row, e.f_issued, CASE ${place} END FROM events e WHERE (${callers.join(' OR ')}) AND e.f_error = 0
      AND (e.f_issued <> 0 OR e.f_name IN (${names.length === 0 ? '-1' : names.join(',')})) ORDER BY e.time, e.row`,
    branches.some(({ id }) => id.kind === 'creation') ? own.params : {},
    signal,
  );
  if (found.count === 0) return NO_CALLS;
  const [rows, answers, by] = [0, 1, 2].map((column) => found.integers(column)) as [Int32Array, Int32Array, Int32Array];
  const keys = new Int32Array(answers.length);
  const slices = new Slices();
  for (let k = 0; k < answers.length; k++) {
    if (k % SLICE === 0) await slices.next();
    const answer = answers[k] as number;
    const used = answer === 0 ? 0 : key.idOf(issued.values[answer] as string);
    if (used > 0 && own.has(used)) keys[k] = used;
  }
  return { rows, by, keys };
}

/** Sessions whose keys the calls handed out. */
async function addKeys({ branches, signal }: Asked, { by, keys }: Calls): Promise<void> {
  const slices = new Slices();
  for (let call = 0; call < by.length; call++) {
    if (call % SLICE === 0) {
      await slices.next();
      signal?.throwIfAborted();
    }
    const branch = branches[by[call] as number] as Branch;
    const key = keys[call] as number;
    if (key > 0) addKey(branch, key, { call, link: 'key' });
    else branch.unanswered.push(call);
  }
}

/** Nothing begins itself. */
function addKey({ id, keys }: Branch, key: number, begun: Begun): void {
  const isOwn = id.kind === 'key' && id.key === key;
  if (!isOwn && !keys.has(key)) keys.set(key, begun);
}

/** The oldest of what a session began. */
function firstOf({ keys, named }: Branch, limit: number): readonly Chosen[] {
  const chosen: Chosen[] = [];
  let ofAnswers = 0;
  for (const [key, begun] of keys) {
    if (begun.link === 'key' && ofAnswers++ >= limit) continue;
    chosen.push({ ...begun, number: numberOf({ kind: 'key', key, isOwn: true }), key, where: '' });
  }
  for (const [number, begun] of named) chosen.push({ ...begun, number, key: 0 });
  return chosen.sort((a, b) => a.call - b.call).slice(0, limit);
}

/** The records of calls without a key in their answers, by their places; of so many, the oldest. */
async function recordsOf({ parts, branches, signal }: Asked, { rows }: Calls): Promise<ReadonlyMap<number, unknown>> {
  const some = branches.flatMap(({ unanswered }) => unanswered.slice(0, MAX_NAMED)).slice(0, MAX_NAMED_OF_ALL);
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
  { parts, own, branches, signal }: Asked,
  { rows, by }: Calls,
  records: ReadonlyMap<number, unknown>,
): Promise<void> {
  const callOf = new Map(Array.from(records.keys(), (call) => [rows[call] as number, call]));
  const byRow = new Map(Array.from(records, ([call, record]) => [rows[call] as number, record]));
  const { key, issued } = parts.table.dictionaries;
  for (const [answer, row] of await keysOfPartners(parts, byRow, signal)) {
    const [used, call] = [key.idOf(issued.values[answer] as string), callOf.get(row) as number];
    if (used > 0 && own.has(used))
      addKey(branches[by[call] as number] as Branch, used, { call, link: 'sharedEventID' });
  }
}

/** Sessions that begin in the second of one of the calls, under the name that it gives, and that no other call fits:
 *  what their own chain says. */
async function addNamed(asked: Asked, { rows, by }: Calls, records: ReadonlyMap<number, unknown>): Promise<void> {
  if (records.size === 0) return;
  const { parts, facts, own, branches, signal } = asked;
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
    const [number, branch] = [numberOf(id), branches[by[call] as number] as Branch];
    const isOwn = number === numberOf(branch.id);
    if (!isOwn) branch.named.set(number, { call, link: origin.link, where: isOfCaller(id, own) });
  }
}

/** The ARN of the session that a call begins. */
function targetOf(name: string, callerArn: string, record: unknown): string {
  if (OWN_CALLS.includes(name)) return callerArn;
  return takenOnArn(record);
}

/** The chosen ones as others are told of them, branch by branch. */
async function toldOf(
  { parts, facts, own, signal }: Asked,
  { rows, keys }: Calls,
  chosen: readonly (readonly Chosen[])[],
): Promise<readonly (readonly BegunSession[])[]> {
  const all = chosen.flat();
  if (all.length === 0) return [];
  const ofKeys = all.flatMap(({ key }) => (key > 0 ? [key] : []));
  const conditions = new Set(all.flatMap(({ where }) => (where === '' ? [] : [`(${where})`])));
  if (ofKeys.length > 0) conditions.add(`e.f_key IN (${ofKeys.join(', ')})`);
  const request = { where: [...conditions].join(' OR '), params: {}, limit: all.length, order: 'oldest' } as const;
  const { sessions } = await facts.of(own, request, signal);
  const answered = all.flatMap(({ key, call }) => (key > 0 && keys[call] === key ? [key] : []));
  const rivals = await rivalsOf(parts, answered, signal);
  const events = await facts.eventsOf(Int32Array.from(all, ({ call }) => rows[call] as number));
  const callOf = new Map(events.map((event) => [event.row, event]));
  return chosen.map((some) =>
    some.flatMap(({ number, call, link, key }) => {
      const [session, event] = [sessions.get(number), callOf.get(rows[call] as number)];
      if (session === undefined || event === undefined) return [];
      return [{ session, call: event, link, others: rivals.get(key) ?? 0 }];
    }),
  );
}
