// Arbitrary queries for property tests: every tree that some text parses to, and none that no text does.

import fc from 'fast-check';
import type { Query } from '../../src/query/query.ts';
import { parseInstant, parseSpan } from '../../src/query/time-range.ts';

export const CLOCK = { now: Date.UTC(2026, 4, 20, 12), zone: 'utc' } as const;

/** Texts that hold everything the grammar gives a meaning to. */
export const hostileText = fc.string({
  unit: fc.constantFrom(...`abAB09 -!|()"'^$:*?\\,~<>=.[]/é\n`, 'İ', '😀', 'since:', 'name:', 'aws:', '443'),
  minLength: 1,
  maxLength: 12,
});

const PATHS = [
  'name',
  'eventName',
  'SOURCE',
  'ip',
  'arn',
  'example.com',
  'resource',
  'requestParameters.a[].b',
  'request',
  'requestParameters."a b:c"',
];
const TIMES = ['2h', '2026-05-19', '2026-05-19T10:00:00Z', '1h30m', '11:02'];

const plainWord = fc
  .stringMatching(/^[a-z0-9][a-zA-Z0-9_.@/-]{0,8}[a-z0-9]$/)
  .filter((text) => !/^(?:and|or|not)$/.test(text));

const leaf = fc.oneof(
  plainWord.map((text): Query => ({ kind: 'word', text, mode: 'fuzzy' })),
  fc
    .record({ text: hostileText, mode: fc.constantFrom('substring', 'prefix', 'suffix', 'whole', 'phrase') })
    .map(({ text, mode }): Query => ({ kind: 'word', text, mode: mode as 'phrase' })),
  fc
    .record({ path: fc.constantFrom(...PATHS), values: fc.array(hostileText, { minLength: 1, maxLength: 3 }) })
    .filter(({ values }) => values.length > 1 || values[0] !== '*')
    .map((term): Query => ({ kind: 'field', ...term })),
  fc.constantFrom(...PATHS).map((path): Query => ({ kind: 'present', path })),
  fc.record({ path: fc.constantFrom(...PATHS), text: hostileText }).map((term): Query => ({ kind: 'like', ...term })),
  fc
    .record({ operator: fc.constantFrom('>', '>=', '<', '<='), text: fc.constantFrom(...TIMES) })
    .map(({ operator, text }): Query => {
      const edge = operator === '>' || operator === '<=' ? 'end' : 'start';
      return { kind: 'compare', path: 'time', operator: operator as '>', text, at: parseInstant(text, edge, CLOCK) };
    }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true, noDefaultInfinity: true }).map((value): Query => {
    return { kind: 'compare', path: 'requestParameters.n', operator: '>', text: String(value), at: null };
  }),
  fc
    .record({ kind: fc.constantFrom('since', 'until'), text: fc.constantFrom(...TIMES) })
    .map(({ kind, text }): Query => {
      const at = parseInstant(text, kind === 'since' ? 'start' : 'end', CLOCK) ?? Number.NaN;
      return { kind: kind as 'since', at, text };
    }),
  fc.constantFrom(...TIMES).map((text): Query => {
    const span = parseSpan(text, CLOCK);
    return { kind: 'at', from: span?.from ?? Number.NaN, to: span?.to ?? Number.NaN, text };
  }),
);

/** Any query but the empty one. */
export const anyTerm: fc.Arbitrary<Query> = combined(leaf);

/** Trees of and, or and not over the given leaves. */
export function combined(leaves: fc.Arbitrary<Query>): fc.Arbitrary<Query> {
  return fc.letrec<{ readonly term: Query }>((tie) => ({
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      tie('term').map((term): Query => ({ kind: 'not', term })),
      fc
        .record({ kind: fc.constantFrom('and', 'or'), terms: fc.array(tie('term'), { minLength: 2, maxLength: 4 }) })
        .map(({ kind, terms }): Query => ({ kind: kind as 'and', terms }))
        .filter((query) => !hasEmptySpan(query)),
    ),
  })).term;
}

/** Such a text is refused. */
export function hasEmptySpan(query: Query): boolean {
  if (query.kind !== 'and') return false;
  const [since, until] = (['since', 'until'] as const).map((kind) =>
    query.terms.flatMap((term) => (term.kind === kind ? [term.at] : [])),
  );
  return Math.max(...(since as number[])) > Math.min(...(until as number[]));
}
