// Arithmetic of stretches of time: which seconds are known, which are missing. Spans are whole seconds in ms, ends
// included, so [0, 4000] and [5000, 9000] touch and are one. A list of spans is newest first, disjoint, never touching.

import type { Span } from '../live-source.ts';

/** One second in ms: the grain of eventTime, and so of everything here. */
export const SECOND = 1000;

export type Spans = readonly Span[];

/** The whole second that a moment lies in. */
export function secondOf(time: number): number {
  return Math.floor(time / SECOND) * SECOND;
}

/** Any spans as a list: sorted newest first, those that overlap or touch as one, those that end before they begin
 *  left out. */
export function normalize(spans: Iterable<Span>): Spans {
  const sorted = [...spans].filter(({ from, to }) => from <= to).sort((a, b) => b.to - a.to);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last !== undefined && span.to >= last.from - SECOND)
      result[result.length - 1] = { from: Math.min(last.from, span.from), to: last.to };
    else result.push({ from: span.from, to: span.to });
  }
  return result;
}

export function union(a: Spans, b: Spans): Spans {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return normalize([...a, ...b]);
}

/** What of `span` none of `known` covers, newest first. */
export function gaps(span: Span, known: Spans): Spans {
  const result: Span[] = [];
  let { to } = span;
  for (const { from: knownFrom, to: knownTo } of known) {
    if (to < span.from || knownTo < span.from) break;
    if (knownFrom > to) continue;
    if (knownTo < to) result.push({ from: knownTo + SECOND, to });
    to = Math.min(to, knownFrom - SECOND);
  }
  if (to >= span.from) result.push({ from: span.from, to });
  return result;
}

/** The part of each span that lies within from … to. */
export function clip(spans: Spans, from: number, to: number): Spans {
  return spans
    .filter((span) => span.to >= from && span.from <= to)
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }));
}

/** How many ms a list covers, each whole second counted as one. */
export function lengthOf(spans: Spans): number {
  let length = 0;
  for (const { from, to } of spans) length += to - from + SECOND;
  return length;
}

export function covers(spans: Spans, time: number): boolean {
  return spans.some(({ from, to }) => from <= time && time <= to);
}

/** How far down the list goes without a gap from `time`; null where `time` itself is not covered. */
export function reachFrom(spans: Spans, time: number): number | null {
  return spans.find(({ from, to }) => from <= time && time <= to)?.from ?? null;
}
