import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitize } from '../../src/text/sanitize.ts';

describe('sanitize', () => {
  it.each([
    ['line\\nbreak\\r\\n\\tand tab', 'line\nbreak\r\n\tand tab'],
    ['\\u001b[31mred\\u001b[0m', '\u001b[31mred\u001b[0m'],
    ['\\u001b]52;c;aGk=\\u0007', '\u001b]52;c;aGk=\u0007'],
    ['\\u009b2J and \\u007f', '\u009b2J and \u007f'],
    ['invoice\\u202egpj.exe', 'invoice\u202egpj.exe'],
    ['ad\\u200bmin \\u2066x\\u2069 \\ufeff', 'ad\u200bmin \u2066x\u2069 \ufeff'],
    ['a\\u2028b\\u2029c', 'a\u2028b\u2029c'],
    ['half \\ud83d pair \\ude00', 'half \ud83d pair \ude00'],
    ['tags \\udb40\\udc41\\udb40\\udc7f', 'tags \u{e0041}\u{e007f}'],
    ['unassigned \\u0378', 'unassigned \u0378'],
    ['soft\\u00adhyphen, \\u3164filler, \\ufe0f', 'soft\u00adhyphen, \u3164filler, \ufe0f'],
  ])('shows %s', (shown, hostile) => {
    expect(sanitize(hostile)).toBe(shown);
  });

  it.each([
    '',
    'arn:aws:sts::123456789012:assumed-role/Admin/alice',
    'Zoë 山田 😀 привет',
    'a \\n stays',
    'e\u0301',
    ' ',
  ])('leaves %j untouched', (clean) => {
    expect(sanitize(clean)).toBe(clean);
  });

  const hostile = fc.string({
    unit: fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
      fc.constantFrom('\u001b[', '\u202e', '\u200d', '\n', '\u{e0001}', 'a', '\\'),
    ),
  });

  it('leaves nothing that a terminal obeys or hides', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(sanitize(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  it('changes nothing that is sanitised already', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(sanitize(sanitize(text))).toBe(sanitize(text));
      }),
    );
  });

  it('keeps a JSON text the same JSON', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(JSON.parse(sanitize(JSON.stringify(text)))).toBe(text);
      }),
    );
  });

  it('takes ten million characters', () => {
    expect(sanitize('é'.repeat(10_000_000))).toHaveLength(10_000_000);
  });
});
