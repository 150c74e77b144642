// What a lane knows: which stretches it has read. Two answers are kept apart. `loaded` is for good: read whole, and old
// enough when it was asked for that AWS adds no more events to it. What is younger counts as read for one round: the
// next refresh forgets it and asks again.

import { type LookupAttribute, lookupAttributeText } from '../../cloudtrail/lookup-attribute.ts';
import type { CachedSpan, CacheLane } from '../../store/event-cache/event-cache.ts';
import type { Span } from '../live-source.ts';
import { clip, normalize, SECOND, type Spans, secondOf, union } from './coverage.ts';

/** AWS may still add events to minutes younger than this. AWS: management events come after about five minutes on
 *  average, not guaranteed (15 until 2023); Insights events within 30 minutes of what was unusual. */
const SETTLING_MS: Readonly<Record<CacheLane['category'], number>> = { management: 15 * 60_000, insight: 60 * 60_000 };

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

export class Ledger {
  readonly #all = emptySheet();
  readonly #byAttribute = new Map<string, Sheet>();
  readonly #settlingMs: number;

  constructor(category: CacheLane['category']) {
    this.#settlingMs = SETTLING_MS[category];
  }

  /** The newest second that is complete for good when asked for at `askedAt`. */
  settledAt(askedAt: number): number {
    return secondOf(askedAt) - this.#settlingMs;
  }

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
    const settled = clip([span], span.from, this.settledAt(askedAt));
    sheet.loaded = union(sheet.loaded, settled);
    sheet.young = union(sheet.young, clip([span], this.settledAt(askedAt) + SECOND, span.to));
    return settled;
  }

  /** It is `now`: what is younger cannot be complete, whoever wrote so. A clock was wrong, or is. */
  limit(now: number): void {
    for (const sheet of [this.#all, ...this.#byAttribute.values()])
      sheet.loaded = clip(sheet.loaded, Number.NEGATIVE_INFINITY, this.settledAt(now));
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
