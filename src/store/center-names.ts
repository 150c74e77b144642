import { namedCenterUser, SIGN_INS } from '../cloudtrail/person.ts';
import type { Duck } from './duck.ts';
import type { RecordSegments } from './record-segments.ts';
import { Slices } from './slices.ts';
import type { TimeOrder } from './time-order.ts';

/** Records read at a time, the newest. */
const MAX_READ = 5000;

/** The names of Identity Center's users, which most records know by an id only: from sign-ins, and from sessions of a
 *  permission set that state both. */
export class CenterNames {
  readonly #duck: Duck;
  readonly #order: TimeOrder;
  readonly #segments: RecordSegments;
  readonly #byId = new Map<string, string>();
  readonly #byName = new Map<string, string>();
  /** Rows of sign-ins from here on have not been looked at. */
  #next = 0;
  /** Session names whose records have been looked at. */
  readonly #read = new Set<string>();

  constructor(duck: Duck, order: TimeOrder, segments: RecordSegments) {
    this.#duck = duck;
    this.#order = order;
    this.#segments = segments;
  }

  /** As far as it has been learned. */
  nameOf(userId: string): string | undefined {
    return this.#byId.get(userId.toLowerCase());
  }

  idOf(name: string): string | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** Looks at sign-ins that have come since. */
  async readSignIns(signal?: AbortSignal): Promise<void> {
    const from = this.#next;
    const next = this.#order.count;
    const found = await this.#duck.query(
      `SELECT e.row FROM events e JOIN d_name d ON d.id = e.f_name
        WHERE e.row >= ${from} AND d.value IN (${SIGN_INS.map((name) => `'${name}'`).join(', ')})
        ORDER BY e.time DESC NULLS LAST, e.row DESC LIMIT ${MAX_READ}`,
      {},
      signal,
    );
    // Oldest first: what was said last counts.
    await this.#learn(found.integers(0).reverse(), signal);
    this.#next = next;
  }

  /** Looks at one event of each of these sessions of permission sets, by session name. */
  async readSessions(rows: ReadonlyMap<string, number>, signal?: AbortSignal): Promise<void> {
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
      const user = namedCenterUser(parsed(texts.get(row) ?? ''));
      if (user === null) continue;
      this.#byId.set(user.userId.toLowerCase(), user.name);
      this.#byName.set(user.name.toLowerCase(), user.userId);
    }
  }
}

function parsed(text: string): unknown {
  if (!text.includes('"onBehalfOf"')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
