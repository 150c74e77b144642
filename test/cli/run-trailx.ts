import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../helpers/environment.ts';
import { BIN } from '../helpers/terminal.ts';

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  /** What standard input holds; without it there is none (/dev/null). */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** A folder that goes with the tests. */
export function makeFolder(): string {
  return mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'cli-'));
}

export type Run = { readonly child: ChildProcess; readonly ended: Promise<Ended> };

/** Starts the real program, without a terminal. `isInputOpen`: standard input is a pipe that the test writes into. */
export function startTrailx(
  args: readonly string[],
  options: RunOptions & { readonly isInputOpen?: boolean } = {},
): Run {
  const { cwd, env, isInputOpen = false } = options;
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...childEnvironment(makeFolder()), ...env },
    stdio: [isInputOpen ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  // The program may be gone before it has read everything.
  child.stdin?.on('error', () => {});
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...output })));
  return { child, ended };
}

/** Runs the real program to its end, without a terminal. */
export async function runTrailx(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { child, ended } = startTrailx(args, { ...options, isInputOpen: options.input !== undefined });
  child.stdin?.end(options.input);
  return await ended;
}
