// What the tree of the explorer yanks as a path is a path of the search language, whatever the keys are.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cells, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import { compileQuery } from '../../src/query/compile.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { type PathStep, parsePath, resolvePath } from '../../src/query/paths.ts';
import { printQuery } from '../../src/query/print.ts';
import { segmentsText } from '../../src/state/json-path.ts';
import { openEventsDatabase } from './events-database.ts';
import { CLOCK } from './queries.ts';

const CELLS = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;

const key = fc.oneof(
  fc.constantFrom('kubernetes.io/cluster', 'aws:createdBy', 'a b', 'say "x"', 'back\\slash', '0', '__proto__', 'é\n'),
  fc.string({
    unit: fc.constantFrom(...'aB0 .:/~\\"[](){}|!\'*,-_$@\n\u0001é', '😀', '\u2028', '"]'),
    minLength: 1,
    maxLength: 8,
  }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
);
const path = fc.array(fc.oneof({ weight: 3, arbitrary: key }, { weight: 1, arbitrary: fc.nat(2) }), {
  minLength: 1,
  maxLength: 5,
});

function stepOf(segment: string | number): PathStep {
  return typeof segment === 'number' ? { kind: 'index', index: segment } : { kind: 'key', key: segment };
}

/** A record that holds `value` at the path. */
function recordWith(segments: readonly (string | number)[], value: string): string {
  return segments.reduceRight<string>(
    (inner, segment) =>
      typeof segment === 'number' ? `[${'null,'.repeat(segment)}${inner}]` : `{${JSON.stringify(segment)}:${inner}}`,
    JSON.stringify(value),
  );
}

test('a path of any keys means the same to both', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(key, fc.constant(''), fc.nat(12)), { minLength: 1 }), (rest) => {
      for (const segments of [rest, ['requestParameters', ...rest]]) {
        const [first] = segments;
        if (typeof first === 'number') continue;
        const text = segmentsText(segments);
        expect(parsePath(text)).toEqual(segments.map(stepOf));
        if (first !== 'requestParameters') continue;
        expect(parseQuery(`${text}:value`, CLOCK).query).toEqual({ kind: 'field', path: text, values: ['value'] });
      }
    }),
  );
});

test.each(['nmae', 'foo', 'usrIdentity', 'Zähler', 'x-y', '$k'])('%s, a key that CloudTrail does not know', (first) => {
  for (const segments of [[first], [first, 'b'], [first, 0, 'c d']]) {
    const path = segmentsText(segments);
    for (const query of [
      { kind: 'field', path, values: ['value'] },
      { kind: 'present', path },
    ] as const) {
      const found = parseQuery(printQuery(query), CLOCK).query;
      expect(found).toMatchObject({ kind: query.kind });
      expect(found?.kind === query.kind && parsePath(found.path)).toEqual(segments.map(stepOf));
    }
  }
});

test('and finds the event', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(path, { minLength: 20, maxLength: 20 }), async (paths) => {
      const all = paths.map((rest) => ['requestParameters', ...rest]);
      const events = all.map((segments, row) => ({
        time: null,
        cells: CELLS,
        raw: recordWith(segments, `value ${row}`),
      }));
      const database = await openEventsDatabase(events);
      try {
        for (const [row, segments] of all.entries()) {
          const text = printQuery({ kind: 'field', path: segmentsText(segments), values: [`value ${row}`] });
          const { query, error } = parseQuery(text, CLOCK);
          expect({ text, error }).toEqual({ text, error: null });
          if (query !== null)
            expect({ text, rows: await database.rowsWhere(compileQuery(query, { fuzzy: new Map() })) }).toEqual({
              text,
              rows: [row],
            });
        }
      } finally {
        database.close();
      }
    }),
    { numRuns: 5 },
  );
});

test.each<[string, readonly (string | number)[]]>([
  ['a."b c"[].d[2]', ['a', 'b c', 'd', 2]],
  ['a["b c"][].d[2]', ['a', 'b c', 'd', 2]],
  ['a."say \\"x\\""', ['a', 'say "x"']],
  ['a["\\u0041\\n"]["]"]', ['a', 'A\n', ']']],
  ['["odd key"].b', ['odd key', 'b']],
])('%s', (text, segments) => expect(parsePath(text)).toEqual(segments.map(stepOf)));

test.each(['', '.', 'a.', '.a', 'a..b', 'a["b"', 'a[b]', 'a["b]', 'a["\\x"]', 'a."b', 'a["b"]c', 'a[1'])(
  '%j is no path',
  (text) => expect(parsePath(text)).toBeNull(),
);

test.each(['a["b"', 'a["b":c', 'requestParameters.a["b\\x"]:c', 'requestParameters."a b:c', 'a["b"]c:d', 'x | a["b'])(
  '%s is a mistake that is told',
  (text) => expect(parseQuery(text, CLOCK).error?.reason).toMatch(/this path breaks off/),
);

test('a key in brackets is meant, however near to another name it is', () => {
  expect(parseQuery('["nmae"]:x', CLOCK).query).toEqual({ kind: 'field', path: '["nmae"]', values: ['x'] });
});

test('what an unknown name may have meant is looked for once', () => {
  const near = () => {
    const found = resolvePath('usrIdentity.type');
    return found.kind === 'unknown' ? found.near : null;
  };
  expect(near()).toContain('userIdentity');
  expect(near()).toBe(near());
});
