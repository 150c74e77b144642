import { creationDateOf } from '../../cloudtrail/session-grant.ts';
import { type IdentityCells, identityCells } from '../../cloudtrail/user-identity.ts';
import { Interner } from './interner.ts';
import { KEY } from './record-keys.ts';
import type { RecordView } from './record-view.ts';

const MAX_IDENTITIES = 50_000;

/** A creationDate is two dozen characters. */
const MAX_DATE = 64;
/** In place of a pool id: the session's creationDate is the one that the scanner saw last; or it takes a look each time. */
const SCANNED = -1;
const UNCLEAR = -2;

/** Pool ids of what a userIdentity says. */
export type IdentityIds = Readonly<Record<keyof IdentityCells, number>> & {
  /** See IdentityCache.created. */
  readonly created: number;
};

/** What each distinct userIdentity says, worked out once: a trail has a thousand events for every caller. */
export class IdentityCache {
  readonly #pool: Interner;
  #texts = new Interner();
  #ids: (IdentityIds | undefined)[] = [];
  #scratch: Buffer = Buffer.allocUnsafeSlow(1 << 12);

  constructor(pool: Interner) {
    this.#pool = pool;
  }

  idsOf(view: RecordView): IdentityIds {
    if (this.#texts.size > MAX_IDENTITIES) {
      this.#texts = new Interner();
      this.#ids = [];
    }
    const id = view.has(KEY.userIdentity) ? this.#texts.intern(this.#scratch, 0, this.#copy(view)) : 0;
    const known = this.#ids[id] ?? this.#look(view);
    this.#ids[id] = known;
    return known;
  }

  #look(view: RecordView): IdentityIds {
    const identity = view.parsed(KEY.userIdentity);
    const cells = identityCells(identity);
    const ids = {} as Record<keyof IdentityCells, number>;
    for (const key of Object.keys(cells) as (keyof IdentityCells)[]) ids[key] = this.#pool.internText(cells[key]);
    return { ...ids, created: this.#createdIn(view, creationDateOf(identity)) };
  }

  /** The session's creationDate of the record whose identity `ids` are of. */
  created(view: RecordView, ids: IdentityIds): number {
    if (ids.created >= 0) return ids.created;
    const { buffer, creationDateAt: date } = view;
    const end = ids.created === SCANNED ? endOfPlain(buffer, date) : -1;
    return end < 0 ? this.#stated(view) : this.#pool.intern(buffer, date + 1, end);
  }

  /** Sessions differ in nothing but the date that the scanner saw: what holds for one holds for the others. */
  #createdIn(view: RecordView, stated: string): number {
    const { buffer, creationDateAt: date } = view;
    const isInside =
      view.has(KEY.userIdentity) && date >= view.from(KEY.userIdentity) && date < view.to(KEY.userIdentity);
    if (!isInside) return this.#pool.internText(stated.slice(0, MAX_DATE));
    const end = endOfPlain(buffer, date);
    return end >= 0 && buffer.toString('utf8', date + 1, end) === stated ? SCANNED : UNCLEAR;
  }

  #stated(view: RecordView): number {
    return this.#pool.internText(creationDateOf(view.parsed(KEY.userIdentity)).slice(0, MAX_DATE));
  }

  /** Copies the userIdentity to the scratch buffer less its creationDate, in which alone a caller's sessions differ. */
  #copy(view: RecordView): number {
    const { buffer, creationDateAt: date } = view;
    const [from, to] = [view.from(KEY.userIdentity), view.to(KEY.userIdentity)];
    if (to - from > this.#scratch.length) this.#scratch = Buffer.allocUnsafeSlow((to - from) * 2);
    if (date < from || date >= to || buffer[date] !== 0x22) return buffer.copy(this.#scratch, 0, from, to);
    let end = date + 1;
    while (end < to && buffer[end] !== 0x22) end++;
    const length = buffer.copy(this.#scratch, 0, from, date);
    return length + buffer.copy(this.#scratch, length, end, to);
  }
}

/** Where the string that begins at `from` ends; -1 for what is no string, long, or to be decoded. */
function endOfPlain(buffer: Buffer, from: number): number {
  if (buffer[from] !== 0x22) return -1;
  for (let at = from + 1; at <= from + MAX_DATE; at++) {
    const byte = buffer[at] as number;
    if (byte === 0x22) return at;
    if (byte === 0x5c || !(byte >= 0x20)) return -1;
  }
  return -1;
}
