// A command of the person's, such as `aws sso login`, in the terminal that the explorer has stepped out of.

import { spawn } from 'node:child_process';
import { sanitize } from '../text/sanitize.ts';

export type Terminal = {
  readonly stdin: NodeJS.ReadableStream & { readonly fd?: number };
  readonly stdout: NodeJS.WritableStream & { readonly fd?: number };
  readonly env: NodeJS.ProcessEnv;
};

/** Runs it without a shell, with the terminal as its own; settles with what went wrong, null if nothing. The terminal
 *  must be in its usual mode and nobody else reading from it. Where the command failed its output is left on the
 *  screen until Enter. */
export async function runCommand(command: readonly string[], terminal: Terminal): Promise<string | null> {
  const { stdin, stdout } = terminal;
  const shown = sanitize(command.join(' '));
  stdout.write(`\n$ ${shown}\n`);
  const ending = await run(command, terminal);
  if (ending.kind === 'missing') {
    return `${sanitize(command[0] ?? '')} cannot be started (${ending.code}): run ${shown} elsewhere, then refresh here`;
  }
  if (ending.kind === 'done') return null;
  stdout.write(`\n${shown}: ${ending.how}. Enter goes back to trailx. `);
  await nextLine(stdin);
  return `${shown}: ${ending.how}`;
}

type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly how: string }
  | { readonly kind: 'missing'; readonly code: string };

function run(command: readonly string[], { stdin, stdout, env }: Terminal): Promise<Ending> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: [stdin.fd ?? 'ignore', stdout.fd ?? 'ignore', 'inherit'], env });
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ kind: 'missing', code: error.code ?? error.message }),
    );
    child.on('exit', (code, signal) => {
      if (code === 0) resolve({ kind: 'done' });
      else resolve({ kind: 'failed', how: signal === null ? `ended with ${code}` : `ended by ${signal}` });
    });
  });
}

async function nextLine(stdin: NodeJS.ReadableStream): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      stdin.off('data', done);
      stdin.off('end', done);
      stdin.pause();
      resolve();
    };
    stdin.on('data', done);
    stdin.on('end', done);
    stdin.resume();
  });
}
