import { type IdentityCells, identityCells } from '../../cloudtrail/user-identity.ts';
import { Interner } from './interner.ts';
import { KEY } from './record-keys.ts';
import type { RecordView } from './record-view.ts';

const MAX_IDENTITIES = 50_000;

/** Pool ids of what a userIdentity says. */
export type IdentityIds = Readonly<Record<keyof IdentityCells, number>>;

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
    const cells = identityCells(view.parsed(KEY.userIdentity));
    const ids = {} as Record<keyof IdentityCells, number>;
    for (const key of Object.keys(cells) as (keyof IdentityCells)[]) ids[key] = this.#pool.internText(cells[key]);
    return ids;
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
