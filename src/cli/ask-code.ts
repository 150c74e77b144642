import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { sanitize } from '../text/sanitize.ts';

export type CodeIo = { readonly stdin: ReadStream; readonly stderr: WriteStream; readonly signal: AbortSignal };

/** Whether somebody sits there. */
export function canAskCode({ stdin, stderr }: Pick<CodeIo, 'stdin' | 'stderr'>): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks for the code of an MFA device on standard error; null where nothing was typed, or `signal` ends it. */
export async function askCode(
  serial: string,
  profile: string,
  { stdin, stderr, signal }: CodeIo,
): Promise<string | null> {
  if (signal.aborted) return null;
  const lines = createInterface({ input: stdin, terminal: false });
  const answered = Promise.withResolvers<string>();
  const giveUp = () => answered.resolve('');
  const onAbort = () => {
    // What is said next does not stand behind the question.
    stderr.write('\n');
    giveUp();
  };
  lines.once('line', answered.resolve);
  lines.once('close', giveUp);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    stderr.write(`MFA code of ${sanitize(serial)} for profile ${sanitize(profile)}: `);
    const code = (await answered.promise).trim();
    return code === '' ? null : code;
  } finally {
    signal.removeEventListener('abort', onAbort);
    lines.close();
    // Nothing else reads it, and a program must not wait for a terminal at its end.
    stdin.pause();
  }
}
