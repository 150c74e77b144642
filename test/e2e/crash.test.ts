// A mistake in the program itself: the terminal is given back first, then the mistake is told where it can be read.

import { afterEach, expect, test } from 'vitest';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';

let terminal: TestTerminal;
afterEach(() => terminal.dispose());

/** A module that throws in the running program as soon as the sample is on the screen: when F9 is pressed. */
const THROWS_AT_F9 = `process.stdin.on('data', (data) => {
  if (String(data).includes('\\u001b[20~')) setImmediate(() => { throw new Error('a mistake for the test'); });
});`;

test('an uncaught error leaves the terminal as it was found, and is told on it', async () => {
  const nodeArgs = [`--import=data:text/javascript,${encodeURIComponent(THROWS_AT_F9)}`];
  terminal = startTerminal({ args: ['--sample'], nodeArgs });
  await terminal.until(/ 1\/3,000/);
  terminal.type('\u001b[20~');
  const { code } = await terminal.exit;
  expect(code).not.toBe(0);
  expect(terminal.isAlternate()).toBe(false);
  expect([...terminal.screen.modes()].sort((a, b) => a - b)).toEqual([7, 25]);
  expect(terminal.picture()).toContain('a mistake for the test');
});
