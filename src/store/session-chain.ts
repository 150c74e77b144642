// From an event's session to the call that began it, whose caller is of a session in turn, and so on up.

import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import { principalOfArn } from '../cloudtrail/principal.ts';
import { isAssumedRoot } from '../cloudtrail/session-link.ts';
import { type SessionSource, sourceOfCaller, sourceOfSession } from '../cloudtrail/session-source.ts';
import { parseTime } from '../cloudtrail/time.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { type CallerId, isOfCaller, numberOf } from './caller-id.ts';
import type { OwnKeys, OwnKeysThen } from './own-keys.ts';
import { parsedRecord } from './parsed-record.ts';
import type { Parts } from './parts.ts';
import type { LinkedCall, NamedSession, SessionCalls } from './session-calls.ts';
import type { SessionFacts } from './session-facts.ts';
import { missingOrigin, missingPartner } from './session-missing.ts';
import type { CallerSession, ChainStep, Origin, SessionChain } from './sessions.ts';

/** Roles are taken on from roles a few times over; records made up to do so for ever end here. */
const MAX_STEPS = 32;

export type ChainParts = {
  readonly parts: Parts;
  readonly ownKeys: OwnKeys;
  readonly calls: SessionCalls;
  readonly facts: SessionFacts;
};

type Step = { readonly id: CallerId; readonly origin: Origin };

/** The chain of one event. @throws Error where there is no such row, or a record cannot be read back. */
export async function chainOf(from: ChainParts, row: number, signal?: AbortSignal): Promise<SessionChain> {
  const { parts, facts, ownKeys } = from;
  if (!(row >= 0 && row < parts.order.count)) throw new Error(`there is no event ${row}`);
  // One state of the keys for the whole chain: batches may come meanwhile.
  const own = ownKeys.now();
  const steps: Step[] = [];
  const visited = new Set<bigint>();
  let event = (await facts.eventsOf(Int32Array.of(row)))[0] as TrailEvent;
  while (steps.length < MAX_STEPS) {
    const id = facts.idOf(event, own);
    visited.add(numberOf(id));
    const origin = await originOf(from, own, { id, event, isCall: steps.length > 0 }, signal);
    const isCycle = origin.kind === 'call' && visited.has(facts.numberOf(origin.call, own));
    steps.push({ id, origin: isCycle ? { kind: 'cycle' } : origin });
    if (isCycle || origin.kind !== 'call') break;
    event = origin.call;
  }
  const sessions = await sessionsOf(
    from,
    own,
    steps.map(({ id }) => id),
    signal,
  );
  return {
    steps: steps.map(({ id, origin }): ChainStep => ({ session: sessions.get(numberOf(id)) as CallerSession, origin })),
    isCut: steps.at(-1)?.origin.kind === 'call',
  };
}

/** The sessions of some callers, all at once. */
async function sessionsOf(
  { facts }: ChainParts,
  own: OwnKeysThen,
  ids: readonly CallerId[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<bigint, CallerSession>> {
  const where = ids.map((id) => `(${isOfCaller(id, own)})`).join(' OR ');
  const request = { where, params: own.params, limit: ids.length, order: 'newest' } as const;
  return (await facts.of(own, request, signal)).sessions;
}

/** `event`: one of the session's; `isCall`: the one that began the session below. */
type Caller = { readonly id: CallerId; readonly event: TrailEvent; readonly isCall: boolean };

/** Where a session comes from. */
export async function originOf(
  from: ChainParts,
  own: OwnKeysThen,
  caller: Caller,
  signal?: AbortSignal,
): Promise<Origin> {
  const { parts, calls, facts } = from;
  const { id, event } = caller;
  const { cells } = event;
  if (id.kind === 'key' && id.isOwn) {
    const call = await calls.byKey(parts.table.dictionaries.issued.idOf(cells.key), signal);
    if (call !== null) return await callOrigin(facts, call);
  }
  const record = await recordOf(parts, event.row, signal);
  if (!isHandedOut(event)) {
    const source = sourceOfCaller(record, cells.who, caller.isCall);
    const missing = source.what === 'account' ? missingPartner(record, event, cells.caller) : null;
    return { kind: 'source', ...source, ...(missing !== null && { missing }) };
  }
  const created = parseTime(cells.created);
  let firstTime: Promise<number | null> | null = null;
  const first = (): Promise<number | null> => {
    firstTime ??= firstOf(parts, own, id, signal);
    return firstTime;
  };
  const number = numberOf(id);
  const ownOf = async (rows: Int32Array): Promise<ReadonlySet<number>> => {
    const events = await facts.eventsOf(rows);
    return new Set(events.filter((each) => facts.numberOf(each, own) === number).map(({ row }) => row));
  };
  const named: NamedSession = {
    arn: Math.max(0, parts.table.dictionaries.arn.idOf(cells.arn)),
    hasKey: cells.key !== '',
    created,
    first,
    isAssumedRoot: isAssumedRoot(record),
  };
  const { call, signIn } = await calls.byName(named, ownOf, signal);
  const source = sourceOfSession(record) ?? (await signInSource(parts, event, signIn, signal));
  // What the record states counts for more than the order of time.
  if (call !== null && (call.link !== 'name' || source === null)) return await callOrigin(facts, call);
  if (source === null) return missingOrigin(record, event, created, created === null ? await first() : null);
  if (signIn !== null) return { kind: 'source', ...source, signIn: await linked(facts, signIn) };
  if (source.what !== 'source identity') return { kind: 'source', ...source };
  // Who it was is known, and not by which way.
  const missing = missingOrigin(record, event, created, created === null ? await first() : null);
  return { kind: 'source', ...source, missing };
}

/** Whether a call must have handed out the credentials: those of roles and federated users, and those of users and root
 *  that have a beginning. A service that acts with a user's own key states its creationDate and no key. */
export function isHandedOut({ cells }: Pick<TrailEvent, 'cells'>): boolean {
  switch (principalOfArn(cells.arn).kind) {
    case 'session':
    case 'federated':
      return true;
    case 'user':
    case 'root':
      if (cells.key === '') return cells.created !== '' && cells.service === '';
      return !cells.key.startsWith('AKIA') && (cells.created !== '' || cells.key.startsWith('ASIA'));
    default:
      return cells.type === 'AssumedRole' || cells.type === 'FederatedUser';
  }
}

async function callOrigin(facts: SessionFacts, call: LinkedCall): Promise<Origin> {
  return { kind: 'call', ...(await linked(facts, call)) };
}

async function linked(
  facts: SessionFacts,
  { row, link, others }: LinkedCall,
): Promise<{ readonly call: TrailEvent; readonly link: LinkedCall['link']; readonly others: number }> {
  const [call] = await facts.eventsOf(Int32Array.of(row));
  return { call: call as TrailEvent, link, others };
}

/** A sign-in by a SAML provider says so; without one it only repeats the session's name. */
async function signInSource(
  parts: Parts,
  { cells }: TrailEvent,
  signIn: LinkedCall | null,
  signal?: AbortSignal,
): Promise<SessionSource | null> {
  if (signIn === null) return null;
  const record = await recordOf(parts, signIn.row, signal);
  const provider = textOf(objectOf(objectOf(record).additionalEventData).SamlProviderArn);
  return provider === '' ? null : { what: 'SAML', name: principalOfArn(cells.arn).session || cells.who };
}

/** When a session's first event was, ms since the epoch. */
async function firstOf(parts: Parts, own: OwnKeysThen, id: CallerId, signal?: AbortSignal): Promise<number | null> {
  const found = await parts.duck.query(
    `SELECT min(e.time) FROM events e WHERE ${isOfCaller(id, own)}`,
    id.kind === 'creation' ? own.params : {},
    signal,
  );
  return (found.values(0)[0] as number | null | undefined) ?? null;
}

async function recordOf({ segments }: Parts, row: number, signal?: AbortSignal): Promise<unknown> {
  const text = (await segments.read(Int32Array.of(row), signal)).get(row);
  if (text === undefined) throw new Error(`no record for row ${row}`);
  return parsedRecord(text);
}
