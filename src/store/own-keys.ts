import type { Dictionary } from './dictionary.ts';
import type { Params } from './duck.ts';
import type { EventTable } from './event-table.ts';
import { bitTest, emptyBits, hasBit, setBit } from './id-bits.ts';
import { Spellings, type SpellingsThen } from './spellings.ts';

/** Long-term keys of users begin so. */
const LONG_TERM = 'AKIA';

/** The keys, and the spellings of callers, as they were at one moment: as SQL over `events e`, with what its names stand
 *  for, and one by one. Batches may come while a question is answered; whoever answers it stays with one of these. */
export type OwnKeysThen = {
  readonly isOwn: string;
  readonly params: Params;
  /** By the key's id. */
  readonly has: (id: number) => boolean;
  readonly arns: SpellingsThen;
  readonly whos: SpellingsThen;
};

/**
 * Access keys that are a session each: long-term ones, and those that a loaded call handed out. The console draws many
 * more from one sign-in; these are no sessions of their own. Kept up to date as batches come: a look at each new value.
 */
export class OwnKeys {
  readonly #keys: Dictionary;
  readonly #issued: Dictionary;
  readonly #arns: Spellings;
  readonly #whos: Spellings;
  #knownKeys = 1;
  #knownIssued = 1;
  #bits: Uint8Array = emptyBits(512);

  constructor({ key, issued, arn, who }: EventTable['dictionaries']) {
    this.#keys = key;
    this.#issued = issued;
    this.#arns = new Spellings(arn);
    this.#whos = new Spellings(who);
  }

  /** Takes in the values that came since the last time. */
  grow(): void {
    this.#arns.grow();
    this.#whos.grow();
    const [keys, issued] = [this.#keys.values, this.#issued.values];
    if (keys.length + 16 > this.#bits.length * 8) {
      const wider = emptyBits(keys.length * 2);
      wider.set(this.#bits);
      this.#bits = wider;
    }
    for (; this.#knownKeys < keys.length; this.#knownKeys++) {
      const key = keys[this.#knownKeys] as string;
      if (key.startsWith(LONG_TERM) || this.#issued.idOf(key) > 0) setBit(this.#bits, this.#knownKeys);
    }
    for (; this.#knownIssued < issued.length; this.#knownIssued++) {
      const id = this.#keys.idOf(issued[this.#knownIssued] as string);
      if (id > 0) setBit(this.#bits, id);
    }
  }

  /** As of now; keys of events that come later count as none of them. */
  now(): OwnKeysThen {
    const last = this.#keys.values.length;
    const own = emptyBits(last + 1);
    own.set(this.#bits.subarray(0, own.length));
    return {
      isOwn: bitTest('own', 'e.f_key', last),
      params: { own },
      has: (id) => id < last && hasBit(own, id),
      arns: this.#arns.now(),
      whos: this.#whos.now(),
    };
  }
}
