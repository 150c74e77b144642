// The explorer as a person meets it: the real program, in a real terminal, on the sample.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Exit, type StartOptions, startShell, startTerminal, type TestTerminal } from '../helpers/terminal.ts';

/** The sample is loaded, the first of its events selected. */
const isLoaded = /UTC · 1\/[\d,]+/;
const showsInstance = /requestParameters.*instanceId\W+i-0[0-9a-f]+/s;
const SAMPLE = ['--sample'];
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
];

let terminal: TestTerminal;
afterEach(() => terminal.dispose());

async function open(options: StartOptions = {}): Promise<void> {
  terminal = startTerminal({ args: SAMPLE, ...options });
  await terminal.until(isLoaded);
}

/** Presses q, level by level, until the program ends. */
async function quit(): Promise<Exit> {
  const isRunning = () => terminal.exit.then(() => false);
  for (let level = 0; level < 5; level++) {
    const before = terminal.picture();
    terminal.press('q');
    const goesOn = terminal.until((picture) => picture !== before).then(() => terminal.isAlternate());
    if (!(await Promise.race([isRunning(), goesOn.catch(() => false)]))) break;
  }
  return await terminal.exit;
}

/** Alternate screen left, cursor shown, autowrap on, mouse and bracketed paste off. */
function expectTerminalAsFound(): void {
  expect(terminal.isAlternate()).toBe(false);
  expect([...terminal.screen.modes()].sort((a, b) => a - b)).toEqual([7, 25]);
}

test.each(SIZES)('who terminated an instance is found despite a typing mistake, on $columns × $rows', async (size) => {
  await open(size);
  expect(terminal.isAlternate()).toBe(true);
  terminal.press('/');
  terminal.type('termnate');
  await terminal.until(/≈.*TerminateInstances/);
  terminal.press('enter');
  terminal.press('enter');
  // Who it was is in the sentence; the parameters are in sight without a key.
  await terminal.until(/alice \(role Admin, account 111122223333\) terminated i-/);
  await terminal.until(showsInstance);
  expect(await quit()).toEqual({ code: 0, signal: 0 });
  expectTerminalAsFound();
});

test('keys typed as soon as there is a frame, before anything is read, are taken in their order', async () => {
  terminal = startTerminal({ args: SAMPLE });
  await terminal.until('trailx');
  terminal.press('/');
  for (const letter of 'TerminateInst') terminal.type(letter);
  await terminal.until(/\/ ?TerminateInst/);
  terminal.press('enter');
  await terminal.until(isLoaded);
  expect(await quit()).toEqual({ code: 0, signal: 0 });
  expectTerminalAsFound();
});

test('keys typed in one breath mean what they mean one by one', async () => {
  const opened = (picture: string) => /^ History of \S+/m.exec(picture)?.[0] ?? '';
  await open();
  terminal.type('w');
  await terminal.until(/UTC · (?!1\/)[\d,]+\//);
  // Twice, for a menu asks which where the event names several; on the page it has no meaning.
  terminal.type('rr');
  await terminal.until((picture) => opened(picture) !== '');
  const expected = opened(terminal.picture());
  terminal.dispose();
  await open();
  terminal.type('wrr');
  await terminal.until((picture) => opened(picture) === expected);
  terminal.type('q:tra\r=K');
  await terminal.until(/^ \/ key:/m);
});

test('keys typed before the first frame count, and leave no trace in it', async () => {
  terminal = startTerminal({ args: SAMPLE });
  terminal.type('/root');
  await terminal.until((picture) => isLoaded.test(picture) && / of 3,000 events/.test(picture));
  expect(terminal.picture()).toMatch(/^ trailx {2}sample .*\n \/ root /);
});

test('keys that arrive in one piece all count', async () => {
  await open();
  terminal.type('jjj');
  await terminal.until(/UTC · 4\/[\d,]+/);
  terminal.type('/root\rG');
  await terminal.until((picture) => /· (\d+)\/\1\b/.test(picture.replaceAll(',', '')));
  terminal.type('gq');
  expect(await terminal.exit).toMatchObject({ code: 0 });
});

test('Ctrl-C leaves at once, with the code of an interrupt', async () => {
  await open();
  terminal.press('ctrl+c');
  expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
  expectTerminalAsFound();
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s leaves the terminal as it was', async (signal) => {
  await open();
  terminal.kill(signal);
  await terminal.exit;
  expectTerminalAsFound();
});

test('Esc steps back and never quits', async () => {
  await open();
  terminal.press('/');
  terminal.type('zzzzzz');
  await terminal.until(/\b0 of [\d,]+/);
  await terminal.escape();
  await terminal.until(isLoaded);
  await terminal.escape();
  await terminal.escape();
  terminal.press('?');
  await terminal.until('next event of the same session');
  await terminal.escape();
  await terminal.until(isLoaded);
  expect(terminal.isAlternate()).toBe(true);
});

test('columns that are hidden stay so at the next start', async () => {
  const home = mkdtempSync(join(process.env.TRAILX_TEST_ROOT ?? tmpdir(), 'home-'));
  await open({ home });
  expect(terminal.lines()[1]).toMatch(/TIME .*WHO .*RESULT/);
  terminal.press('C', 'j', 'space');
  await terminal.until('[ ] TIME');
  terminal.press('enter');
  await terminal.until('NAME');
  expect((await quit()).code).toBe(0);
  const settings = readFileSync(join(home, '.config', 'trailx', 'settings.json'), 'utf8');
  expect(JSON.parse(settings)).toMatchObject({ hiddenColumns: ['time'] });
  await terminal.dispose();
  await open({ home });
  expect(terminal.lines()[1]).toMatch(/NAME .*WHO .*RESULT/);
  expect(terminal.lines()[1]).not.toContain('TIME');
  expect((await quit()).code).toBe(0);
});

test('the screen follows the size of the terminal', async () => {
  await open({ columns: 100, rows: 30 });
  terminal.resize(60, 15);
  await terminal.until((picture) => isLoaded.test(picture) && !/\S.{60}/.test(picture));
  terminal.resize(40, 10);
  await terminal.until(/60 ?× ?15/);
  terminal.resize(160, 45);
  await terminal.until((picture) => isLoaded.test(picture) && /\S.{120}/.test(picture));
  expect(terminal.lines()).toHaveLength(45);
});

test('NO_COLOR sends no colours', async () => {
  await open({ env: { NO_COLOR: '1' } });
  terminal.press('enter');
  await terminal.until('requestParameters');
  terminal.press('ctrl+c');
  await terminal.exit;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences are what is tested
  const colours = [...terminal.rawOutput().matchAll(/\u001b\[([\d;:]*)m/g)]
    .flatMap((match) => (match[1] ?? '').split(/[;:]/))
    .filter((parameter) => /^(3\d|4\d|9\d|10\d)$/.test(parameter));
  expect(colours.filter((parameter) => parameter !== '39' && parameter !== '49')).toEqual([]);
});

test('what it reads may come through a pipe while keys come from the terminal', async () => {
  terminal = startShell(
    'trailx query --sample --limit 20 -o events.ndjson; cat events.ndjson | trailx -; echo "code $?"; stty -a',
    {
      columns: 100,
      rows: 40,
    },
  );
  await terminal.until(/UTC · 1\/20\b/);
  terminal.press('j');
  await terminal.until(/UTC · 2\/20\b/);
  terminal.press('q');
  await terminal.until('code 0');
  const settings = await terminal.until('isig');
  for (const setting of ['icanon', 'echo', 'isig', 'opost', 'icrnl']) {
    expect(settings).toMatch(new RegExp(`[^-]\\b${setting}\\b`));
  }
  expectTerminalAsFound();
});
