// What `=` and `!` make of a value in a record: the one finds the record, the other does not, whatever the value is.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cells, STORED_FIELDS } from '../../src/cloudtrail/fields.ts';
import { compileQuery } from '../../src/query/compile.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { printQuery } from '../../src/query/print.ts';
import type { Query } from '../../src/query/query.ts';
import { compareRecords } from '../../src/state/compare.ts';
import { buildTree } from '../../src/state/json-tree.ts';
import { type LeafTerm, leafTerm } from '../../src/state/leaf-term.ts';
import { type EventsDatabase, openEventsDatabase } from './events-database.ts';
import { CLOCK } from './queries.ts';

const CELLS = Object.fromEntries(STORED_FIELDS.map((field) => [field, ''])) as Cells;

function databaseOf(records: readonly string[]): Promise<EventsDatabase> {
  return openEventsDatabase(records.map((raw) => ({ time: null, cells: CELLS, raw })));
}

/** Found by the term, and by its opposite, as they are written and read again. */
async function rowsOf(database: EventsDatabase, term: Query): Promise<readonly (readonly number[])[]> {
  const both: readonly Query[] = [term, term.kind === 'not' ? term.term : { kind: 'not', term }];
  const found: (readonly number[])[] = [];
  for (const query of both) {
    const parsed = parseQuery(printQuery(query), CLOCK);
    if (parsed.error !== null) throw new Error(parsed.error.reason);
    found.push(await database.rowsWhere(compileQuery(parsed.query, { fuzzy: new Map() })));
  }
  return found;
}

/** Of the last row of the record's tree. */
function lastTerm(record: string): LeafTerm {
  const row = buildTree(record).rows.at(-1);
  if (row === undefined) throw new Error('the tree is empty');
  return leafTerm(row.path, row);
}

const nested = (depth: number, value: string) => `${'['.repeat(depth)}${value}${']'.repeat(depth)}`;

describe('= on a value finds its event alone, ! all others', () => {
  test.each([
    '1.688560107857E9',
    '12.0',
    '1e3',
    '1E+3',
    '1.10',
    '-0',
    '-0.0',
    '0',
    '5e-324',
    '1e22',
    '1e999',
    '12345678901234567890123',
    '-1.5',
    '""',
    '"x\\ud800y"',
    '"\\udc00"',
    '"x\\u0000y"',
    '"İ"',
    '[null]',
    '["x",null]',
    '[[],[null,"y"]]',
    nested(8, '"deep"'),
    nested(10, '"deep"'),
    nested(20, '1e3'),
    nested(12, 'null'),
  ])('%s', async (value) => {
    const others = ['{"requestParameters":{"a":"other"}}', '{"requestParameters":{"a":[["x"],77,{}]}}'];
    const record = `{"requestParameters":{"a":${value}}}`;
    const asked = lastTerm(record);
    const database = await databaseOf([record, ...others]);
    if (asked.kind === 'blocked') throw new Error(asked.reason);
    const [only, not] = await rowsOf(database, asked.term);
    database.close();
    // What is null here is absent there.
    if (!value.includes('null')) expect({ only, not }).toEqual({ only: [0], not: [1, 2] });
    expect(only).toContain(0);
    expect(not).not.toContain(0);
  });

  test('a key with half of a surrogate pair, and all else of that record', async () => {
    const record = '{"requestParameters":{"a":"v","\\ud800":"w"}}';
    const database = await databaseOf([record, '{"requestParameters":{"a":"w"}}']);
    for (const row of buildTree(record).rows.filter(({ childCount }) => childCount === 0)) {
      const asked = leafTerm(row.path, row);
      expect(asked.kind === 'term' && (await rowsOf(database, asked.term))).toEqual([[0], [1]]);
    }
    database.close();
  });

  test.each([
    ['{}', /object that holds nothing/],
    ['[]', /list that holds nothing/],
    ['[[],[]]', /list that holds nothing/],
    [nested(40, '1'), /too deep/],
    [`"${'x'.repeat(20_000)}"`, /too long/],
    [`"${'*'.repeat(6000)}"`, /too long/],
  ])('%s is said to be nothing that can be asked for', (value, reason) => {
    expect(lastTerm(`{"a":${value}}`)).toMatchObject({ kind: 'blocked', reason: expect.stringMatching(reason) });
  });

  test('numbers are the same in any spelling, long ids only in their own', async () => {
    const numbers = ['1000', '1e3', '1000.0', '"1e3"', '12345678901234567890', '12345678901234567891', '0', '-0'];
    const database = await databaseOf(numbers.map((number) => `{"requestParameters":{"n":${number}}}`));
    const found = async (value: string) =>
      (await rowsOf(database, { kind: 'field', path: 'requestParameters.n', values: [value] }))[0];
    expect(await found('1000')).toEqual([0, 1, 2]);
    expect(await found('1e3')).toEqual([0, 1, 2, 3]);
    expect(await found('10e2')).toEqual([0, 1, 2]);
    expect(await found('12345678901234567890')).toEqual([4]);
    expect(await found('0')).toEqual([6, 7]);
    expect(await found('-0')).toEqual([6, 7]);
    database.close();
  });

  test('a number beyond 64 bits can be compared', async () => {
    const database = await databaseOf(['{"requestParameters":{"n":1e30}}', '{"requestParameters":{"n":1}}']);
    const { query } = parseQuery('requestParameters.n:>1e25', CLOCK);
    expect(await database.rowsWhere(compileQuery(query as Query, { fuzzy: new Map() }))).toEqual([0]);
    database.close();
  });

  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
    fc
      .record({ whole: fc.integer(), part: fc.nat(9999), power: fc.integer({ min: -30, max: 30 }) })
      .map(({ whole, part, power }) => `${whole}.${part}E${power < 0 ? '' : '+'}${power}`),
    fc.bigInt().map((value) => String(value)),
    fc.constantFrom('-0', '1e3', '1.10', '0e5', '-0.0E-3'),
  );
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('\ud800', '\udc00', 'a', '"', '\\', '*', '?', ',', '\n', '\0'), maxLength: 6 }),
  );
  const scalar = fc.oneof(
    number,
    text.map((value) => JSON.stringify(value)),
    fc.constantFrom('null', 'true', 'false'),
  );
  const { value: json } = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'large', maxDepth: 12 },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
      fc.tuple(fc.nat(12), tie('value')).map(([depth, inner]) => nested(depth, inner)),
      fc
        .dictionary(fc.oneof(fc.constantFrom('a', 'name', 'since', 'eventName', '0', ''), text), tie('value'), {
          maxKeys: 3,
          noNullPrototype: true,
        })
        // Keys that are the same in another case are one key to the search.
        .map((members) => [...new Map(Object.entries(members).map(([key, value]) => [folded(key), value] as const))])
        .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
    ),
  }));
  const folded = (key: string) => key.toWellFormed().toLowerCase().toUpperCase().toLowerCase();

  test('any value of any record', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(json, { minLength: 8, maxLength: 8 }), async (values) => {
        const records = values.map((value) => `{"requestParameters":{"p":${value}},"name":${value}}`);
        const database = await databaseOf(records);
        try {
          for (const [index, record] of records.entries()) {
            const leaves = compareRecords([record, record]).rows.map(({ segments, leaves }) => ({
              path: segments,
              leaf: leaves[0] ?? null,
            }));
            // What is in a string has no path of its own.
            const own = buildTree(record).rows.filter(({ textRow }) => textRow < 0);
            const rows = own.map((row) => ({ path: row.path, leaf: row }));
            for (const { path, leaf } of [...leaves, ...rows].slice(0, 40)) {
              if (path === null) continue;
              const asked = leafTerm(path, leaf);
              if (asked.kind === 'blocked') {
                expect(asked.reason).toMatch(/holds nothing|too deep|too long/);
                continue;
              }
              const [only, not] = await rowsOf(database, asked.term);
              expect({ record, path, own: [only?.includes(index), not?.includes(index)] }).toEqual({
                record,
                path,
                own: [true, false],
              });
            }
          }
        } finally {
          database.close();
        }
      }),
      { numRuns: 6 },
    );
  });
});
