import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldTerm, hasTerm, withoutTerm, withSpan, withTerm } from '../../src/query/edit.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import type { Query } from '../../src/query/query.ts';
import { anyTerm, CLOCK, hasEmptySpan } from './queries.ts';

function parse(text: string): Query {
  const { query, error } = parseQuery(text, CLOCK);
  if (error !== null) throw new Error(`${text}: ${error.reason}`);
  return query;
}

const withText = (text: string, term: string) => printQuery(withTerm(parse(text), parse(term)));
const withoutText = (text: string, term: string) => printQuery(withoutTerm(parse(text), parse(term)));

test.each([
  ['', 'who:alice', 'who:alice'],
  ['termin', 'who:alice', 'termin who:alice'],
  ['termin who:alice', 'who:alice', 'termin who:alice'],
  ['termin who:Alice', 'WHO:alice', 'termin who:Alice'],
  ['eventName:RunInstances', 'name:runinstances', 'eventName:RunInstances'],
  ['a | b', 'who:alice', '(a | b) who:alice'],
  ['a | b', 'a | b', 'a | b'],
  ['x !who:alice y', 'who:alice', 'x who:alice y'],
  ['x who:alice', '!who:alice', 'x !who:alice'],
  ['!who:alice', '!who:alice', '!who:alice'],
  ['x', 'y z', 'x y z'],
  ['x', 'y | z', 'x (y | z)'],
  ['x (who:alice | who:bob)', 'who:alice', 'x (who:alice | who:bob) who:alice'],
  ['name:b,a', 'name:A,b', 'name:b,a'],
  ['(x y) z', 'who:alice', '(x y) z who:alice'],
  ['(x y) z', 'y', '(x y) z'],
  ['x', '', 'x'],
])('%j with %j is %j', (text, term, expected) => expect(withText(text, term)).toBe(expected));

test.each([
  ['who:alice', 'who:alice', ''],
  ['x who:alice', 'WHO:Alice', 'x'],
  ['x who:alice y', 'who:alice', 'x y'],
  ['a | b', 'a | b', ''],
  ['a | b', 'a', 'a | b'],
  ['x !who:alice', 'who:alice', 'x !who:alice'],
  ['x y z', 'x z', 'y'],
  ['(x y) z', 'y', 'x z'],
  ['x', '', 'x'],
])('%j without %j is %j', (text, term, expected) => expect(withoutText(text, term)).toBe(expected));

describe('withSpan', () => {
  const [from, to] = [Date.UTC(2026, 4, 20, 14), Date.UTC(2026, 4, 20, 14, 30, 0, 500)];
  const span = 'since:2026-05-20T14:00:00Z until:2026-05-20T14:30:00.500Z';

  test.each([
    ['', span],
    ['x since:2h !y', `x !y ${span}`],
    ['at:14:02±5m', span],
    ['time:>2026-05-19 time:2026-05-19,2026-05-20 x', `x ${span}`],
    ['a | since:2h', `(a | since:2h) ${span}`],
    ['!since:2h time:*', `!since:2h time:* ${span}`],
  ])('of %j', (text, expected) => expect(printQuery(withSpan(parse(text), from, to))).toBe(expected));

  test('reads back as the same moments, whatever they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat({ max: 1e12 }), (from, length) => {
        const query = withSpan({ kind: 'all' }, from, from + length);
        expect(parse(printQuery(query))).toEqual(query);
      }),
    );
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, -1e18, 0.5]) {
      const query = withSpan({ kind: 'all' }, odd, odd);
      expect(parse(printQuery(query))).toEqual(query);
    }
  });
});

describe('fieldTerm', () => {
  test.each([
    ['name', 'RunInstances', 'name:RunInstances'],
    ['who', 'ci/*deploy?', 'who:ci/\\*deploy\\?'],
    ['agent', 'aws-cli/2 md/x (a|b), "c"', 'agent:"aws-cli/2 md/x (a|b), \\"c\\""'],
    ['error', '', '!error:*'],
    ['time', '2026-05-20T14:02:11Z', 'time:2026-05-20T14:02:11Z'],
    ['requestParameters.a[].b', '*', 'requestParameters.a[].b:\\*'],
  ])('%s is %j: %s', (field, value, expected) => {
    const term = fieldTerm(field, value);
    expect(parse(expected)).toEqual(term);
    expect(parse(printQuery(term))).toEqual(term);
  });
});

test('what goes in is in, what comes out is out, and the text still says what the tree says', () => {
  fc.assert(
    // x and !x at once cannot be there: one makes way for the other.
    fc.property(
      anyTerm,
      anyTerm.filter(({ kind }) => kind !== 'and'),
      (query, term) => {
        const added = withTerm(query, term);
        // No text says what begins after it ends.
        fc.pre(!hasEmptySpan(added));
        expect(hasTerm(added, term)).toBe(true);
        expect(withTerm(added, term)).toEqual(added);
        expect(parse(printQuery(added))).toEqual(added);
        const removed = withoutTerm(added, term);
        expect(hasTerm(removed, term)).toBe(false);
        expect(parse(printQuery(removed))).toEqual(removed);
      },
    ),
    { numRuns: 1000 },
  );
});
