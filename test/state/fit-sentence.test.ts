import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitSentence } from '../../src/state/fit-sentence.ts';
import { widthCells } from '../../src/text/width.ts';

const ENDING = '; denied: explicit deny in a service control policy';
const BODY =
  'dave (as data-admin/nightly-etl, account 777788889999) tried to set the bucket policy of example-exports-archive-of-everything-that-was-ever-exported-2026 in eu-west-1 from 203.0.113.177';

test('with room, nothing is shortened', () => {
  expect(fitSentence({ body: BODY, ending: ENDING }, 300, 2)).toEqual([BODY + ENDING]);
});

test('long names give way before the outcome, in their middle', () => {
  const lines = fitSentence({ body: BODY, ending: ENDING }, 78, 3);
  const text = lines.join(' ');
  expect(lines.length).toBeLessThanOrEqual(3);
  expect(text).toContain(ENDING);
  expect(text).toMatch(/of example-exports-\S*…\S*-2026 in eu-west-1 from 203\.0\.113\.177;/);
});

test('then the end of the rest; the outcome stays', () => {
  const text = fitSentence({ body: BODY, ending: ENDING }, 60, 2).join(' ');
  expect(text).toMatch(/^dave \(as .* …; denied: explicit deny in a service control policy$/);
});

test('what it was done to is still named where two lines are all there is', () => {
  const body =
    'dave (as data-admin/nightly-etl, account 777788889999) tried to set the bucket policy of example-exports-archive in eu-west-1 from 203.0.113.177';
  const lines = fitSentence({ body, ending: ENDING }, 80, 2);
  expect(lines).toHaveLength(2);
  expect(lines.join(' ')).toMatch(
    /account 777788889999\).* bucket policy of examp\S*…\S*hive .*…; denied: explicit deny in a service/,
  );
});

test('no line is wider than asked, and no more lines than asked, whatever the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 4 }), (...all) => {
      const [body, ending, width, most] = all;
      const lines = fitSentence({ body, ending }, width, most);
      expect(lines.length).toBeLessThanOrEqual(most);
      for (const line of lines) expect(widthCells(line)).toBeLessThanOrEqual(Math.max(width, 1));
    }),
  );
});
