// Which stretch of time is wanted. Relative times become absolute here, once: a page token holds for the same two ends
// only, and AWS keeps 90 days.

import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { HistoryRange, Span } from '../live-source.ts';
import { SECOND, secondOf } from './coverage.ts';
import type { LanePlan } from './lane-options.ts';
import { KEPT_MS } from './lane-work.ts';

const DAY_MS = 24 * 3_600_000;

export class Timeframe {
  readonly #now: () => number;
  #range: HistoryRange;
  #attribute: LookupAttribute | null;
  #from: number;
  #attributeFrom: number;

  constructor(range: HistoryRange, attribute: LookupAttribute | null, now: () => number) {
    this.#now = now;
    this.#range = range;
    this.#attribute = attribute;
    this.#from = this.#begin();
    this.#attributeFrom = this.#attributeBegin();
  }

  get range(): HistoryRange {
    return this.#range;
  }

  get plan(): LanePlan {
    const attribute = this.#attribute;
    const to = this.#range.kind === 'span' && this.#range.to !== null ? secondOf(this.#range.to) : null;
    return { from: this.#from, to, attribute, attributeFrom: attribute === null ? this.#from : this.#attributeFrom };
  }

  /** The plan as a span, as of now. */
  get wanted(): Span {
    const newest = secondOf(this.#now());
    const to = Math.min(this.plan.to ?? newest, newest);
    return { from: Math.min(this.#from, to), to };
  }

  setRange(range: HistoryRange): void {
    this.#range = range;
    this.#from = this.#begin();
    this.#attributeFrom = this.#attributeBegin();
  }

  setAttribute(attribute: LookupAttribute | null): void {
    this.#attribute = attribute;
    this.#attributeFrom = this.#attributeBegin();
  }

  /** `now` has moved: the last 24 hours are others. */
  moveClock(byMs: number): void {
    if (this.#range.kind === 'recent') this.#from = Math.max(secondOf(this.#from + byMs), this.#earliest());
    else this.#from = this.#begin();
    this.#attributeFrom = this.#attributeBegin();
  }

  /** One more day. @returns whether there is one. */
  extend(): boolean {
    if (this.#range.kind !== 'recent') return false;
    const from = Math.max(this.#from - DAY_MS, this.#earliest());
    if (from >= this.#from) return false;
    this.#from = from;
    return true;
  }

  /** All that AWS has. */
  extendToAll(): void {
    this.#range = { kind: 'recent' };
    this.#from = this.#earliest();
    this.#attributeFrom = this.#from;
  }

  /** The first whole second that AWS still has. */
  #earliest(): number {
    return secondOf(this.#now() - KEPT_MS) + SECOND;
  }

  #begin(): number {
    if (this.#range.kind === 'recent') return secondOf(this.#now() - DAY_MS);
    return Math.max(secondOf(this.#range.from), this.#earliest());
  }

  #attributeBegin(): number {
    return this.#range.kind === 'recent' ? this.#earliest() : this.#from;
  }
}
