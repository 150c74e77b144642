import { expect, test } from 'vitest';
import { osc52 } from '../../src/export/clipboard.ts';

test('the text in base64, between what begins and ends the sequence', () => {
  const text = 'i-0ab\u001b]52;c;!\u0007é😀\n';
  const sequence = osc52(text) as string;
  expect(sequence.startsWith('\u001b]52;c;')).toBe(true);
  expect(sequence.endsWith('\u0007')).toBe(true);
  const payload = sequence.slice('\u001b]52;c;'.length, -1);
  expect(payload).toMatch(/^[A-Za-z0-9+/]*={0,2}$/);
  expect(Buffer.from(payload, 'base64').toString()).toBe(text);
});

test('what is too long for a terminal is not sent', () => {
  expect(osc52('x'.repeat(100_000))).not.toBeNull();
  expect(osc52('é'.repeat(50_001))).toBeNull();
});
