// What makes calls one session's, by the ids of their columns: an access key where it stands for itself (see OwnKeys);
// otherwise ARN and creationDate, for the console draws many keys from one sign-in; the key where there is no
// creationDate; and without a key whatever names the caller. In SQL it is one number, so that a million events are grouped
// by it in a few milliseconds. Names that differ in nothing but case are one: no search tells them apart.

import type { Cells } from '../cloudtrail/fields.ts';
import type { EventTable } from './event-table.ts';
import type { OwnKeysThen } from './own-keys.ts';

export type CallerId =
  | { readonly kind: 'key'; readonly key: number; readonly isOwn: boolean }
  | { readonly kind: 'creation'; readonly arn: number; readonly created: number }
  | { readonly kind: 'arn'; readonly arn: number }
  | { readonly kind: 'who'; readonly who: number; readonly caller: number };

const KIND_BITS = 61n;
const KEY = 1n << KIND_BITS;
const CREATION = 2n << KIND_BITS;
const ARN = 3n << KIND_BITS;
/** Of the numbers of two columns, the bits of the second. */
const HALF = 31n;

/** The columns that tell a session. */
const ID_FIELDS = ['key', 'arn', 'created', 'who', 'caller'] as const;

/** Ids of their values, 0 for what is not stated. */
export type CallerIds = Readonly<Record<(typeof ID_FIELDS)[number], number>>;

/** Of an event, by the ids of its columns. */
export function callerIdOf({ key, arn, created, who, caller }: CallerIds, own: OwnKeysThen): CallerId {
  if (key > 0 && own.has(key)) return { kind: 'key', key, isOwn: true };
  const main = own.arns.mainOf(arn);
  if (arn > 0 && created > 0) return { kind: 'creation', arn: main, created };
  if (key > 0) return { kind: 'key', key, isOwn: false };
  return arn > 0 ? { kind: 'arn', arn: main } : { kind: 'who', who: own.whos.mainOf(who), caller };
}

export function callerIdsOf(cells: Cells, { dictionaries }: EventTable): CallerIds {
  const ids = ID_FIELDS.map((field) => [field, Math.max(0, dictionaries[field].idOf(cells[field]))]);
  return Object.fromEntries(ids) as CallerIds;
}

/** The number that `callerIdSql` gives such events. */
export function numberOf(id: CallerId): bigint {
  switch (id.kind) {
    case 'key':
      return KEY | BigInt(id.key);
    case 'creation':
      return CREATION | (BigInt(id.arn) << HALF) | BigInt(id.created);
    case 'arn':
      return ARN | BigInt(id.arn);
    case 'who':
      return (BigInt(id.who) << HALF) | BigInt(id.caller);
  }
}

/** The id that has this number. */
export function callerIdWith(number: bigint, own: OwnKeysThen): CallerId {
  const kind = (number >> KIND_BITS) << KIND_BITS;
  const [high, low] = [Number((number - kind) >> HALF), Number(number & ((1n << HALF) - 1n))];
  switch (kind) {
    case KEY:
      return { kind: 'key', key: low, isOwn: own.has(low) };
    case CREATION:
      return { kind: 'creation', arn: high, created: low };
    case ARN:
      return { kind: 'arn', arn: low };
    default:
      return { kind: 'who', who: high, caller: low };
  }
}

/** The number of an event of `events e`, a BIGINT. */
export function callerIdSql({ isOwn, arns, whos }: OwnKeysThen): string {
  const [arn, who] = [arns.main('e.f_arn'), whos.main('e.f_who')];
  return `CASE WHEN ${isOwn} THEN ${KEY} | e.f_key
    WHEN e.f_arn <> 0 AND e.f_created <> 0 THEN ${CREATION} | ((${arn})::BIGINT << ${HALF}) | e.f_created
    WHEN e.f_key <> 0 THEN ${KEY} | e.f_key
    WHEN e.f_arn <> 0 THEN ${ARN} | (${arn})
    ELSE ((${who})::BIGINT << ${HALF}) | e.f_caller END`;
}

/** The condition that an event of `events e` is of this caller: a comparison of two columns for most. */
export function isOfCaller(id: CallerId, { isOwn, arns, whos }: OwnKeysThen): string {
  switch (id.kind) {
    case 'key':
      return id.isOwn ? `e.f_key = ${id.key}` : `e.f_key = ${id.key} AND (e.f_arn = 0 OR e.f_created = 0)`;
    case 'creation':
      return `e.f_arn IN (${arns.all(id.arn)}) AND e.f_created = ${id.created} AND NOT (${isOwn})`;
    case 'arn':
      return `e.f_arn IN (${arns.all(id.arn)}) AND e.f_created = 0 AND e.f_key = 0`;
    case 'who':
      return `e.f_who IN (${whos.all(id.who)}) AND e.f_caller = ${id.caller} AND e.f_arn = 0 AND e.f_key = 0`;
  }
}
