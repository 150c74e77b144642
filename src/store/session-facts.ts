import { parseTime } from '../cloudtrail/time.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm } from '../query/edit.ts';
import { literalPattern } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';
import { type CallerId, callerIdOf, callerIdsOf, callerIdWith, isOfCaller, numberOf } from './caller-id.ts';
import { type CallerNumbers, callerNumbers, type NumbersRequest } from './caller-numbers.ts';
import type { EventTable } from './event-table.ts';
import type { OwnKeysThen } from './own-keys.ts';
import type { Parts } from './parts.ts';
import type { CallerSession } from './sessions.ts';
import { Slices } from './slices.ts';

/** Events by their rows, in that order. */
export type EventsOf = (rows: Int32Array) => Promise<readonly TrailEvent[]>;

/** More keys than that are not left out of a search one by one, where those that it is after are fewer. */
const MANY_KEYS = 50;
const SLICE = 100;

/** Sessions with their numbers, as others are told of them. */
export class SessionFacts {
  readonly eventsOf: EventsOf;
  readonly #parts: Parts;

  constructor(parts: Parts, eventsOf: EventsOf) {
    this.#parts = parts;
    this.eventsOf = eventsOf;
  }

  idOf(event: TrailEvent, own: OwnKeysThen): CallerId {
    return callerIdOf(callerIdsOf(event.cells, this.#parts.table), own);
  }

  numberOf(event: TrailEvent, own: OwnKeysThen): bigint {
    return numberOf(this.idOf(event, own));
  }

  /** The sessions of the events of a condition, by their numbers (see caller-id.ts), in the order asked for. */
  async of(
    own: OwnKeysThen,
    request: NumbersRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly sessions: ReadonlyMap<bigint, CallerSession>; readonly total: number }> {
    const { callers, total } = await callerNumbers(this.#parts.duck, own, request, signal);
    const events = await this.eventsOf(Int32Array.from(callers, ({ row }) => row));
    const keysOf = await this.#keysOf(own, callers, signal);
    const sessions = new Map<bigint, CallerSession>();
    const slices = new Slices();
    for (const [k, caller] of callers.entries()) {
      if (k % SLICE === 0) await slices.next();
      const id = callerIdWith(caller.number, own);
      sessions.set(caller.number, this.#session(id, caller, events[k] as TrailEvent, keysOf.get(caller.number)));
    }
    return { sessions, total };
  }

  #session(id: CallerId, caller: CallerNumbers, event: TrailEvent, keys: KeyChoice = ANY_KEY): CallerSession {
    return {
      id: idText(id, this.#parts.table),
      event,
      keys: this.#textsOf('key', caller.keys),
      keyCount: caller.keyCount,
      created: parseTime(event.cells.created),
      first: caller.first,
      last: caller.last,
      calls: caller.calls,
      failures: caller.failures,
      addresses: this.#textsOf('ip', caller.addresses),
      addressCount: caller.addressCount,
      query: queryOf(id, event, keys),
    };
  }

  #textsOf(field: 'key' | 'ip', ids: readonly number[]): readonly string[] {
    const { values } = this.#parts.table.dictionaries[field];
    return ids.map((id) => values[id] ?? '');
  }

  /** By which keys, among all that is loaded, the events of sessions of the console are told from those of sessions with
   *  a key of their own that share ARN and creationDate: by the sessions' numbers. */
  async #keysOf(
    own: OwnKeysThen,
    callers: readonly CallerNumbers[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<bigint, KeyChoice>> {
    const [arns, dates] = [new Set<number>(), new Set<number>()];
    const wanted = new Set<bigint>();
    for (const { number } of callers) {
      const id = callerIdWith(number, own);
      if (id.kind !== 'creation') continue;
      wanted.add(number);
      arns.add(id.arn);
      dates.add(id.created);
    }
    const choices = new Map<bigint, KeyChoice>();
    if (wanted.size === 0) return choices;
    const { rows, hasOthers } = await this.#ownKeysOf(own, [...arns], [...dates], wanted, signal);
    for (const [number, ids] of rows) {
      if (!hasOthers.has(number)) choices.set(number, { kind: 'none' });
      else {
        const others = ids.length > MANY_KEYS ? await this.#otherKeysOf(own, number, signal) : [];
        const isShorter = others.length > 0 && others.length < ids.length;
        choices.set(number, {
          kind: isShorter ? 'these' : 'not these',
          keys: this.#textsOf('key', isShorter ? others : ids),
        });
      }
    }
    return choices;
  }

  /** Of sessions of the console, keys of sessions of their own beside them, and which have keys that are not. */
  async #ownKeysOf(
    own: OwnKeysThen,
    arns: readonly number[],
    dates: readonly number[],
    wanted: ReadonlySet<bigint>,
    signal?: AbortSignal,
  ): Promise<{ readonly rows: ReadonlyMap<bigint, readonly number[]>; readonly hasOthers: ReadonlySet<bigint> }> {
    const found = await this.#parts.duck.query(
      `SELECT DISTINCT e.f_arn, e.f_created, CASE WHEN ${own.isOwn} THEN e.f_key ELSE 0 END FROM events e
        WHERE e.f_arn IN (${arns.map(own.arns.all).join(',')}) AND e.f_created IN (${dates.join(',')}) AND e.f_key <> 0`,
      own.params,
      signal,
    );
    const [ofArn, ofDate, keys] = [0, 1, 2].map((column) => found.integers(column)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    const rows = new Map<bigint, number[]>();
    const hasOthers = new Set<bigint>();
    const slices = new Slices();
    for (const [k, key] of keys.entries()) {
      if (k % SLICE === 0) await slices.next();
      const number = numberOf({
        kind: 'creation',
        arn: own.arns.mainOf(ofArn[k] as number),
        created: ofDate[k] as number,
      });
      if (!wanted.has(number)) continue;
      if (key === 0) hasOthers.add(number);
      else if (rows.get(number)?.push(key) === undefined) rows.set(number, [key]);
    }
    return { rows, hasOthers };
  }

  async #otherKeysOf(own: OwnKeysThen, number: bigint, signal?: AbortSignal): Promise<readonly number[]> {
    const found = await this.#parts.duck.query(
      `SELECT DISTINCT e.f_key FROM events e WHERE ${isOfCaller(callerIdWith(number, own), own)} AND e.f_key <> 0`,
      own.params,
      signal,
    );
    return [...found.integers(0)];
  }
}

/** By the first spelling of names: another one may be the newest. */
function idText(id: CallerId, { dictionaries }: EventTable): string {
  switch (id.kind) {
    case 'key':
      return `key ${dictionaries.key.values[id.key]}`;
    case 'creation':
      return `arn ${dictionaries.arn.values[id.arn]} ${dictionaries.created.values[id.created]}`;
    case 'arn':
      return `arn ${dictionaries.arn.values[id.arn]}`;
    case 'who':
      return `who ${dictionaries.who.values[id.who]} ${dictionaries.caller.values[id.caller]}`;
  }
}

/** Which keys the events of a session are asked for with, besides its ARN and creationDate. */
type KeyChoice =
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }
  /** 'these': one of them, or none. */
  | { readonly kind: 'these' | 'not these'; readonly keys: readonly string[] };

const ANY_KEY: KeyChoice = { kind: 'any' };

/** The session's events, as a person could ask for them. */
function queryOf(id: CallerId, { cells }: TrailEvent, keys: KeyChoice): Query {
  switch (id.kind) {
    case 'key':
      if (id.isOwn) return fieldTerm('key', cells.key);
      // Others of this key that state both are of another session.
      return allOf([fieldTerm('key', cells.key), fieldTerm(cells.arn === '' ? 'arn' : 'created', '')]);
    case 'creation':
      return allOf([fieldTerm('arn', cells.arn), fieldTerm('created', cells.created), ...keyTerms(keys)]);
    case 'arn':
      return allOf([fieldTerm('arn', cells.arn), fieldTerm('created', ''), fieldTerm('key', '')]);
    case 'who':
      return allOf((['who', 'caller', 'arn', 'key'] as const).map((field) => fieldTerm(field, cells[field])));
  }
}

function keyTerms(choice: KeyChoice): readonly Query[] {
  const isNone = fieldTerm('key', '');
  if (choice.kind === 'any') return [];
  if (choice.kind === 'none') return [isNone];
  const term: Query = { kind: 'field', path: 'key', values: choice.keys.map(literalPattern) };
  return [choice.kind === 'these' ? { kind: 'or', terms: [term, isNone] } : { kind: 'not', term }];
}

function allOf(terms: readonly Query[]): Query {
  return { kind: 'and', terms };
}
