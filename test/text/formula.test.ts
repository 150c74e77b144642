import fc from 'fast-check';
import { expect, test } from 'vitest';
import { protectFromFormula, unprotectFromFormula } from '../../src/text/formula.ts';

test.each([
  '=1+1',
  '+cmd',
  '-cmd|x',
  '@SUM(1)',
  '\nx',
  ' =1',
  '"=1',
  "'=1",
  "''=1",
  '\u0000=1',
  '\u00a0=1',
  '＝1',
  '－x',
  '＠x',
])('%j begins like a formula', (value) => {
  expect(protectFromFormula(value)).toBe(`'${value}`);
});

test.each([
  '',
  'a=b',
  '-5',
  '-0.25',
  '12',
  "o'brien",
  "'quoted'",
  '2026-05-19T14:02:11Z',
  '[]',
  'a; b',
  'a; -5',
  'a;',
  'x\n',
  '/x',
])('%j stays as it is', (value) => {
  expect(protectFromFormula(value)).toBe(value);
  expect(unprotectFromFormula(value)).toBe(value);
});

test.each([
  ['a;=1', "a;'=1"],
  ['a; +1;-5;-x', "a;' +1;-5;'-x"],
  ['u;=cmd|x', "u;'=cmd|x"],
  ['x\t@y', "x\t'@y"],
  ['a\n=b', "a\n'=b"],
  ['a\r\n=b', "a\r\n'=b"],
  ['=a;=b', "'=a;'=b"],
  ["a;'=1", "a;''=1"],
  ['a;"=1', 'a;\'"=1'],
  [';=1', ";'=1"],
  ['\t=1', "'\t'=1"],
  ['\r=1', "'\r'=1"],
])('%j begins like one where a semicolon, a tab or a line ends a cell', (value, safe) => {
  expect(protectFromFormula(value)).toBe(safe);
  expect(unprotectFromFormula(safe)).toBe(value);
});

test('each value comes back, and none begins like a formula', () => {
  const value = fc.string({
    unit: fc.constantFrom("'", '"', ' ', '=', '-', '+', '@', '\t', '\n', '\r', ';', '5', '.', 'a'),
    maxLength: 9,
  });
  fc.assert(
    fc.property(value, (text) => {
      const safe = protectFromFormula(text);
      expect(unprotectFromFormula(safe)).toBe(text);
      expect(/^[=+@\t\r\n]/.test(safe)).toBe(false);
      expect(/[;\t\r\n][" ]*(?:[=+@]|-(?!\d))/.test(safe)).toBe(false);
      if (safe.startsWith('-')) expect(Number.isNaN(Number(safe))).toBe(false);
    }),
  );
});
