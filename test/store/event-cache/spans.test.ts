import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hole, knownSpans, type StoredSpan } from '../../../src/store/event-cache/spans.ts';

const SECOND = 1000;

const attributes = [null, { key: 'Username', value: 'alice' }, { key: 'Username', value: 'bob' }] as const;

const spans: fc.Arbitrary<StoredSpan> = fc
  .record({ start: fc.nat(40), length: fc.nat(15), which: fc.nat(2), at: fc.nat(10) })
  .map(({ start, length, which, at }) => ({
    from: start * SECOND,
    to: (start + length) * SECOND,
    attribute: attributes[which] ?? null,
    at,
  }));

const holes: fc.Arbitrary<Hole> = fc
  .record({ ends: fc.tuple(fc.nat(50_000), fc.nat(50_000)), open: fc.nat(5), at: fc.nat(10) })
  .map(({ ends, open, at }) => ({
    from: open === 1 || open === 3 ? null : Math.min(...ends),
    to: open === 2 || open === 3 ? null : Math.max(...ends),
    at,
  }));

test('a second is known where a span covers it that no later hole touches', () => {
  fc.assert(
    fc.property(fc.array(spans, { maxLength: 12 }), fc.array(holes, { maxLength: 3 }), (all, lost) => {
      const known = knownSpans(all, lost);
      for (const attribute of attributes) {
        const own = known.filter((span) => JSON.stringify(span.attribute) === JSON.stringify(attribute));
        for (let second = 0; second <= 60; second++) {
          const time = second * SECOND;
          const isKnown = all.some(
            (span) =>
              JSON.stringify(span.attribute) === JSON.stringify(attribute) &&
              span.from <= time &&
              time <= span.to &&
              !lost.some(
                ({ from, to, at }) =>
                  span.at <= at && (from === null || time + SECOND > from) && (to === null || time <= to),
              ),
          );
          expect(own.some((span) => span.from <= time && time <= span.to)).toBe(isKnown);
        }
        // Newest first, and never two that could be one.
        own.forEach((span, k) => {
          expect(span.from).toBeLessThanOrEqual(span.to);
          if (k > 0) expect(span.to + SECOND).toBeLessThan((own[k - 1] as StoredSpan).from);
        });
      }
    }),
  );
});
