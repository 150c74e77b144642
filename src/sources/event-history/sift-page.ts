import { secondOf } from './coverage.ts';
import type { PageAnswer } from './page-reader.ts';
import type { RecentIds } from './recent-ids.ts';
import type { PageFacts, Slice } from './slice.ts';

export type SiftedPage = {
  readonly facts: PageFacts;
  /** Time of each id of the page. */
  readonly ids: ReadonlyMap<string, number>;
  /** Of each event of the page: is it to be handed on? */
  readonly isNew: readonly boolean[];
  readonly fresh: number;
};

/** Tells the events of a page that are new from those that were seen (pages overlap after a resume, and AWS repeats some
 *  now and then) and those that are another chain's. Remembers the new ones from `young` on. */
export function siftPage(answer: PageAnswer, slice: Slice, recent: RecentIds, young: number): SiftedPage {
  const ids = new Map<string, number>();
  const isNew: boolean[] = [];
  let oldest: number | null = null;
  let fresh = 0;
  for (const { id, time } of answer.events) {
    const isKnown = ids.has(id) || slice.hasSeen(id) || recent.has(id);
    const isOthers = slice.purpose === 'history' && secondOf(time) < slice.floor;
    const isWanted = !isKnown && !isOthers;
    isNew.push(isWanted);
    if (isWanted) fresh++;
    if (isWanted && time >= young) recent.add(id, time);
    ids.set(id, time);
    if (!Number.isNaN(time)) oldest = oldest === null ? time : Math.min(oldest, time);
  }
  return { facts: { oldest, count: answer.events.length, token: answer.token }, ids, isNew, fresh };
}

/** What was remembered was not handed on after all. */
export function forgetPage({ ids, isNew }: SiftedPage, answer: PageAnswer, recent: RecentIds): void {
  answer.events.forEach(({ id }, index) => {
    if (isNew[index] === true && ids.has(id)) recent.delete(id);
  });
}
