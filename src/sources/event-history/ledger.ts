// What a lane knows: which stretches it has read. Two answers are kept apart. `loaded` is for good: read whole, and at
// least 15 minutes old when it was asked for, since AWS adds events to younger minutes (AWS: about five on average, not
// guaranteed; 15 until 2023). What is younger counts as read for one round: the next refresh forgets it and asks again.

import { type LookupAttribute, lookupAttributeText } from '../../cloudtrail/lookup-attribute.ts';
import type { CachedSpan } from '../../store/event-cache/event-cache.ts';
import type { Span } from '../live-source.ts';
import { clip, normalize, SECOND, type Spans, secondOf, union } from './coverage.ts';

/** AWS may still add events to minutes younger than this. */
export const SETTLING_MS = 15 * 60_000;

type Sheet = {
  loaded: Spans;
  /** Read in this round, but too young to be complete. */
  young: Spans;
  /** Not to be had. */
  lost: Spans;
};

function emptySheet(): Sheet {
  return { loaded: [], young: [], lost: [] };
}

/** The newest second that is complete for good when asked for at `askedAt`. */
export function settledAt(askedAt: number): number {
  return secondOf(askedAt) - SETTLING_MS;
}

export class Ledger {
  readonly #all = emptySheet();
  readonly #byAttribute = new Map<string, Sheet>();

  /** Complete for good. */
  loaded(attribute: LookupAttribute | null): Spans {
    return this.#existing(attribute)?.loaded ?? [];
  }

  /** Not to be asked for in this round; what was read without an attribute counts for every attribute. */
  read(attribute: LookupAttribute | null): Spans {
    const sheet = this.#existing(attribute);
    const own = sheet === undefined ? [] : union(union(sheet.loaded, sheet.young), sheet.lost);
    return attribute === null ? own : union(this.read(null), own);
  }

  /** From the cache: complete for good. */
  addCached(spans: readonly CachedSpan[]): void {
    const groups = Map.groupBy(spans, ({ attribute }) => (attribute === null ? '' : lookupAttributeText(attribute)));
    for (const [, group] of groups) {
      const sheet = this.#sheet((group[0] as CachedSpan).attribute);
      sheet.loaded = union(sheet.loaded, normalize(group));
    }
  }

  /** `span` was read whole by requests of which the first was made at `askedAt`. @returns what of it is
   *  complete for good. */
  add(attribute: LookupAttribute | null, span: Span, askedAt: number): Spans {
    const sheet = this.#sheet(attribute);
    const settled = clip([span], span.from, settledAt(askedAt));
    sheet.loaded = union(sheet.loaded, settled);
    sheet.young = union(sheet.young, clip([span], settledAt(askedAt) + SECOND, span.to));
    return settled;
  }

  /** Nothing after `newest` (ms) can be complete, whoever wrote so: a clock was wrong. */
  limit(newest: number): void {
    for (const sheet of [this.#all, ...this.#byAttribute.values()])
      sheet.loaded = clip(sheet.loaded, Number.NEGATIVE_INFINITY, newest);
  }

  /** Not to be had: asked for no more, but not loaded either. */
  giveUp(attribute: LookupAttribute | null, span: Span): void {
    const sheet = this.#sheet(attribute);
    sheet.lost = union(sheet.lost, normalize([span]));
  }

  /** Another round: what is not complete for good is to be read again. */
  forgetYoung(): void {
    for (const sheet of [this.#all, ...this.#byAttribute.values()]) sheet.young = [];
  }

  #existing(attribute: LookupAttribute | null): Sheet | undefined {
    return attribute === null ? this.#all : this.#byAttribute.get(lookupAttributeText(attribute));
  }

  #sheet(attribute: LookupAttribute | null): Sheet {
    const known = this.#existing(attribute);
    if (known !== undefined || attribute === null) return known ?? this.#all;
    const sheet = emptySheet();
    this.#byAttribute.set(lookupAttributeText(attribute), sheet);
    return sheet;
  }
}
