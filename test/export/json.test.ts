import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonArray, ndjson, type RecordTexts, recordsFile } from '../../src/export/json.ts';

async function* inBatches(texts: readonly string[], size: number): RecordTexts {
  for (let at = 0; at < texts.length; at += size) yield texts.slice(at, at + size);
}

async function all(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

const ODD = [
  '{"b":1.688560107857E9,"a":12345678901234567890}',
  '{"__proto__":{"x":1},"constructor":null}',
  '{"text":"\\u00e9é\u{1f600}\u202e"}',
];

test.each([1, 2, 3])('records leave as they came, in batches of %i', async (size) => {
  expect(await all(ndjson(inBatches(ODD, size)))).toBe(`${ODD.join('\n')}\n`);
  expect(await all(jsonArray(inBatches(ODD, size)))).toBe(`[\n${ODD.join(',\n')}\n]\n`);
  expect(await all(recordsFile(inBatches(ODD, size)))).toBe(`{"Records":[\n${ODD.join(',\n')}\n]}\n`);
});

test('no records make an empty output of the same shape', async () => {
  expect(await all(ndjson(inBatches([], 1)))).toBe('');
  expect(await all(jsonArray(inBatches([], 1)))).toBe('[]\n');
  expect(await all(recordsFile(inBatches([], 1)))).toBe('{"Records":[]}\n');
});

test('whatever the records and the batches, the array parses to them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.json()), fc.integer({ min: 1, max: 5 }), async (texts, size) => {
      expect(JSON.parse(await all(jsonArray(inBatches(texts, size))))).toEqual(texts.map((text) => JSON.parse(text)));
    }),
  );
});
