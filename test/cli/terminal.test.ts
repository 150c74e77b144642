// Where a person watches: `query` shows a table and obeys no event; the explorer starts, or says why not.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startTerminal, type TestTerminal } from '../helpers/terminal.ts';
import { makeFolder } from './run-trailx.ts';

let terminal: TestTerminal;
afterEach(() => terminal.dispose());

function logFile(records: readonly object[]): string {
  const path = join(makeFolder(), 'log.json');
  writeFileSync(path, JSON.stringify({ Records: records }));
  return path;
}

function record(index: number, more: object = {}): object {
  return {
    eventTime: new Date(Date.UTC(2026, 4, 19) + index * 1000).toISOString().replace('.000', ''),
    eventName: 'RunInstances',
    eventSource: 'ec2.amazonaws.com',
    eventID: `e-${index}`,
    ...more,
  };
}

test('a table, then what was read', async () => {
  terminal = startTerminal({ args: ['query', logFile([record(1), record(2)])], columns: 100 });
  expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
  const lines = terminal.lines();
  expect(lines[0]).toMatch(/^TIME +NAME +SOURCE/);
  expect(lines[1]).toMatch(/^2026-05-19 00:00:02 {2}RunInstances/);
  expect(lines[3]).toMatch(/^2 of 2 events in 1 file of log\.json/);
});

test.each(['ndjson', 'json', 'records', 'csv', 'table'])(
  '%s: nothing on a terminal is obeyed or hidden',
  async (format) => {
    const hostile = {
      eventName: 'Evil\u009b2J\u202e\u200b\u007f',
      userAgent: '\u001b]52;c;x\u0007',
      sourceIPAddress: '\u2028',
    };
    terminal = startTerminal({ args: ['query', logFile([record(1, hostile)]), '--format', format], columns: 250 });
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expect(terminal.picture()).toContain('Evil\\u009b2J\\u202e\\u200b\\u007f');
    // Of controls only the line breaks, and the progress line's own.
    const output = terminal.rawOutput().replaceAll('\u001b[K', '');
    expect(output).not.toMatch(/[\p{Cf}\p{Zl}]/u);
    expect([...output].filter((character) => /\p{Cc}/u.test(character) && !'\r\n'.includes(character))).toEqual([]);
  },
);

test('parquet is not thrown at a terminal', async () => {
  terminal = startTerminal({ args: ['query', '--sample', '--format', 'parquet'] });
  expect(await terminal.exit).toEqual({ code: 2, signal: 0 });
  expect(terminal.picture()).toContain('parquet is not for reading: write it to a file with -o FILE');
});

test('what only query knows is not ignored by the explorer', async () => {
  terminal = startTerminal({ args: ['--sample', '--count'] });
  expect(await terminal.exit).toEqual({ code: 2, signal: 0 });
  expect(terminal.picture()).toContain('--count is for printing: write trailx query');
});

test.each([
  [['-'], '- is standard input, and nothing is piped into it'],
  [['--sample', '-q', '(a'], '-q: '],
  [['--sample', '--since', 'soonish'], '--since: "soonish" is no time'],
])('a mistake is told before the screen is taken: %j', async (args, message) => {
  terminal = startTerminal({ args });
  expect(await terminal.exit).toEqual({ code: 2, signal: 0 });
  expect(terminal.picture()).toContain(message);
  expect(terminal.rawOutput()).not.toContain('\u001b[?1049h');
});

test('a path that is not there: the terminal as it was, and the reason', async () => {
  terminal = startTerminal({ args: ['no-such-folder'] });
  expect(await terminal.exit).toEqual({ code: 2, signal: 0 });
  expect(terminal.isAlternate()).toBe(false);
  expect(terminal.picture()).toContain('trailx: no-such-folder: ');
});

test('Ctrl-C while a query reads: what was read, in one line', async () => {
  terminal = startTerminal({ args: ['query', '-'] });
  await terminal.until('end them with Ctrl-D');
  terminal.press('ctrl+c');
  expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
  expect(terminal.picture()).toContain('stopped; 0 events had been read');
});

test('times and Regions of the command line stand in the search line', async () => {
  terminal = startTerminal({
    args: ['--sample', '-q', 'a | b', '--since', 'last monday', '-r', 'eu-west-1'],
    columns: 160,
  });
  await terminal.until('(a | b) since:"last monday" region:eu-west-1');
  terminal.press('ctrl+c');
  expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
});

test('what was chosen is remembered', async () => {
  const home = makeFolder();
  terminal = startTerminal({ args: ['--sample', '-q', 'name:ConsoleLogin'], home });
  await terminal.until(/\b1\/[\d,]+/);
  terminal.press('q');
  await terminal.exit;
  expect(JSON.parse(readFileSync(join(home, '.config', 'trailx', 'settings.json'), 'utf8'))).toMatchObject({
    format: 1,
    lastQuery: 'name:ConsoleLogin',
  });
});
