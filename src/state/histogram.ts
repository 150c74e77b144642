// The band over the list: how many events fell into each stretch of time. Its cursor stands on a time, not on a bar, so
// that it stays where it is while the bars change under it.

import type { Query } from '../query/query.ts';
import type { TimeZoneChoice } from '../text/format.ts';

/** Bars of equal length from `from` (ms) on. */
export type Bars = {
  readonly from: number;
  readonly bucketMs: number;
  readonly counts: readonly number[];
  readonly failures: readonly number[];
};

export type Histogram = {
  /** Null before the first answer. */
  readonly bars: Bars | null;
  /** No event of the result states a time. */
  readonly isTimeless: boolean;
  /** The arrows move in it; else the list has the keys. */
  readonly isFocused: boolean;
  /** A time in the bar under the cursor, and in the one where a range was begun; null: none. */
  readonly cursor: number | null;
  readonly anchor: number | null;
  /** What the search said about time before each step into a range: the way back out. */
  readonly before: readonly (readonly Query[])[];
};

export type HistogramStep =
  | { readonly kind: 'fill'; readonly bars: Bars | null; readonly time: number | null }
  | { readonly kind: 'focus'; readonly isFocused: boolean }
  /** `isBrushing`: the range between where it began and the cursor is chosen. */
  | { readonly kind: 'move'; readonly bars: number; readonly isBrushing: boolean }
  | { readonly kind: 'to'; readonly time: number; readonly anchor: number | null }
  /** The list has moved. */
  | { readonly kind: 'follow'; readonly time: number }
  | { readonly kind: 'anchor' }
  | { readonly kind: 'zoomed'; readonly before: readonly Query[] }
  | { readonly kind: 'back' }
  | { readonly kind: 'whole' };

export const OPEN_HISTOGRAM: Histogram = {
  bars: null,
  isTimeless: false,
  isFocused: true,
  cursor: null,
  anchor: null,
  before: [],
};

export function stepHistogram(state: Histogram, step: HistogramStep): Histogram {
  switch (step.kind) {
    case 'fill':
      return fill(state, step.bars, step.time);
    case 'focus':
      return { ...state, isFocused: step.isFocused, anchor: null };
    case 'move':
      return move(state, step.bars, step.isBrushing);
    case 'to':
      return { ...state, cursor: step.time, anchor: step.anchor };
    case 'follow':
      return state.bars === null || isWithin(state.bars, step.time) ? { ...state, cursor: step.time } : state;
    case 'anchor':
      return { ...state, anchor: state.anchor === null ? state.cursor : null };
    case 'zoomed':
      return { ...state, anchor: null, before: [...state.before, step.before] };
    case 'back':
      return { ...state, anchor: null, before: state.before.slice(0, -1) };
    case 'whole':
      return { ...state, anchor: null, before: [] };
  }
}

/** `time`: of the selected event, where the cursor goes when it has no place in the bars. */
function fill(state: Histogram, bars: Bars | null, time: number | null): Histogram {
  if (bars === null) return { ...state, bars, isTimeless: true, cursor: null, anchor: null };
  const fits = (at: number | null): number | null => (at !== null && isWithin(bars, at) ? at : null);
  const cursor = fits(state.cursor) ?? fits(time) ?? timeOf(bars, bars.counts.length - 1);
  return { ...state, bars, isTimeless: false, cursor, anchor: fits(state.anchor) };
}

function move(state: Histogram, by: number, isBrushing: boolean): Histogram {
  const { bars, cursor, anchor } = state;
  if (bars === null || cursor === null) return state;
  const at = Math.max(0, Math.min(bars.counts.length - 1, barAt(bars, cursor) + by));
  return { ...state, cursor: timeOf(bars, at), anchor: isBrushing ? (anchor ?? cursor) : anchor };
}

/** Index of the bar that a time is in, the nearest where it is in none. */
export function barAt({ from, bucketMs, counts }: Bars, time: number): number {
  return Math.max(0, Math.min(counts.length - 1, Math.floor((time - from) / bucketMs)));
}

function timeOf({ from, bucketMs }: Bars, index: number): number {
  return from + index * bucketMs;
}

function isWithin({ from, bucketMs, counts }: Bars, time: number): boolean {
  return time >= from && time < from + bucketMs * counts.length;
}

/** Bars from the first to the last, ends included, with what is in them. `to`: where the last one ends. */
export type Chosen = {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly failures: number;
};

/** The bar under the cursor, or the range that was begun; null while there is none. */
export function chosenBars({ bars, cursor, anchor }: Histogram): Chosen | null {
  if (bars === null || cursor === null || bars.counts.length === 0) return null;
  const [a, b] = [barAt(bars, anchor ?? cursor), barAt(bars, cursor)];
  const [first, last] = [Math.min(a, b), Math.max(a, b)];
  const sum = (counts: readonly number[]) => counts.slice(first, last + 1).reduce((all, count) => all + count, 0);
  return {
    first,
    last,
    from: timeOf(bars, first),
    to: timeOf(bars, last + 1),
    count: sum(bars.counts),
    failures: sum(bars.failures),
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Lengths that people count in. */
export const NICE_MS: readonly number[] = [
  ...[1, 2, 5, 10, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2].map((count) => count * DAY),
  ...[1, 2, 4, 8, 16, 32, 64, 128, 256].map((count) => count * WEEK),
];

/** The first day of the epoch was a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY = 4 * DAY;

/** At most `most` bars of a nice length over [from, to] (ms, ends included), beginning at a whole minute, hour, day (of
 *  the zone) or week. Where clocks change within, hours after the change are still whole and days begin an hour off. */
export function planBars(
  span: { readonly from: number; readonly to: number },
  most: number,
  zone: TimeZoneChoice,
): { readonly from: number; readonly bucketMs: number; readonly count: number } {
  const offset = zone === 'utc' ? 0 : -new Date(span.from).getTimezoneOffset() * MINUTE;
  for (const bucketMs of NICE_MS) {
    const phase = bucketMs % WEEK === 0 ? FIRST_MONDAY : 0;
    const from = Math.floor((span.from + offset - phase) / bucketMs) * bucketMs - offset + phase;
    const count = Math.floor((span.to - from) / bucketMs) + 1;
    if (count <= Math.max(1, most)) return { from, bucketMs, count };
  }
  const bucketMs = (Math.ceil((span.to - span.from) / Math.max(1, most) / DAY) + 1) * DAY;
  const from = Math.floor(span.from / DAY) * DAY;
  return { from, bucketMs, count: Math.floor((span.to - from) / bucketMs) + 1 };
}

/** The time that the terms of a search leave, ms, ends included; null: open. Terms that are a choice are passed over. */
export function spanIn(terms: readonly Query[]): { readonly from: number | null; readonly to: number | null } {
  let [from, to]: [number | null, number | null] = [null, null];
  for (const term of terms) {
    const [start, end] = edgesOf(term);
    if (start !== null) from = Math.max(from ?? start, start);
    if (end !== null) to = Math.min(to ?? end, end);
  }
  return { from, to };
}

function edgesOf(term: Query): readonly [number | null, number | null] {
  switch (term.kind) {
    case 'since':
      return [term.at, null];
    case 'until':
      return [null, term.at];
    case 'at':
      return [term.from, term.to];
    case 'compare':
      return term.operator.startsWith('>') ? [term.at, null] : [null, term.at];
    default:
      return [null, null];
  }
}

/** Lines that the band would like, of a screen with so many: what is under the cursor, bars, axis. */
export function histogramRows(rows: number): number {
  return rows >= 40 ? 9 : rows >= 28 ? 8 : 6;
}
