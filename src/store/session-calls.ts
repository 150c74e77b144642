// Finding the call that began a session among what is loaded: by the key in its answer, by name in the second of the
// session's creationDate, or by name and the order of time. The columns leave a few calls of millions, their records
// decide.

import { RESOURCE_SEPARATOR } from '../cloudtrail/fields.ts';
import { objectOf, textOf } from '../cloudtrail/json-value.ts';
import {
  beginsSession,
  LONGEST_SESSION_MS,
  longestSessionMs,
  NEAR_MS,
  namesSession,
  OWN_CALLS,
  PORTAL_CALLS,
  ROLE_CALLS,
  ROOT_CALLS,
  SAME_SECOND_MS,
} from '../cloudtrail/session-link.ts';
import { parsedRecord } from './parsed-record.ts';
import type { Parts } from './parts.ts';
import { partnerOf, sharedEventIDOf } from './session-partners.ts';
import type { LinkKind } from './sessions.ts';
import { Slices } from './slices.ts';

/** Records that are read to tell calls apart. */
const MAX_READ = 64;

/** `issued`: the id of the key in the answer, 0 for none. */
type FoundCall = {
  readonly row: number;
  readonly time: number;
  readonly name: number;
  readonly issued: number;
  readonly record: unknown;
};

export type LinkedCall = { readonly row: number; readonly link: LinkKind; readonly others: number };

/** A session as far as names and times tell it: ids of the columns, times in ms since the epoch. */
export type NamedSession = {
  readonly arn: number;
  readonly hasKey: boolean;
  readonly created: number | null;
  /** Asks when its first event was. */
  readonly first: () => Promise<number | null>;
  /** Its record says that AssumeRoot began it: nothing else does, and that begins no other. */
  readonly isAssumedRoot: boolean;
};

export class SessionCalls {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The call that handed out an access key (an id of `issued`). Of the records of one call in two accounts the one that
   *  tells more of its caller. */
  async byKey(issued: number, signal?: AbortSignal): Promise<LinkedCall | null> {
    if (issued <= 0) return null;
    const { duck } = this.#parts;
    const found = await duck.query(
      `SELECT e.row, (e.f_key <> 0)::INTEGER * 2 + (e.f_arn <> 0)::INTEGER AS told, (count(*) OVER ())::INTEGER
        FROM events e WHERE e.f_issued = ${issued} AND e.f_error = 0
        ORDER BY told DESC, e.time NULLS LAST, e.row LIMIT ${MAX_READ}`,
      {},
      signal,
    );
    if (found.count === 0) return null;
    const [rows, told, totals] = [0, 1, 2].map((column) => found.integers(column)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    const row = rows[0] as number;
    const total = totals[0] as number;
    const others = total === 1 ? 0 : total - rows.length + (await this.#callsAmong(rows, signal)) - 1;
    const partner = told[0] === 0 ? await partnerOf(this.#parts, row, signal) : -1;
    return partner < 0 ? { row, link: 'key', others } : { row: partner, link: 'sharedEventID', others };
  }

  /** The call that names the session at the time it began, or last before its first event; its own sign-ins apart.
   *  `ownOf`: which of some rows are the session's own. */
  async byName(
    session: NamedSession,
    ownOf: (rows: Int32Array) => Promise<ReadonlySet<number>>,
    signal?: AbortSignal,
  ): Promise<{ readonly call: LinkedCall | null; readonly signIn: LinkedCall | null }> {
    const { created } = session;
    let first = created === null ? await session.first() : null;
    const start = created ?? first;
    if (start === null) return { call: null, signIn: null };
    const latest = start + SAME_SECOND_MS;
    const [from, to] = created === null ? [start - LONGEST_SESSION_MS, latest] : [start - NEAR_MS, start + NEAR_MS];
    const away =
      created === null ? (time: number) => Math.max(0, latest - time) : (time: number) => Math.abs(time - created);
    const named = await this.#named(session, from, to, away, signal);
    if (named.length === 0) return { call: null, signIn: null };
    first ??= await session.first();
    const ownRows = await ownOf(Int32Array.from(named, ({ row }) => row));
    const others: FoundCall[] = [];
    const own: FoundCall[] = [];
    for (const call of named) {
      const isTooOld = created === null && first !== null && first - call.time > longestSessionMs(this.#nameOf(call));
      if (isTooOld || this.#isOfAnother(call, session)) continue;
      if (ownRows.has(call.row)) {
        // Nothing begins itself: one that takes its own role on again begins another of its name. Its sign-in may come
        // some seconds after its credentials.
        if (OWN_CALLS.includes(this.#nameOf(call))) own.push(call);
        continue;
      }
      // What was used has begun, whatever creationDate says.
      const isTooLate = call.time > Math.min(latest, (first ?? latest) + SAME_SECOND_MS);
      if (!isTooLate) others.push(call);
    }
    const choose = (calls: readonly FoundCall[]): LinkedCall | null => {
      const sure = created === null ? [] : calls.filter(({ time }) => away(time) <= SAME_SECOND_MS);
      const link = sure.length > 0 ? 'creationDate' : 'name';
      return this.#best(sure.length > 0 ? sure : calls, link, away);
    };
    const call = choose(others);
    if (call === null) return { call, signIn: choose(own) };
    const partner = (await this.#isUntold(call.row, signal)) ? await partnerOf(this.#parts, call.row, signal) : -1;
    return { call: partner < 0 ? call : { ...call, row: partner }, signIn: null };
  }

  /** Ids of the names of calls that begin sessions, as far as any is loaded. */
  namesOf(calls: readonly string[]): readonly number[] {
    const { dictionaries } = this.#parts.table;
    return calls.map((call) => dictionaries.name.idOf(call)).filter((id) => id > 0);
  }

  /** Calls between two times that name the session, the nearest first. */
  async #named(
    { arn, isAssumedRoot }: NamedSession,
    from: number,
    to: number,
    away: (time: number) => number,
    signal?: AbortSignal,
  ): Promise<readonly FoundCall[]> {
    const { duck, table } = this.#parts;
    const sessionArn = table.dictionaries.arn.values[arn] ?? '';
    const [own, role, others] = (isAssumedRoot ? [[], [], ROOT_CALLS] : [OWN_CALLS, ROLE_CALLS, PORTAL_CALLS]).map(
      (calls) => this.namesOf(calls),
    ) as [number[], number[], number[]];
    if (sessionArn === '' || own.length + role.length + others.length === 0) return [];
    const found = await duck.query(
      `SELECT e.row, e.f_resource, e.f_name, e.f_issued, e.time FROM events e
        WHERE e.time BETWEEN ${from} AND ${to} AND e.f_error = 0 AND
          (e.f_name IN (${listed([...role, ...others])}) OR e.f_arn = ${arn} AND e.f_name IN (${listed(own)}))`,
      {},
      signal,
    );
    const [rows, resources, names, issued] = [0, 1, 2, 3].map((column) => found.integers(column)) as Int32Array[];
    const times = found.values(4) as number[];
    const isRoleCall = new Set(role);
    const slices = new Slices();
    const likely: number[] = [];
    for (let k = 0; k < times.length; k++) {
      if (k % 500 === 0) await slices.next();
      if (isRoleCall.has(names?.[k] as number)) {
        const cell = table.dictionaries.resource.values[resources?.[k] as number] as string;
        if (!namesSession(cell.split(RESOURCE_SEPARATOR), sessionArn)) continue;
      }
      likely.push(k);
    }
    signal?.throwIfAborted();
    likely.sort((a, b) => away(times[a] as number) - away(times[b] as number) || a - b);
    const near = likely.slice(0, MAX_READ);
    const records = await this.#records(
      Int32Array.from(near, (k) => rows?.[k] as number),
      signal,
    );
    return near.flatMap((k) => {
      const row = rows?.[k] as number;
      const record = records.get(row);
      if (!beginsSession(record, sessionArn)) return [];
      return [{ row, time: times[k] as number, name: names?.[k] as number, issued: issued?.[k] as number, record }];
    });
  }

  /** The nearest, calls of a role before sign-ins; whoever fits as well is counted. */
  #best(calls: readonly FoundCall[], link: LinkKind, away: (time: number) => number): LinkedCall | null {
    const rank = (call: FoundCall): number => (ROLE_CALLS.includes(this.#nameOf(call)) ? 0 : 1);
    const isNearest = link === 'name';
    const [best] = calls.toSorted((a, b) => rank(a) - rank(b) || away(a.time) - away(b.time) || a.row - b.row);
    if (best === undefined) return null;
    const alike = calls.filter(
      (call) => rank(call) === rank(best) && (!isNearest || away(call.time) === away(best.time)),
    );
    const distinct = new Set(alike.map(callKey));
    // Of two records of one call, the one that tells its caller.
    const same = alike.filter((call) => callKey(call) === callKey(best));
    const told = same.find(({ record }) => textOf(objectOf(objectOf(record).userIdentity).arn) !== '') ?? best;
    return { row: told.row, link, others: distinct.size - 1 };
  }

  #nameOf({ name }: FoundCall): string {
    return this.#parts.table.dictionaries.name.values[name] ?? '';
  }

  /** It handed out a key that other calls were made with: it began their session. One without keys of its own may be the
   *  same one, seen through services. */
  #isOfAnother({ issued }: FoundCall, { hasKey }: NamedSession): boolean {
    const { dictionaries } = this.#parts.table;
    return hasKey && issued > 0 && dictionaries.key.idOf(dictionaries.issued.values[issued] as string) > 0;
  }

  async #isUntold(row: number, signal?: AbortSignal): Promise<boolean> {
    const found = await this.#parts.duck.query(`SELECT e.f_arn FROM events e WHERE e.row = ${row}`, {}, signal);
    return found.integers(0)[0] === 0;
  }

  /** How many calls these records are of: those of one sharedEventID are one. */
  async #callsAmong(rows: Int32Array, signal?: AbortSignal): Promise<number> {
    const records = await this.#records(rows, signal);
    return new Set(Array.from(rows, (row) => sharedEventIDOf(records.get(row)) || String(row))).size;
  }

  async #records(rows: Int32Array, signal?: AbortSignal): Promise<ReadonlyMap<number, unknown>> {
    const texts = await this.#parts.segments.read(rows, signal);
    return new Map(Array.from(texts, ([row, text]) => [row, parsedRecord(text)]));
  }
}

function callKey({ row, record }: FoundCall): string {
  return sharedEventIDOf(record) || String(row);
}

/** Of no id nothing is. */
function listed(ids: readonly number[]): string {
  return ids.length === 0 ? '-1' : ids.join(',');
}
