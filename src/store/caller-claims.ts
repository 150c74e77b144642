// What the columns say of each caller: who it is by its own events, which session it belongs to, and whose calls handed
// out its key.

import { CALLER_FIELDS, type CallerCells, mayBeHandedOut, ownPerson, type Person } from '../cloudtrail/person.ts';
import { permissionSetOf } from '../cloudtrail/principal.ts';
import type { CallerGraph } from './caller-graph.ts';
import type { Duck } from './duck.ts';
import type { EventTable } from './event-table.ts';
import { Slices } from './slices.ts';

/** SQL for the columns that make a caller. */
export const CALLER_COLUMNS = CALLER_FIELDS.map((field) => `f_${field}`).join(', ');

/** Callers 0, 1, 2 … as columns. */
export type Callers = {
  /** In the order of CALLER_FIELDS. */
  readonly ids: readonly Int32Array[];
  readonly calls: Int32Array;
  /** The newest row of each. */
  readonly rows: Int32Array;
};

export type Claims = {
  readonly persons: readonly Person[];
  /** Numbers of `persons`. */
  readonly graph: CallerGraph;
  /** The number of each caller's session: a key, or all keys of one ARN that began at the same moment. */
  readonly sessions: Int32Array;
  /** The newest row of each user of Identity Center among the sessions of permission sets, by session name. */
  readonly centerSessions: ReadonlyMap<string, number>;
};

const SLICE = 200;
const [KEY, ARN, CREATED, TYPE] = (['key', 'arn', 'created', 'type'] as const).map((field) =>
  CALLER_FIELDS.indexOf(field),
) as [number, number, number, number];

/** All callers there are, in the table callers(id, f_key, f_arn …, calls, newest). */
export async function readCallers(duck: Duck, signal?: AbortSignal): Promise<Callers> {
  await duck.query(
    `CREATE OR REPLACE TABLE callers AS
      SELECT (row_number() OVER () - 1)::INTEGER AS id, * FROM
        (SELECT ${CALLER_COLUMNS}, count(*)::INTEGER AS calls, max(row)::INTEGER AS newest FROM events GROUP BY ALL)`,
    {},
    signal,
  );
  const found = await duck.query(`SELECT ${CALLER_COLUMNS}, calls, newest FROM callers ORDER BY id`, {}, signal);
  const ids = CALLER_FIELDS.map((_, column) => found.integers(column));
  return { ids, calls: found.integers(ids.length), rows: found.integers(ids.length + 1) };
}

export async function claimsOf(
  duck: Duck,
  dictionaries: EventTable['dictionaries'],
  { ids, rows }: Callers,
  signal?: AbortSignal,
): Promise<Claims> {
  const count = rows.length;
  const idOf = (column: number, k: number): number => ids[column]?.[k] ?? 0;
  const textOf = (column: number, k: number): string =>
    dictionaries[CALLER_FIELDS[column] ?? 'who'].values[idOf(column, k)] ?? '';
  const persons: Person[] = [];
  const [personNumbers, sessionNumbers] = [new Map<string, number>(), new Map<string, number>()];
  const [own, last] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  const isHandedOut = new Uint8Array(count);
  const sessions = new Int32Array(count);
  const centerSessions = new Map<string, number>();
  const slices = new Slices();
  for (let k = 0; k < count; k++) {
    if (k % SLICE === 0) {
      await slices.next();
      signal?.throwIfAborted();
    }
    const cells = {} as Record<keyof CallerCells, string>;
    for (const [column, field] of CALLER_FIELDS.entries()) cells[field] = textOf(column, k);
    const claim = ownPerson(cells);
    if (claim !== null) {
      const { person, isLast } = claim;
      const number = numberIn(personNumbers, JSON.stringify(person));
      persons[number] = person;
      (isLast ? last : own)[k] = number;
      if (person.kind === 'center' && permissionSetOf(cells.role) !== '') {
        centerSessions.set(person.name, Math.max(rows[k] as number, centerSessions.get(person.name) ?? -1));
      }
    }
    if (mayBeHandedOut(cells)) isHandedOut[k] = 1;
    sessions[k] = numberIn(sessionNumbers, sessionOf(ids, k));
  }
  const issuers = await issuersByKey(duck, (caller) => textOf(TYPE, caller) === 'AWSAccount', signal);
  // Of the keys of one session some are often drawn from another by the console: no call tells of them.
  const bySession = new Map<number, Set<number>>();
  for (let k = 0; k < count; k++) {
    if (k % SLICE === 0) await slices.next();
    const ofKey = isHandedOut[k] === 1 ? issuers.get(idOf(KEY, k)) : undefined;
    if (ofKey === undefined) continue;
    const session = sessions[k] as number;
    const all = bySession.get(session) ?? new Set();
    bySession.set(session, all);
    for (const issuer of ofKey) all.add(issuer);
  }
  await joinSubjects(own, persons, (caller) => issuers.get(idOf(KEY, caller)) ?? []);
  const issuersOf = (caller: number): readonly number[] => {
    if (isHandedOut[caller] === 0) return [];
    return issuers.get(idOf(KEY, caller)) ?? [...(bySession.get(sessions[caller] as number) ?? [])];
  };
  return { persons, graph: { count, own, last, issuersOf }, sessions, centerSessions };
}

/** Identity Center hands out the sessions of permission sets by SAML: the subject whose call it was is the very user whose
 *  session began. A subject who began sessions of several users stays by itself. */
async function joinSubjects(
  own: Int32Array,
  persons: Person[],
  issuersOf: (caller: number) => readonly number[],
): Promise<void> {
  const users = new Map<number, Set<number>>();
  const slices = new Slices();
  for (let k = 0; k < own.length; k++) {
    if (k % SLICE === 0) await slices.next();
    const user = own[k] as number;
    if (persons[user]?.kind !== 'center') continue;
    for (const issuer of issuersOf(k)) {
      const subject = own[issuer] as number;
      if (persons[subject]?.kind === 'subject') users.set(subject, (users.get(subject) ?? new Set()).add(user));
    }
  }
  for (const [subject, [user, ...others]] of users) {
    if (user !== undefined && others.length === 0) persons[subject] = persons[user] as Person;
  }
}

/** The same text for the callers of one session. */
function sessionOf(ids: readonly Int32Array[], k: number): string {
  const [key, arn, created] = [ids[KEY]?.[k] ?? 0, ids[ARN]?.[k] ?? 0, ids[CREATED]?.[k] ?? 0];
  if (arn > 0 && created > 0) return `${arn},${created}`;
  return key > 0 ? `key ${key},${arn}` : `caller ${ids.map((column) => column[k]).join()}`;
}

function numberIn(numbers: Map<string, number>, text: string): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}

/** Callers by the key that their calls handed out, as far as calls were made with it. Another account's record of a call knows of its caller
 *  little more than the account: it counts only where there is no other. */
async function issuersByKey(
  duck: Duck,
  isOtherAccount: (caller: number) => boolean,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const isSame = CALLER_FIELDS.map((field) => `c.f_${field} = e.f_${field}`).join(' AND ');
  const found = await duck.query(
    `SELECT DISTINCT k.id, c.id FROM events e JOIN d_issued i ON i.id = e.f_issued JOIN d_key k ON k.value = i.value
      JOIN callers c ON ${isSame} WHERE e.f_issued <> 0`,
    {},
    signal,
  );
  const [keys, callers] = [found.integers(0), found.integers(1)];
  const all = new Map<number, number[]>();
  const slices = new Slices();
  for (let k = 0; k < keys.length; k++) {
    if (k % SLICE === 0) await slices.next();
    const [key, caller] = [keys[k] as number, callers[k] as number];
    const known = all.get(key);
    if (known === undefined) all.set(key, [caller]);
    else if (isOtherAccount(caller)) continue;
    else if (known.every(isOtherAccount)) all.set(key, [caller]);
    else known.push(caller);
  }
  return all;
}
