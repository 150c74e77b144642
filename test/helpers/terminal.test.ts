// The helpers themselves: if these lie, every test above them does.

import { afterEach, expect, test } from 'vitest';
import { startShell, type TestTerminal } from './terminal.ts';

let terminal: TestTerminal;
afterEach(() => terminal.dispose());

test('a program in the terminal sees keys, sizes and an environment of its own', async () => {
  terminal = startShell('stty size; echo "home $HOME zone $TZ"; read -r line; echo "got $line"; exit 3', {
    columns: 50,
    rows: 5,
  });
  await terminal.until('5 50');
  await terminal.until(/home .*home-.* zone UTC/s);
  terminal.type('hello');
  terminal.press('enter');
  await terminal.until('got hello');
  expect(await terminal.exit).toEqual({ code: 3, signal: 0 });
});

test('what is visible is told, also on the alternate screen', async () => {
  terminal = startShell(
    `printf 'before'; printf '\\033[?1049h\\033[?25l\\033[2;3H日本x'; read -r _; printf '\\033[?25h\\033[?1049l'`,
  );
  await terminal.until('x');
  expect(terminal.isAlternate()).toBe(true);
  expect(terminal.isCursorShown()).toBe(false);
  expect(terminal.lines()[1]).toBe('  日本x');
  expect(terminal.cursor()).toEqual({ column: 7, row: 1 });
  terminal.press('enter');
  expect(await terminal.exit).toMatchObject({ code: 0 });
  expect(terminal.isAlternate()).toBe(false);
  expect(terminal.isCursorShown()).toBe(true);
  expect(terminal.lines()[0]).toMatch(/^before/);
});

test('waiting for what never comes fails with a picture of the screen', async () => {
  terminal = startShell('echo here; exit 1');
  await expect(terminal.until('elsewhere')).rejects.toThrow(/waited for "elsewhere".*ended with code 1.*│here +│/s);
});

test('signals reach the program', async () => {
  terminal = startShell('echo ready; exec sleep 60');
  await terminal.until('ready');
  terminal.kill('SIGTERM');
  expect(await terminal.exit).toMatchObject({ signal: 15 });
});
