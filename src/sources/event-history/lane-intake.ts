// What happens to a page: new events to the sink, then to the disk; what is complete with them into the ledger.

import type { CachedSpan, CacheLane, EventCache } from '../../store/event-cache/event-cache.ts';
import type { LiveSink } from '../live-source.ts';
import { lengthOf } from './coverage.ts';
import { LaneDisk } from './lane-disk.ts';
import type { Ledger } from './ledger.ts';
import { Pace } from './pace.ts';
import type { PageAnswer } from './page-reader.ts';
import { RecentIds } from './recent-ids.ts';
import { forgetPage, siftPage } from './sift-page.ts';
import type { Slice } from './slice.ts';

/** Ids are remembered for so much longer than events are young. */
const RECENT_MARGIN_MS = 60_000;

export type IntakeOptions = {
  readonly key: CacheLane;
  readonly origin: number;
  readonly cache: EventCache | null;
  readonly sink: LiveSink;
  readonly now: () => number;
};

export class LaneIntake {
  /** Events that the sink had not had before. */
  events = 0;
  cachedEvents = 0;
  readonly pace = new Pace();
  readonly #options: IntakeOptions;
  readonly #ledger: Ledger;
  readonly #disk: LaneDisk;
  readonly #recent = new RecentIds();
  #youngFrom = Number.NEGATIVE_INFINITY;
  #taking: Promise<unknown> = Promise.resolve();

  constructor(options: IntakeOptions, ledger: Ledger) {
    this.#options = options;
    this.#ledger = ledger;
    this.#disk = new LaneDisk(options.cache, options.key);
  }

  /** Hands over what is on disk; `onBatch` after each part. */
  async readDisk(onBatch: () => void): Promise<void> {
    const { origin, sink } = this.#options;
    const spans = await this.#disk.read(origin, async (batch) => {
      const { added } = await sink(batch);
      this.events += added;
      this.cachedEvents += added;
      onBatch();
    });
    this.#ledger.addCached(spans);
  }

  /** Events that were young when last asked for, at `askedAt`, are going to be read again. */
  remember(askedAt: number): void {
    this.#youngFrom = this.#ledger.settledAt(askedAt) - RECENT_MARGIN_MS;
    this.#recent.forgetBefore(this.#youngFrom);
  }

  /** Takes a page that `slice` got, after the pages before: two chains may have the same event, and the second must not
   *  call its stretch complete while the sink has not taken the first's. @returns how many of its events were new.
   *  @throws what the sink throws: the slice is dropped then, and its place in time stays open. */
  take(slice: Slice, answer: PageAnswer): Promise<number> {
    const taking = this.#taking.then(() => this.#takeNow(slice, answer));
    this.#taking = taking.catch(() => {});
    return taking;
  }

  async #takeNow(slice: Slice, answer: PageAnswer): Promise<number> {
    const { origin, sink, now } = this.#options;
    const page = siftPage(answer, slice, this.#recent, this.#youngFrom);
    const { fresh, isNew } = page;
    const closed = slice.accept(page.facts, page.ids);
    const isPoll = slice.purpose === 'poll';
    if (isPoll && (answer.token === null || (fresh === 0 && answer.events.length > 0))) slice.isDropped = true;
    const batches =
      fresh === 0 ? [] : answer.batches((index) => isNew[index] === true, origin, slice.takeSequence(fresh));
    let added = 0;
    try {
      for (const batch of batches) added += (await sink(batch)).added;
    } catch (error) {
      forgetPage(page, answer, this.#recent);
      slice.isDropped = true;
      throw error;
    }
    this.events += added;
    let spans: readonly CachedSpan[] = [];
    if (closed !== null && !isPoll) {
      const settled = this.#ledger.add(slice.attribute, closed, slice.askedAt ?? 0);
      spans = settled.map((span) => ({ ...span, attribute: slice.attribute }));
    }
    this.pace.note(now(), added, closed === null || isPoll ? 0 : lengthOf([closed]));
    this.#disk.write(batches, spans);
    return fresh;
  }

  /** Ends reading from disk. */
  stop(): void {
    this.#disk.stop();
  }

  /** Settles when everything is on disk. */
  close(): Promise<void> {
    return this.#disk.close();
  }
}
