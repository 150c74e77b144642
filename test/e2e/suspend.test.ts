// Ctrl-Z as a person with a shell uses it: the shell gets its screen back, fg brings the explorer's.

import { afterEach, expect, test } from 'vitest';
import { startShell, type TestTerminal } from '../helpers/terminal.ts';

let terminal: TestTerminal;
afterEach(() => terminal.dispose());

test('Ctrl-Z gives the terminal to the shell, fg takes it again', async () => {
  terminal = startShell('set -m; trailx --sample; echo "stopped $?"; stty -a; read line; fg; echo "ended $?"', {
    columns: 100,
    rows: 40,
  });
  await terminal.until(/ 1\/3,000/);
  terminal.press('j');
  await terminal.until(/ 2\/3,000/);
  terminal.press('ctrl+z');
  const settings = await terminal.until(/stopped \d+.*isig/s);
  for (const setting of ['icanon', 'echo', 'isig', 'opost'])
    expect(settings).toMatch(new RegExp(`[^-]\\b${setting}\\b`));
  expect(terminal.isAlternate()).toBe(false);
  expect([...terminal.screen.modes()].sort((a, b) => a - b)).toEqual([7, 25]);
  terminal.resize(90, 30);
  terminal.press('enter');
  await terminal.until(/ 2\/3,000/);
  expect(terminal.lines()).toHaveLength(30);
  terminal.press('j');
  await terminal.until(/ 3\/3,000/);
  expect(terminal.screen.modes().has(1006)).toBe(true);
  terminal.press('q');
  await terminal.until('ended 0');
  expect(terminal.isAlternate()).toBe(false);
});
