// What a lane asks for next. Four kinds of work, each newest first, each only when the ones before it have nothing that
// could go out now: a look for new events, what a refresh found missing at the top, the scan for the one attribute that
// the server filters by, the rest of the wanted time. Within a kind: a chain that waits for its turn, then a gap that no
// chain has taken yet, then half of a chain that is busy (see slice.ts), so that a slow answer does not cost the rate.

import { type LookupAttribute, lookupAttributeText } from '../../cloudtrail/lookup-attribute.ts';
import type { Span } from '../live-source.ts';
import { gaps, lengthOf, normalize, SECOND, type Spans, union } from './coverage.ts';
import type { Ledger } from './ledger.ts';
import { Slice } from './slice.ts';

/** Requests of one lane under way at once, at most. */
const MOST_CHAINS = 6;
/** What LookupEvents keeps. */
export const KEPT_MS = 90 * 24 * 3_600_000;

type Kind = { readonly attribute: LookupAttribute | null; readonly span: Span; readonly isPoll: boolean };

/** Something that could go out now; `take` makes it a chain. */
export type Offer = { readonly priority: number; readonly take: () => Slice };

/** Added to the newest time of what is asked: more urgent kinds go first among lanes that share a quota. */
const URGENT = 1e14;

export class LaneWork {
  readonly ledger: Ledger;
  #wanted: Span = { from: 0, to: -SECOND };
  #attribute: LookupAttribute | null = null;
  /** What the attribute is asked for. */
  #attributeSpan: Span = { from: 0, to: -SECOND };
  #slices: Slice[] = [];
  /** From here up a refresh asks before anything else is done. */
  #topFrom = Number.POSITIVE_INFINITY;

  readonly #isAttributeAlone: boolean;

  /** `isAttributeAlone`: what has the attribute is all that is wanted. */
  constructor(ledger: Ledger, isAttributeAlone: boolean) {
    this.ledger = ledger;
    this.#isAttributeAlone = isAttributeAlone;
  }

  /** What all that is wanted has in common; null: nothing. */
  get common(): LookupAttribute | null {
    return this.#isAttributeAlone ? this.#attribute : null;
  }

  get wanted(): Span {
    return this.#wanted;
  }

  get attribute(): LookupAttribute | null {
    return this.#attribute;
  }

  /** What is asked for from now on. Chains that fit go on. */
  plan(wanted: Span, attribute: LookupAttribute | null, attributeSpan: Span): void {
    this.#wanted = wanted;
    this.#attribute = attribute;
    this.#attributeSpan = attributeSpan;
    for (const slice of this.#slices) {
      if (slice.purpose === 'poll') continue;
      const span = slice.attribute === null ? wanted : attributeSpan;
      if (slice.attribute !== null && !isSame(slice.attribute, attribute)) slice.isDropped = true;
      else if (slice.open - SECOND > span.to) slice.isDropped = true;
      else slice.raiseFloor(span.from);
    }
    this.tidy();
  }

  /** Asks again for what AWS may have added to since `lastAsked`, before anything else (null: in its turn, newest first).
   *  `plan` has to follow. */
  refresh(lastAsked: number | null): void {
    this.ledger.forgetYoung();
    this.#topFrom = lastAsked === null ? Number.POSITIVE_INFINITY : this.ledger.settledAt(lastAsked) + SECOND;
  }

  /** Looks for new events in `span`, unless that is under way. */
  poll(span: Span): void {
    if (!this.#slices.some(({ purpose }) => purpose === 'poll')) this.#slices.push(new Slice('poll', null, span));
  }

  /** Forgets chains that are through. */
  tidy(): void {
    this.#slices = this.#slices.filter((slice) => slice.isBusy || !slice.isFinished);
  }

  stopPolling(): void {
    for (const slice of this.#slices) if (slice.purpose === 'poll') slice.isDropped = true;
    this.tidy();
  }

  /** Another try at once for chains that wait after a failure. */
  forgive(): void {
    for (const slice of this.#slices) {
      slice.failures = 0;
      slice.notBefore = 0;
    }
  }

  /** What could go out at `now`; null: nothing. With trouble around, nothing but what is under way anyway. */
  offer(now: number, isTroubled: boolean): Offer | null {
    const mayOpen = this.#slices.length === 0 || (!isTroubled && this.#busy() < MOST_CHAINS);
    for (const kind of this.#kinds()) {
      const offer = this.#offerOf(kind, now, mayOpen);
      if (offer !== null) return offer;
    }
    return null;
  }

  /** When a chain that waits after a failure may go on; null: none waits. */
  nextAt(now: number): number | null {
    const waiting = this.#slices.filter((slice) => !slice.isBusy && !slice.isFinished && slice.notBefore > now);
    return waiting.length === 0 ? null : Math.min(...waiting.map(({ notBefore }) => notBefore));
  }

  /** Is anything of what is wanted still to be read? Polls do not count. */
  get isPending(): boolean {
    return this.#missing(this.common).length > 0 || this.attributeNow !== null;
  }

  /** Nothing has been read yet. */
  get isUntouched(): boolean {
    return this.ledger.read(null).length === 0;
  }

  /** Is what a refresh asks for at the top still to be read? */
  get isTopPending(): boolean {
    const { from, to } = this.#wanted;
    return gaps({ from: Math.max(from, this.#topFrom), to }, this.ledger.read(null)).length > 0;
  }

  /** Is anything but the top still to be read? */
  get isPendingBelowTop(): boolean {
    const { from, to } = this.#wanted;
    const below = { from, to: Math.min(to, this.#topFrom - SECOND) };
    return gaps(below, this.ledger.read(this.common)).length > 0 || this.attributeNow !== null;
  }

  /** The attribute of what is being read now. */
  get attributeNow(): LookupAttribute | null {
    return this.#attribute !== null && this.#missing(this.#attribute).length > 0 ? this.#attribute : null;
  }

  /** How much of the history is missing, ms. */
  get missingMs(): number {
    return lengthOf(this.#missing(this.attributeNow));
  }

  #missing(attribute: LookupAttribute | null): Spans {
    return gaps(attribute === null ? this.#wanted : this.#attributeSpan, this.ledger.read(attribute));
  }

  #busy(): number {
    return this.#slices.filter(({ isBusy }) => isBusy).length;
  }

  #kinds(): Kind[] {
    const kinds: Kind[] = [{ attribute: null, span: { from: 0, to: Number.POSITIVE_INFINITY }, isPoll: true }];
    const { from, to } = this.#wanted;
    if (this.#topFrom <= to)
      kinds.push({ attribute: null, span: { from: Math.max(from, this.#topFrom), to }, isPoll: false });
    if (this.#attribute !== null) kinds.push({ attribute: this.#attribute, span: this.#attributeSpan, isPoll: false });
    if (this.common === null) kinds.push({ attribute: null, span: this.#wanted, isPoll: false });
    return kinds;
  }

  #offerOf({ attribute, span, isPoll }: Kind, now: number, mayOpen: boolean): Offer | null {
    const own = this.#slices
      .filter(
        (slice) => (slice.purpose === 'poll') === isPoll && isSame(slice.attribute, attribute) && !slice.isFinished,
      )
      .filter((slice) => slice.open - SECOND >= span.from)
      .sort((a, b) => b.open - a.open);
    const urgency = isPoll || attribute !== null || span.from === this.#topFrom ? URGENT : 0;
    const ready = own.find((slice) => !slice.isBusy && slice.notBefore <= now);
    if (ready !== undefined) return { priority: urgency + ready.open, take: () => ready };
    if (isPoll || !mayOpen) return null;
    const known = union(this.ledger.read(attribute), normalize(own.flatMap((slice) => slice.remaining ?? [])));
    const gap = gaps(span, known)[0];
    if (gap !== undefined)
      return { priority: urgency + gap.to, take: () => this.#add(new Slice('history', attribute, gap)) };
    return this.#offerSplit(own, urgency);
  }

  #offerSplit(own: readonly Slice[], urgency: number): Offer | null {
    const [widest] = [...own].sort((a, b) => b.pagesExpected - a.pagesExpected);
    if (widest === undefined || !widest.canSplit) return null;
    return { priority: urgency + widest.floor, take: () => this.#add(widest.split() as Slice) };
  }

  #add(slice: Slice): Slice {
    this.#slices.push(slice);
    return slice;
  }
}

function isSame(a: LookupAttribute | null, b: LookupAttribute | null): boolean {
  if (a === null || b === null) return a === b;
  return lookupAttributeText(a) === lookupAttributeText(b);
}
