import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { widthCells } from '../../src/text/width.ts';
import { chopCells, wrapWords } from '../../src/text/wrap.ts';

describe('wrapWords', () => {
  test.each([
    ['alice terminated it', 10, 5, ['alice', 'terminated', 'it']],
    ['alice terminated it', 40, 5, ['alice terminated it']],
    ['User: arn:aws:iam::1:user/x may not', 12, 5, ['User: arn:aw', 's:iam::1:use', 'r/x may not']],
    ['one two three four', 9, 2, ['one two', 'three fo…']],
    ['', 10, 3, []],
    ['text', 0, 3, []],
    ['text', 10, 0, []],
  ])('%j in %i cells, at most %i lines', (text, width, maxLines, lines) => {
    expect(wrapWords(text, width, maxLines)).toEqual(lines);
  });

  test('is never wider or longer than asked', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (text, width, most) => {
          const lines = wrapWords(text.replace(/\p{C}/gu, ''), width, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(widthCells(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  test('costs what it shows, not what there is', () => {
    const startedAt = performance.now();
    wrapWords('word '.repeat(2_000_000), 40, 3);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('chopCells', () => {
  test('a sign wider than the line is taken apart', () => {
    const quaver = '\u{1D158}\u{1D165}\u{1D16E}';
    expect(widthCells(quaver)).toBe(3);
    expect(chopCells(quaver, 2).map(widthCells)).toEqual([2, 1]);
    expect(chopCells(quaver, 3)).toEqual([quaver]);
  });

  test('joined, the parts are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const clean = text.replace(/\p{C}/gu, '');
        const parts = chopCells(clean, width);
        expect(parts.join('')).toBe(clean);
        for (const part of parts) expect(widthCells(part)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
