// From callers up to whoever handed out their keys: a walk over arrays in which each caller is answered once.

import { Slices } from './slices.ts';

/** What is known of callers 0, 1, 2 …. Numbers of persons; -1 for none. */
export type CallerGraph = {
  /** Whom the caller is by itself, whatever handed out its key. */
  readonly own: (caller: number) => number;
  /** The same, where nothing is known of its key. */
  readonly last: (caller: number) => number;
  /** Those whose calls handed out its credentials; none for a key that nobody hands out. */
  readonly issuersOf: (caller: number) => readonly number[];
};

const [UNSEEN, OPEN, NOBODY] = [-3, -2, -1];
const SLICE = 1000;

/** The person behind each of `count` callers; `known`: those of the first ones. Where several handed out one key they have
 *  to agree; records that lead back to themselves lead to nobody. */
export async function peopleOf(
  { own, last, issuersOf }: CallerGraph,
  count: number,
  known: Int32Array,
  signal?: AbortSignal,
): Promise<Int32Array<ArrayBuffer>> {
  const people = new Int32Array(count).fill(UNSEEN);
  people.set(known);
  const slices = new Slices();
  // No recursion: a chain may be as long as there are callers.
  const left: number[] = [];
  for (let start = known.length; start < count; start++) {
    if (start % SLICE === 0) {
      await slices.next();
      signal?.throwIfAborted();
    }
    if (people[start] !== UNSEEN) continue;
    left.push(start);
    while (left.length > 0) {
      const caller = left[left.length - 1] as number;
      const self = own(caller);
      const issuers = self === NOBODY ? issuersOf(caller) : [];
      const isEntered = people[caller] === OPEN;
      const unseen = isEntered ? [] : issuers.filter((issuer) => people[issuer] === UNSEEN);
      if (unseen.length > 0) {
        people[caller] = OPEN;
        for (const issuer of unseen) left.push(issuer);
        continue;
      }
      left.pop();
      // Answered meanwhile: it was on the way twice.
      if ((people[caller] as number) >= NOBODY) continue;
      people[caller] = issuers.length > 0 ? agreed(people, issuers) : self === NOBODY ? last(caller) : self;
    }
  }
  return people;
}

function agreed(people: Int32Array, issuers: readonly number[]): number {
  const first = people[issuers[0] as number] as number;
  return first >= 0 && issuers.every((issuer) => people[issuer] === first) ? first : NOBODY;
}
