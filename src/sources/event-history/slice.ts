// One chain of pages: a window of time whose two ends are frozen before the first page, since the page token holds for
// them only, read from its newest second down. What is known of it for certain is what lies above `open`: an event's
// time has a grain of one second, and a second can straddle two pages, so a page closes down to the second *after* its
// oldest event, unless it is the last page.
//
// Pages of one window can only be asked for one after the other. When that is too slow, the window is split: the
// chain goes on down to `floor`, and another one takes what lies below.

import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { Span } from '../live-source.ts';
import { SECOND, secondOf } from './coverage.ts';

/** What LookupEvents gives at most. */
export const PAGE = 50;
/** A chain keeps so many pages to itself where there are more, so that reading stays newest first. */
const MOST_PAGES_KEPT = 40;
/** Less than this is not worth another chain: a window costs part of a page. */
const LEAST_PAGES_SPLIT = 2;

/** Places among the events of a second, for a chain that ends with it. */
const PLACES = 2 ** 20;

/** `poll` looks for something new at the top and stops where nothing is; it proves nothing. */
export type SlicePurpose = 'history' | 'poll';

/** What a page tells of itself. */
export type PageFacts = {
  /** Time of its oldest event; null where it has none. */
  readonly oldest: number | null;
  readonly count: number;
  /** Null: the last page. */
  readonly token: string | null;
};

export class Slice {
  readonly attribute: LookupAttribute | null;
  readonly purpose: SlicePurpose;
  /** StartTime and EndTime of the request, ms, whole seconds; they change only where there is no token. */
  from: number;
  to: number;
  token: string | null = null;
  /** Oldest second to be read; older ones are another's. */
  floor: number;
  /** Everything from here up has been read. */
  open: number;
  /** A request is under way. */
  isBusy = false;
  /** When the first page was asked for, ms of AWS's clock; null: not yet. Pages may show the state of then: this one counts. */
  askedAt: number | null = null;
  /** Failures in a row, and when to try again (ms). */
  failures = 0;
  notBefore = 0;
  /** Tokens lost in a row without getting any further. */
  stalls = 0;
  /** No longer wanted: what is under way is taken, nothing more is asked. */
  isDropped = false;
  /** The oldest second seen; null: nothing yet. */
  #oldest: number | null = null;
  #top: number;
  #stalledAt: number | null = null;
  #count = 0;
  /** Only events of the same second are put in order by it, so that chains need not know of each other. */
  #sequence: number;
  /** Events per ms of the last page, or of the chain that this one was split from. */
  #density: number;
  /** Ids of the last page, and of all events of the oldest second: what a page after it or a resume can repeat. */
  #lastIds: ReadonlySet<string> = new Set();
  #edgeIds = new Set<string>();

  constructor(purpose: SlicePurpose, attribute: LookupAttribute | null, span: Span, density = 0) {
    this.purpose = purpose;
    this.attribute = attribute;
    this.from = span.from;
    this.to = span.to;
    this.floor = span.from;
    this.open = span.to + SECOND;
    this.#top = span.to + SECOND;
    this.#density = density;
    this.#sequence = (span.to / SECOND) * PLACES;
  }

  /** What is still to be read; null: nothing. */
  get remaining(): Span | null {
    return this.open > this.floor ? { from: this.floor, to: this.open - SECOND } : null;
  }

  get isFinished(): boolean {
    return this.isDropped || this.open <= this.floor;
  }

  /** Has this chain just seen the event? */
  hasSeen(id: string): boolean {
    return this.#lastIds.has(id) || this.#edgeIds.has(id);
  }

  /** Takes note of a page. @returns what is complete now and was not before. */
  accept(page: PageFacts, ids: ReadonlyMap<string, number>): Span | null {
    const { token } = page;
    const before = this.#oldest;
    if (page.oldest !== null) {
      const second = secondOf(page.oldest);
      this.#oldest = before === null ? second : Math.min(before, second);
    }
    this.#noteIds(ids, before);
    this.#noteDensity(page, before);
    this.token = token;
    this.failures = 0;
    const down = token === null ? this.floor : this.#oldest === null ? this.open : this.#oldest + SECOND;
    return this.#close(Math.max(down, this.floor));
  }

  #close(down: number): Span | null {
    if (down >= this.open) return null;
    const span = { from: down, to: this.open - SECOND };
    this.open = down;
    return span;
  }

  #noteIds(ids: ReadonlyMap<string, number>, before: number | null): void {
    this.#lastIds = new Set(ids.keys());
    if (this.#oldest !== before) this.#edgeIds = new Set();
    for (const [id, time] of ids) if (this.#oldest !== null && secondOf(time) === this.#oldest) this.#edgeIds.add(id);
  }

  #noteDensity(page: PageFacts, before: number | null): void {
    this.#count += page.count;
    if (this.#oldest === null) return;
    const height = (before ?? this.#top) - this.#oldest;
    this.#density = Math.max(
      page.count / Math.max(SECOND, height),
      this.#count / Math.max(SECOND, this.#top - this.#oldest),
    );
  }

  /** The token does not hold: begins anew with the oldest second seen, whose other events may be still to come. Where
   *  that was done for this second before, the same token gets another chance first: a second with more events than a
   *  few pages would never end otherwise. */
  onTokenLost(): void {
    this.stalls = this.#stalledAt === this.open ? this.stalls + 1 : 0;
    this.#stalledAt = this.open;
    if (this.stalls % 2 === 0) this.resume();
  }

  /** Begins anew with the oldest second seen. */
  resume(): void {
    this.token = null;
    this.from = this.floor;
    this.to = Math.min(this.to, Math.max(this.#oldest ?? this.to, this.floor));
  }

  /** Where there is no token: nothing is to be had before `earliest` (AWS keeps 90 days). @returns what is given up. */
  clamp(earliest: number): Span | null {
    if (this.token !== null || this.from >= earliest) return null;
    const lost = { from: this.from, to: Math.min(earliest, this.open) - SECOND };
    this.from = Math.min(earliest, this.to);
    this.floor = Math.max(this.floor, Math.min(earliest, this.open));
    return lost;
  }

  /** Pages still to come, by the density so far; 0 where it is not known. */
  get pagesExpected(): number {
    return (Math.max(0, this.open - this.floor) * this.#density) / PAGE;
  }

  get canSplit(): boolean {
    return this.#middle() !== null;
  }

  /** Leaves the older part to another chain; null where there is too little. */
  split(): Slice | null {
    const middle = this.#middle();
    if (middle === null) return null;
    const older = new Slice('history', this.attribute, { from: this.floor, to: middle - SECOND }, this.#density);
    this.floor = middle;
    return older;
  }

  #middle(): number | null {
    const expected = this.pagesExpected;
    if (this.isFinished || this.purpose === 'poll' || expected < LEAST_PAGES_SPLIT) return null;
    const kept = Math.min(expected / 2, MOST_PAGES_KEPT);
    const middle = this.open - Math.max(SECOND, secondOf((kept / expected) * (this.open - this.floor)));
    return middle > this.floor ? middle : null;
  }

  /** Places for so many events (see Batch.sequence): before those of the pages so far, since pages come newest first.
   *  @returns the first, for the oldest. */
  takeSequence(count: number): number {
    this.#sequence -= count;
    return this.#sequence;
  }

  /** Leaves out what lies before `from`. */
  raiseFloor(from: number): void {
    this.floor = Math.max(this.floor, from);
  }
}
