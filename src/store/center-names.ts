import { centerUserOf, SIGN_INS, storeOfUserId } from '../cloudtrail/person.ts';
import type { Duck } from './duck.ts';
import { parsedRecord } from './parsed-record.ts';
import type { RecordSegments } from './record-segments.ts';
import { Slices } from './slices.ts';

/** Records read at a time, the newest. */
const MAX_READ = 5000;

/** The names of Identity Center's users, which most records know by an id only, and their identity stores: from sign-ins,
 *  and from sessions of a permission set that state both. */
export class CenterNames {
  /** Rises with what is learned. */
  version = 0;
  readonly #duck: Duck;
  readonly #segments: RecordSegments;
  readonly #nameOf = new Map<string, string>();
  readonly #storeOf = new Map<string, string>();
  /** By name and store. */
  readonly #idOf = new Map<string, string>();
  /** By name and account; '' where there are several. */
  readonly #storeAt = new Map<string, string>();
  /** Rows of sign-ins from here on have not been looked at. */
  #next = 0;
  /** What names users whose records have been looked at. */
  readonly #read = new Set<string>();

  constructor(duck: Duck, segments: RecordSegments) {
    this.#duck = duck;
    this.#segments = segments;
  }

  /** As far as it has been learned. */
  nameOf(userId: string): string | undefined {
    return this.#nameOf.get(userId.toLowerCase());
  }

  idOf(name: string, store: string): string | undefined {
    return this.#idOf.get(keyOf(name, store));
  }

  /** '' where it is not known. */
  storeOfId(userId: string): string {
    return this.#storeOf.get(userId.toLowerCase()) ?? storeOfUserId(userId);
  }

  /** Of the user of that name whom the account's records tell of, or those of all accounts; '' where that is not known,
   *  or there are several. */
  storeOfName(name: string, account: string): string {
    return this.#storeAt.get(keyOf(name, account)) ?? this.#storeAt.get(keyOf(name, '')) ?? '';
  }

  /** Looks at sign-ins that have come since, up to a row. */
  async readSignIns(to: number, signal?: AbortSignal): Promise<void> {
    if (to <= this.#next) return;
    const found = await this.#duck.query(
      `SELECT e.row FROM events e JOIN d_name d ON d.id = e.f_name
        WHERE e.row >= ${this.#next} AND e.row < ${to} AND d.value IN (${SIGN_INS.map((name) => `'${name}'`).join(', ')})
        ORDER BY e.time DESC NULLS LAST, e.row DESC LIMIT ${MAX_READ}`,
      {},
      signal,
    );
    // Oldest first: what was said last counts.
    await this.#learn(found.integers(0).reverse(), signal);
    this.#next = to;
  }

  /** Looks at one event of each of these, by what names them. */
  async readRows(rows: ReadonlyMap<string, number>, signal?: AbortSignal): Promise<void> {
    if (rows.size === this.#read.size) return;
    const unread = [...rows].filter(([name]) => !this.#read.has(name));
    const some = unread.sort(([, a], [, b]) => b - a).slice(0, MAX_READ);
    await this.#learn(Int32Array.from(some, ([, row]) => row).reverse(), signal);
    for (const [name] of some) this.#read.add(name);
  }

  async #learn(rows: Int32Array, signal?: AbortSignal): Promise<void> {
    if (rows.length === 0) return;
    const texts = await this.#segments.read(rows, signal);
    const slices = new Slices();
    for (const row of rows) {
      await slices.next();
      const text = texts.get(row) ?? '';
      const user = text.includes('"onBehalfOf"') ? centerUserOf(parsedRecord(text)) : null;
      if (user === null) continue;
      const { name, store, account } = user;
      const userId = user.userId.toLowerCase();
      if (store !== '') this.#set(this.#storeOf, userId, store);
      if (name === '') continue;
      this.#set(this.#nameOf, userId, name);
      this.#set(this.#idOf, keyOf(name, store), userId);
      for (const at of new Set([account, ''])) {
        const known = this.#storeAt.get(keyOf(name, at));
        this.#set(this.#storeAt, keyOf(name, at), known === undefined || known === store ? store : '');
      }
    }
  }

  #set(map: Map<string, string>, key: string, value: string): void {
    if (map.get(key) === value) return;
    map.set(key, value);
    this.version++;
  }
}

function keyOf(name: string, of: string): string {
  return `${of} ${name.toLowerCase()}`;
}
