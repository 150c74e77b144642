// Which stretches of time are known. A span says of its events that they are on disk, in whatever file: when a file turns
// out damaged, the time of its events becomes a hole, and everything said before of that time no longer counts.

import type { LookupAttribute } from '../../cloudtrail/lookup-attribute.ts';
import type { CachedSpan } from './event-cache.ts';

/** A span as it is kept on disk: with when it was written, ms. */
export type StoredSpan = CachedSpan & { readonly at: number };

/** What spans written up to `at` say of this time is void. Both ends null: of all time. */
export type Hole = { readonly from: number | null; readonly to: number | null; readonly at: number };

/** CloudTrail's times are whole seconds: what ends in one and begins in the next leaves nothing out. */
const SECOND = 1000;

/** What is known after all, by attribute disjoint and newest first. */
export function knownSpans(spans: readonly StoredSpan[], holes: readonly Hole[]): readonly CachedSpan[] {
  const groups = new Map<string, { readonly attribute: LookupAttribute | null; readonly parts: Part[] }>();
  for (const { from, to, attribute, at } of spans) {
    const key = attribute === null ? '' : `${attribute.key} ${attribute.value}`;
    const group = groups.get(key) ?? { attribute, parts: [] };
    groups.set(key, group);
    let parts: readonly Part[] = [{ from, to }];
    for (const hole of holes) if (at <= hole.at) parts = parts.flatMap((part) => without(part, hole));
    group.parts.push(...parts);
  }
  return [...groups.values()].flatMap(({ attribute, parts }) => merged(parts).map((part) => ({ ...part, attribute })));
}

type Part = { readonly from: number; readonly to: number };

function without({ from, to }: Part, hole: Hole): readonly Part[] {
  // The seconds at the ends of the hole may hold more events than were lost: they go with it.
  const start = wholeSecond(hole.from ?? Number.NEGATIVE_INFINITY);
  const end = wholeSecond(hole.to ?? Number.POSITIVE_INFINITY);
  if (end < from || start > to) return [{ from, to }];
  return [
    { from, to: start - SECOND },
    { from: end + SECOND, to },
  ].filter((part) => part.from <= part.to);
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / SECOND) * SECOND;
}

function merged(parts: readonly Part[]): readonly Part[] {
  const all: Part[] = [];
  for (const part of [...parts].filter(({ from, to }) => from <= to).sort((a, b) => b.to - a.to)) {
    const last = all.at(-1);
    if (last === undefined || part.to + SECOND < last.from) all.push(part);
    else if (part.from < last.from) all[all.length - 1] = { from: part.from, to: last.to };
  }
  return all;
}
