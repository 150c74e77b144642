// The real program in a real pseudo-terminal: start → type → until(text) → resize → quit.
//
// Everything waits for what is on the screen, nothing sleeps, with one exception: a lone Esc is told from the start of
// a key sequence by the pause after it, so escape() includes that pause.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { childEnvironment } from './environment.ts';
import { clickBytes, keyBytes, wheelBytes } from './key-bytes.ts';
import { type Expected, type Position, Screen } from './screen.ts';

export const BIN = fileURLToPath(new URL('../../bin/trailx.js', import.meta.url));

/** Ink waits 20 ms for the rest of a sequence. */
const ESCAPE_PAUSE_MS = 100;

export type StartOptions = {
  readonly args?: readonly string[];
  /** Another installation's program. */
  readonly bin?: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** Its HOME; a fresh folder by default. */
  readonly home?: string;
  /** On top of the isolated environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Node options, e.g. `--import=…`. */
  readonly nodeArgs?: readonly string[];
};

export type ShellOptions = Omit<StartOptions, 'args' | 'bin' | 'nodeArgs'> & {
  /** /bin/sh by default. */
  readonly shell?: string;
};

export type Exit = { readonly code: number; readonly signal: number };

export type TestTerminal = {
  readonly screen: Screen;
  /** Presses keys one after the other, by name: 'j', 'enter', 'escape', 'ctrl+d', 'shift+tab', 'pagedown' … */
  press(...keys: readonly string[]): void;
  /** Presses Esc and makes the pause that belongs to it, as a hand would. */
  escape(): Promise<void>;
  /** Sends text in one write, as a fast typist or a paste without brackets would. */
  type(text: string): void;
  click(column: number, row: number): void;
  wheel(direction: 'up' | 'down', column: number, row: number): void;
  /** Waits until the visible screen shows it; resolves with the picture. */
  until(expected: Expected, patienceMs?: number): Promise<string>;
  /** The visible screen. */
  picture(): string;
  lines(): string[];
  cursor(): Position;
  isAlternate(): boolean;
  isCursorShown(): boolean;
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  /** All bytes the program has written so far. */
  rawOutput(): string;
  /** Settles when the program has ended and all its output is on the screen. */
  readonly exit: Promise<Exit>;
  /** Ends the program if it still runs. */
  dispose(): Promise<void>;
};

/** Starts bin/trailx.js on this Node.js. */
export function startTerminal(options: StartOptions = {}): TestTerminal {
  return start(process.execPath, [...(options.nodeArgs ?? []), options.bin ?? BIN, ...(options.args ?? [])], options);
}

/**
 * Runs a line of shell in the terminal, with `trailx` as a command: for pipes, and for what trailx leaves behind
 * (`trailx --sample; echo "code $?"; stty -a`).
 */
export function startShell(script: string, options: ShellOptions = {}): TestTerminal {
  const command = `trailx() { '${process.execPath}' '${BIN}' "$@"; }\n${script}`;
  return start(options.shell ?? '/bin/sh', ['-c', command], options);
}

function start(file: string, args: readonly string[], options: StartOptions): TestTerminal {
  const { columns = 120, rows = 30 } = options;
  const home = options.home ?? mkdtempSync(join(process.env.TRAILX_TEST_ROOT ?? tmpdir(), 'home-'));
  const env: Record<string, string | undefined> = { ...childEnvironment(home), ...options.env };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];

  const screen = new Screen(columns, rows);
  const pty = spawn(file, [...args], { name: 'xterm-256color', cols: columns, rows, cwd: options.cwd ?? home, env });

  let raw = '';
  let drawn: Promise<void> = Promise.resolve();
  let hasEnded = false;
  pty.onData((data) => {
    raw += data;
    drawn = screen.write(data);
  });
  // Answers to what the program asks of the terminal (its attributes, the cursor's place).
  screen.terminal.onData((answer) => {
    if (!hasEnded) pty.write(answer);
  });
  const exit = new Promise<Exit>((resolve) => {
    pty.onExit(async ({ exitCode, signal }) => {
      hasEnded = true;
      await drawn;
      resolve({ code: exitCode, signal: signal ?? 0 });
    });
  });
  const ended = exit.then(({ code, signal }) => `the program has ended with code ${code}, signal ${signal}`);

  return {
    screen,
    exit,
    press(...keys) {
      for (const key of keys) pty.write(keyBytes(key));
    },
    async escape() {
      pty.write(keyBytes('escape'));
      await setTimeout(ESCAPE_PAUSE_MS);
    },
    type: (text) => pty.write(text),
    click: (column, row) => pty.write(clickBytes(column, row)),
    wheel: (direction, column, row) => pty.write(wheelBytes(direction, column, row)),
    until: (expected, patienceMs) => screen.until(expected, patienceMs, ended),
    picture: () => screen.picture(),
    lines: () => screen.lines(),
    cursor: () => screen.cursor(),
    isAlternate: () => screen.isAlternate(),
    isCursorShown: () => screen.modes().has(25),
    resize(width, height) {
      screen.terminal.resize(width, height);
      pty.resize(width, height);
    },
    kill: (signal) => pty.kill(signal),
    rawOutput: () => raw,
    async dispose() {
      if (!hasEnded) pty.kill('SIGKILL');
      await exit;
      screen.terminal.dispose();
    },
  };
}
