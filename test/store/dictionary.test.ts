import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dictionary } from '../../src/store/dictionary.ts';

function dictionaryOf(counts: readonly number[]): Dictionary {
  const dictionary = new Dictionary();
  counts.forEach((count, index) => {
    const [id = 0] = dictionary.idsOf([`value ${index}`]);
    dictionary.countAll(new Int32Array(count).fill(id));
  });
  return dictionary;
}

const countsOf = (values: readonly { readonly count: number }[]) => values.map(({ count }) => count);

test('the most frequent are those that an order of all would begin with', () => {
  const anyCounts = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 990, max: 1010 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(anyCounts, fc.integer({ min: 1, max: 12 }), (counts, limit) => {
      const dictionary = dictionaryOf(counts);
      const all = dictionary.distinct();
      expect(dictionary.size).toBe(all.length);
      const frequent = dictionary.frequent(limit);
      expect(countsOf(frequent)).toEqual(countsOf(all.slice(0, limit)));
      expect(all).toEqual(expect.arrayContaining([...frequent]));
      expect(new Set(frequent.map(({ value }) => value)).size).toBe(frequent.length);
    }),
  );
});

test('of equally frequent ones the first seen; counted anew when events come', () => {
  const dictionary = dictionaryOf([1, 1, 1]);
  expect(dictionary.frequent(2).map(({ value }) => value)).toEqual(['value 0', 'value 1']);
  dictionary.countAll(dictionary.idsOf(['value 2']));
  expect(dictionary.frequent(1)).toEqual([{ value: 'value 2', count: 2 }]);
});
