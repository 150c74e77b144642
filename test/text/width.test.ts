import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cutValue, padValue } from '../../src/text/cell.ts';
import { sanitize } from '../../src/text/sanitize.ts';
import { cutCells, NOT_NARROW, padCells, widthCells } from '../../src/text/width.ts';

const segmenter = new Intl.Segmenter();
const text = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme-ascii' }))
  .map(sanitize);
const width = fc.integer({ min: -1, max: 40 });
const from = fc.constantFrom('end', 'middle', 'start');

describe('widthCells', () => {
  it.each([
    ['', 0],
    ['TerminateInstances', 18],
    ['山田', 4],
    ['e\u0301', 1],
    ['😀', 2],
    ['👨‍👩‍👧', 2],
    ['🇩🇪', 2],
  ])('%j takes %i cells', (shown, cells) => {
    expect(widthCells(shown)).toBe(cells);
  });
});

describe('signs of one cell', () => {
  const narrow = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => !NOT_NARROW.test(character),
  );

  it('are those that the width of a line is counted by', () => {
    expect(narrow).toEqual(expect.arrayContaining([...'aé…─│█✓⟳✗↵·']));
    for (const character of narrow) expect(stringWidth(character), character).toBe(1);
  });

  it('take a cell each, whatever they stand beside', () => {
    const line = fc.array(fc.constantFrom(...narrow), { maxLength: 12 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(line, (shown) => {
        expect(stringWidth(shown)).toBe(shown.length);
        expect(widthCells(shown)).toBe(shown.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('are cut between any two of them', () => {
    const line = fc.array(fc.constantFrom(...narrow), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(line, fc.integer({ min: 2, max: 39 }), (characters, room) => {
        const shown = characters.join('');
        if (characters.length <= room) expect(cutCells(shown, room)).toBe(shown);
        else expect(cutCells(shown, room)).toBe(`${characters.slice(0, room - 1).join('')}…`);
      }),
    );
  });
});

describe('cutCells', () => {
  it.each([
    ['TerminateInstances', 18, 'end', 'TerminateInstances'],
    ['TerminateInstances', 10, 'end', 'Terminate…'],
    ['TerminateInstances', 10, 'start', '…Instances'],
    ['TerminateInstances', 10, 'middle', 'Termi…nces'],
    ['TerminateInstances', 1, 'middle', '…'],
    ['TerminateInstances', 0, 'end', ''],
    ['山田太郎', 6, 'end', '山田…'],
    ['山田太郎', 4, 'end', '山…'],
    ['山田太郎', 4, 'start', '…郎'],
    ['👨‍👩‍👧👨‍👩‍👧', 3, 'end', '👨‍👩‍👧…'],
    ['👨‍👩‍👧👨‍👩‍👧', 2, 'start', '…'],
    ['ae\u0301e\u0301', 2, 'start', '…e\u0301'],
  ] as const)('%j to %i from the %s: %j', (whole, cells, side, cut) => {
    expect(cutCells(whole, cells, side)).toBe(cut);
  });

  it('is never wider than asked, and untouched where it fits', () => {
    fc.assert(
      fc.property(text, width, from, (whole, cells, side) => {
        const cut = cutCells(whole, cells, side);
        expect(widthCells(cut)).toBeLessThanOrEqual(Math.max(0, cells));
        if (cells > 0 && widthCells(whole) <= cells) expect(cut).toBe(whole);
      }),
    );
  });

  it('never splits a grapheme', () => {
    fc.assert(
      fc.property(text, width, from, (whole, cells, side) => {
        const boundaries = new Set([...segmenter.segment(whole)].map((segment) => segment.index)).add(whole.length);
        const cut = cutCells(whole, cells, side);
        if (cut === whole || cut === '') return;
        const [start = '', end = ''] = splitAtEllipsis(cut, whole);
        expect(boundaries).toContain(start.length);
        expect(boundaries).toContain(whole.length - end.length);
      }),
    );
  });

  it('takes texts and graphemes of any size', () => {
    const huge = '山'.repeat(5_000_000);
    for (const side of ['end', 'middle', 'start'] as const)
      expect(widthCells(cutCells(huge, 80, side))).toBeLessThan(81);
    expect(cutCells(`a${'\u0301'.repeat(5_000_000)}`, 10)).toBe('…');
  });
});

describe('padCells', () => {
  it('fills on either side', () => {
    expect(padCells('ok', 5)).toBe('ok   ');
    expect(padCells('41,208', 8, 'right')).toBe('  41,208');
    expect(padCells('山田太郎', 4)).toBe('山… ');
  });

  it('is always exactly as wide as asked', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), fc.constantFrom('left', 'right'), (whole, cells, align) => {
        expect(widthCells(padCells(whole, cells, align))).toBe(cells);
      }),
    );
  });
});

describe('padValue, cutValue', () => {
  it('shows what any value begins with, sanitised', () => {
    expect(padValue('a\nb', 6)).toBe('a\\nb  ');
    expect(cutValue('\u001b[31mred', 8)).toBe('\\u001b[…');
    expect(cutValue('x'.repeat(10_000_000), 4)).toBe('xxx…');
    expect(cutValue('😀'.repeat(1000), 5)).toBe('😀😀…');
  });

  it('is the same as cutting the whole sanitised value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 0, max: 12 }), (value, cells) => {
        expect(cutValue(value, cells)).toBe(cutCells(sanitize(value), cells));
        expect(widthCells(padValue(value, cells))).toBe(cells);
      }),
    );
  });
});

/** What is left of the whole on both sides of the '…' that was put in; the whole may hold others. */
function splitAtEllipsis(cut: string, whole: string): readonly [string, string] {
  for (let at = cut.indexOf('…'); at >= 0; at = cut.indexOf('…', at + 1)) {
    const start = cut.slice(0, at);
    const end = cut.slice(at + 1);
    if (whole.startsWith(start) && whole.endsWith(end)) return [start, end];
  }
  throw new Error(`${JSON.stringify(cut)} is not cut from ${JSON.stringify(whole)}`);
}
