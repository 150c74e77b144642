import { parseTime } from '../cloudtrail/time.ts';
import type { TrailEvent } from '../cloudtrail/trail-event.ts';
import { fieldTerm, withTerm } from '../query/edit.ts';
import { literalPattern } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';
import { type CallerId, callerIdOf, numberOf } from './caller-id.ts';
import { type CallerNumbers, callerNumbers, type NumbersRequest } from './caller-numbers.ts';
import type { OwnKeys, OwnKeysSql } from './own-keys.ts';
import type { Parts } from './parts.ts';
import type { CallerSession } from './sessions.ts';

/** Events by their rows, in that order. */
export type EventsOf = (rows: Int32Array) => Promise<readonly TrailEvent[]>;

/** Keys that a search leaves out, at most. */
const MAX_LEFT_OUT = 50;
/** Bits of a caller's number below its kind: see caller-id.ts. */
const KIND = 61n;

/** Sessions with their numbers, as others are told of them. */
export class SessionFacts {
  readonly eventsOf: EventsOf;
  readonly #parts: Parts;
  readonly #ownKeys: OwnKeys;

  constructor(parts: Parts, ownKeys: OwnKeys, eventsOf: EventsOf) {
    this.#parts = parts;
    this.#ownKeys = ownKeys;
    this.eventsOf = eventsOf;
  }

  idOf(event: TrailEvent): CallerId {
    return callerIdOf(event.cells, this.#parts.table, this.#ownKeys);
  }

  numberOf(event: TrailEvent): bigint {
    return numberOf(this.idOf(event));
  }

  /** The sessions of the events of a condition, by their numbers (see caller-id.ts), in the order asked for. */
  async of(
    own: OwnKeysSql,
    request: NumbersRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly sessions: ReadonlyMap<bigint, CallerSession>; readonly total: number }> {
    const { callers, total } = await callerNumbers(this.#parts.duck, own, request, signal);
    const events = await this.eventsOf(Int32Array.from(callers, ({ row }) => row));
    const leftOut = await this.#ownKeysBeside(own, callers, events, signal);
    const sessions = new Map<bigint, CallerSession>();
    callers.forEach((caller, k) => {
      const event = events[k] as TrailEvent;
      sessions.set(caller.number, this.#session(caller, event, leftOut.get(caller.number) ?? []));
    });
    return { sessions, total };
  }

  #session(caller: CallerNumbers, event: TrailEvent, leftOut: readonly number[]): CallerSession {
    const { dictionaries } = this.#parts.table;
    const textsOf = (field: 'key' | 'ip', ids: readonly number[]): readonly string[] =>
      ids.map((id) => dictionaries[field].values[id] ?? '');
    const id = this.#kindOf(caller.number);
    return {
      id: idText(id, event),
      event,
      keys: textsOf('key', caller.keys),
      keyCount: caller.keyCount,
      created: parseTime(event.cells.created),
      first: caller.first,
      last: caller.last,
      calls: caller.calls,
      failures: caller.failures,
      addresses: textsOf('ip', caller.addresses),
      addressCount: caller.addressCount,
      query: queryOf(id, event, caller.keyCount > 0, textsOf('key', leftOut)),
    };
  }

  /** Keys of sessions of their own that share ARN and creationDate with one of the console's: by that one's number. */
  async #ownKeysBeside(
    own: OwnKeysSql,
    callers: readonly CallerNumbers[],
    events: readonly TrailEvent[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<bigint, readonly number[]>> {
    const numbers = new Map<string, bigint>();
    const { arn, created } = this.#parts.table.dictionaries;
    callers.forEach(({ number, keyCount }, k) => {
      const { cells } = events[k] as TrailEvent;
      if (this.#kindOf(number) !== 'creation' || keyCount === 0) return;
      numbers.set(`${arn.idOf(cells.arn)} ${created.idOf(cells.created)}`, number);
    });
    const beside = new Map<bigint, number[]>();
    if (numbers.size === 0) return beside;
    const [arns, dates] = [0, 1].map((place) => [...new Set([...numbers.keys()].map((key) => key.split(' ')[place]))]);
    const found = await this.#parts.duck.query(
      `SELECT DISTINCT e.f_arn, e.f_created, e.f_key FROM events e
        WHERE e.f_arn IN (${arns?.join(',')}) AND e.f_created IN (${dates?.join(',')}) AND ${own.isOwn}`,
      own.params,
      signal,
    );
    const [ofArn, ofDate, keys] = [0, 1, 2].map((column) => found.integers(column)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    keys.forEach((key, k) => {
      const number = numbers.get(`${ofArn[k]} ${ofDate[k]}`);
      if (number === undefined) return;
      const list = beside.get(number) ?? [];
      if (list.length < MAX_LEFT_OUT) list.push(key);
      beside.set(number, list);
    });
    return beside;
  }

  #kindOf(number: bigint): Kind {
    switch (number >> KIND) {
      case 1n:
        return this.#ownKeys.has(Number(number & ((1n << KIND) - 1n))) ? 'own key' : 'key';
      case 2n:
        return 'creation';
      case 3n:
        return 'arn';
      default:
        return 'who';
    }
  }
}

type Kind = 'own key' | 'key' | 'creation' | 'arn' | 'who';

function idText(kind: Kind, { cells }: TrailEvent): string {
  switch (kind) {
    case 'own key':
    case 'key':
      return `key ${cells.key}`;
    case 'creation':
      return `arn ${cells.arn} ${cells.created}`;
    case 'arn':
      return `arn ${cells.arn}`;
    case 'who':
      return `who ${cells.who} ${cells.caller}`;
  }
}

/** The session's events, as a person could ask for them. */
function queryOf(kind: Kind, { cells }: TrailEvent, hasKeys: boolean, leftOut: readonly string[]): Query {
  const terms: Query[] = [];
  switch (kind) {
    case 'own key':
      terms.push(fieldTerm('key', cells.key));
      break;
    case 'key':
      // Others of this key that state both are of another session.
      terms.push(fieldTerm('key', cells.key), fieldTerm(cells.arn === '' ? 'arn' : 'created', ''));
      break;
    case 'creation':
      terms.push(fieldTerm('arn', cells.arn), fieldTerm('created', cells.created));
      if (!hasKeys) terms.push(fieldTerm('key', ''));
      else if (leftOut.length > 0) {
        const term: Query = { kind: 'field', path: 'key', values: leftOut.map(literalPattern) };
        terms.push({ kind: 'not', term });
      }
      break;
    case 'arn':
      terms.push(fieldTerm('arn', cells.arn), fieldTerm('created', ''), fieldTerm('key', ''));
      break;
    case 'who':
      terms.push(...(['who', 'caller', 'arn', 'key'] as const).map((field) => fieldTerm(field, cells[field])));
  }
  return terms.reduce(withTerm, { kind: 'all' });
}
