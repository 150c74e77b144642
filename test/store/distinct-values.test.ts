// Distinct values on their way into the database: whatever a record states arrives as it is, few at a time or thousands.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldTerm } from '../../src/query/edit.ts';
import { DistinctValues } from '../../src/store/distinct-values.ts';
import { Duck } from '../../src/store/duck.ts';
import { recordWith } from '../sources/log-files/read.ts';
import { query, withStore } from './events.ts';

/** More than are appended one by one. */
const MANY = 2100;

let duck: Duck;
beforeAll(async () => {
  duck = await Duck.open({});
});
afterAll(() => duck.close());

/** What stands between values, what escapes it, and everything that looks like either. */
const hostile = fc.string({
  unit: fc.constantFrom(
    '\u0000',
    '\u001b',
    '\u001e',
    '\u001f',
    '\n',
    'e',
    's',
    '\\',
    "'",
    '\ud83d',
    '\ude00',
    'é',
    '😀',
  ),
  maxLength: 6,
});

async function written(fields: readonly (readonly [first: number, values: readonly string[]])[]) {
  const values = await DistinctValues.create(duck);
  try {
    for (const [field, [first, texts]] of fields.entries()) values.add(field, first, texts);
    await values.settle();
    const found = await duck.query('SELECT field, id, value FROM distinct_values ORDER BY field, id');
    const [ids, texts] = [found.integers(1), found.values(2)];
    return Array.from(found.integers(0), (field, k) => [field, ids[k], texts[k]]);
  } finally {
    values.close();
    await duck.query('DROP TABLE distinct_values');
  }
}

test('every text comes back as it was, in its place', async () => {
  const some = fc.array(hostile, { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(some, some, fc.constantFrom(0, MANY), async (a, b, more) => {
      const fill = Array.from({ length: more }, (_, k) => `value ${k}`);
      const fields = [
        [0, [...a, ...fill]],
        [7, b],
      ] as const;
      const expected = fields.flatMap(([first, texts], field) =>
        // Half a surrogate pair is nothing that UTF-8 can say.
        texts.map((text, k) => [field, first + k, text.toWellFormed()]),
      );
      expect(await written(fields)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('what ends like the beginning of a separator takes nothing from its neighbour', async () => {
  const odd = [
    'x\u0000\u001e',
    '\u0000',
    '\u001e',
    '\u001b',
    '\u001bs',
    '\u001be',
    '\u001b\u001e',
    'x\ud800',
    '\udc00',
  ];
  const agents = Array.from({ length: 3000 }, (_, k) =>
    k % 300 === 100 ? (odd[(k - 100) / 300] ?? '') : `agent/${k}`,
  );
  const records = agents.map((userAgent, k) => JSON.stringify(recordWith({ eventID: `e${k}`, userAgent })));
  await withStore(records, async (store) => {
    const sought = [...odd, ...agents.filter((_, k) => k % 300 >= 99 && k % 300 <= 102)].filter(
      (value) => value !== '',
    );
    for (const value of new Set(sought)) {
      const { rows } = await store.search(fieldTerm('agent', value));
      expect([value, [...rows]]).toEqual([value, [agents.indexOf(value)]]);
    }
    expect((await store.search(query('agent:agent/*'))).total).toBe(2990);
  });
});
