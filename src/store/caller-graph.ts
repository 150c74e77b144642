// From callers up to whoever handed out their keys: a walk over arrays in which each caller is answered once.

import { Slices } from './slices.ts';

/** What is known of callers 0, 1, 2 …. Numbers of persons; -1 for none. */
export type CallerGraph = {
  readonly count: number;
  /** Whom the caller is by itself, whatever handed out its key. */
  readonly own: Int32Array;
  /** The same, where nothing is known of its key. */
  readonly last: Int32Array;
  /** Those whose calls handed out its credentials; none for a key that nobody hands out. */
  readonly issuersOf: (caller: number) => readonly number[];
};

const [UNSEEN, OPEN, NOBODY] = [-3, -2, -1];
const SLICE = 1000;

/** The person behind each caller. Where several handed out one key they have to agree; records that lead back to
 *  themselves lead to nobody. */
export async function peopleOf(
  { count, own, last, issuersOf }: CallerGraph,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const people = new Int32Array(count).fill(UNSEEN);
  const slices = new Slices();
  // No recursion: a chain may be as long as there are callers.
  const left: number[] = [];
  for (let start = 0; start < count; start++) {
    if (start % SLICE === 0) {
      await slices.next();
      signal?.throwIfAborted();
    }
    if (people[start] !== UNSEEN) continue;
    left.push(start);
    while (left.length > 0) {
      const caller = left[left.length - 1] as number;
      const known = own[caller] as number;
      const issuers = known === NOBODY ? issuersOf(caller) : [];
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
      people[caller] =
        issuers.length === 0 ? (known === NOBODY ? (last[caller] as number) : known) : agreed(people, issuers);
    }
  }
  return people;
}

function agreed(people: Int32Array, issuers: readonly number[]): number {
  const first = people[issuers[0] as number] as number;
  return first >= 0 && issuers.every((issuer) => people[issuer] === first) ? first : NOBODY;
}
