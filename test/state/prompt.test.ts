import { expect, test } from 'vitest';
import { askCode, editCode, isWholeCode } from '../../src/state/prompt.ts';

const SERIAL = 'arn:aws:iam::111122223333:mfa/alice';

test('takes the digits of what is typed or pasted, and no more than six', () => {
  const asked = askCode([], 1, SERIAL, 'prod');
  const typed = (...texts: readonly string[]) =>
    texts.reduce((prompts, text) => editCode(prompts, { kind: 'insert', text }), asked)[0];
  expect(typed('1', 'x', '2')?.input.text).toBe('12');
  expect(typed('123 456\n')?.input.text).toBe('123456');
  expect(typed('1234567890')?.input.text).toBe('123456');
  expect([typed('12345'), typed('12345', '6')].map((prompt) => prompt && isWholeCode(prompt))).toEqual([false, true]);
});

test('questions wait for each other', () => {
  const both = askCode(askCode([], 1, SERIAL, 'prod'), 2, SERIAL, 'dev');
  const [first, second] = editCode(both, { kind: 'insert', text: '12' });
  expect([first?.input.text, second?.input.text]).toEqual(['12', '']);
  expect(editCode([], 'backspace')).toEqual([]);
});
