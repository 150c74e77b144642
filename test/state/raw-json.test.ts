import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indentJson } from '../../src/state/raw-json.ts';

test('is what JSON.stringify writes with an indent of two', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text);
      const compact = JSON.stringify(value);
      expect(indentJson(compact).join('\n')).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test.each(['', '{', '{"a', '{"a":"\\', ']', '"', '{{{{', 'null]'])(
  '%j is not JSON and nothing of it is lost',
  (text) => {
    const joined = indentJson(text)
      .map((line) => line.trim())
      .join('');
    expect(joined.replaceAll(' ', '')).toBe(text);
  },
);
