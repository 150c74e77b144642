import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clip,
  covers,
  gaps,
  lengthOf,
  normalize,
  reachFrom,
  SECOND,
  union,
} from '../../../src/sources/event-history/coverage.ts';

const HORIZON = 40;
const span = fc
  .tuple(fc.integer({ min: 0, max: HORIZON }), fc.integer({ min: 0, max: HORIZON }))
  .map(([a, b]) => ({ from: Math.min(a, b) * SECOND, to: Math.max(a, b) * SECOND }));
const spans = fc.array(span, { maxLength: 8 });

/** The seconds that spans cover, one by one: slow and plainly right. */
const secondsOf = (list: readonly { from: number; to: number }[]) => {
  const seconds = new Set<number>();
  for (const { from, to } of list) for (let at = from; at <= to; at += SECOND) seconds.add(at);
  return seconds;
};

const only = (list: readonly { from: number; to: number }[], keep: (second: number) => boolean) =>
  new Set([...secondsOf(list)].filter(keep));

describe('spans', () => {
  test('normalize keeps exactly the seconds, newest first, apart from each other', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const result = normalize(list);
        expect(secondsOf(result)).toEqual(secondsOf(list));
        for (let k = 1; k < result.length; k++)
          expect(result[k]?.to).toBeLessThan((result[k - 1]?.from as number) - SECOND);
      }),
    );
  });

  test('gaps are what is wanted and not known', () => {
    fc.assert(
      fc.property(span, spans, (wanted, list) => {
        const known = normalize(list);
        const missing = gaps(wanted, known);
        expect(normalize(missing)).toEqual(missing);
        expect(secondsOf(missing)).toEqual(only([wanted], (at) => !secondsOf(known).has(at)));
        expect(lengthOf(missing)).toBe(secondsOf(missing).size * SECOND);
      }),
    );
  });

  test('union and clip agree with sets of seconds', () => {
    fc.assert(
      fc.property(spans, spans, span, (a, b, window) => {
        const both = union(normalize(a), normalize(b));
        expect(secondsOf(both)).toEqual(new Set([...secondsOf(a), ...secondsOf(b)]));
        expect(secondsOf(clip(both, window.from, window.to))).toEqual(
          only(both, (at) => window.from <= at && at <= window.to),
        );
      }),
    );
  });

  test('reachFrom goes down to the first second that is missing', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: HORIZON }), (list, second) => {
        const known = normalize(list);
        const seconds = secondsOf(known);
        const at = second * SECOND;
        expect(covers(known, at)).toBe(seconds.has(at));
        let down: number | null = null;
        for (let k = at; seconds.has(k); k -= SECOND) down = k;
        expect(reachFrom(known, at)).toBe(down);
      }),
    );
  });

  test('a span that ends before it begins is none', () => {
    expect(normalize([{ from: 5000, to: 4000 }])).toEqual([]);
    expect(gaps({ from: 5000, to: 4000 }, [])).toEqual([]);
  });
});
