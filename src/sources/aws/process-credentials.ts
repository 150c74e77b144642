// credential_process: a command of the person's own that prints credentials as JSON.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
// Run here rather than by the SDK, which waits for ever and lets the command have the terminal.

import { spawn } from 'node:child_process';
import type { AwsCredentialIdentity } from '@smithy/types';
import { credentialFault, oneLine } from './credential-fault.ts';
import type { Environment } from './shared-files.ts';

const MAX_OUTPUT_BYTES = 1_000_000;

export type ProcessOptions = {
  readonly profile: string;
  readonly command: string;
  readonly env: Environment;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

type Outcome = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly stopped: string;
};

/** @throws FaultError where it does not print what it should; never with its output, which may hold a secret */
export async function processCredentials(options: ProcessOptions): Promise<AwsCredentialIdentity> {
  const { profile } = options;
  const fail = (what: string, next: string, cause?: unknown) =>
    credentialFault('CredentialProcess', { message: `credential_process of profile ${profile} ${what}`, next, cause });
  const check = `run the command of credential_process in profile ${profile} by hand`;
  const { code, stdout, stderr, stopped } = await run(options);
  const lastWords = oneLine(stderr.trim().split('\n').at(-1) ?? '', 200);
  const said = lastWords === '' ? '' : `: ${lastWords}`;
  if (stopped !== '') throw fail(`${stopped}${said}`, check);
  if (code === 126 || code === 127) throw fail(`cannot be run${said}`, 'check the path of the command');
  if (code !== 0) throw fail(code === null ? `was killed${said}` : `ended with code ${code}${said}`, check);
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    throw fail(stdout.trim() === '' ? 'printed nothing' : 'did not print JSON', check);
  }
  const value = (typeof printed === 'object' && printed !== null ? printed : {}) as Readonly<Record<string, unknown>>;
  const text = (key: string) => (typeof value[key] === 'string' && value[key] !== '' ? value[key] : null);
  if (value.Version !== 1) throw fail('did not print "Version": 1', check);
  const [accessKeyId, secretAccessKey] = [text('AccessKeyId'), text('SecretAccessKey')];
  if (accessKeyId === null || secretAccessKey === null) {
    throw fail('printed no AccessKeyId and SecretAccessKey', check);
  }
  const [sessionToken, expires, accountId] = [text('SessionToken'), text('Expiration'), text('AccountId')];
  const expiration = expires === null ? null : new Date(expires);
  if (expiration !== null && Number.isNaN(expiration.getTime()))
    throw fail('printed an Expiration that is no time', check);
  if (expiration !== null && expiration.getTime() <= Date.now())
    throw fail('printed credentials that have expired', check);
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== null && { sessionToken }),
    ...(expiration !== null && { expiration }),
    ...(accountId !== null && { accountId }),
  };
}

function run({ command, env, timeoutMs, signal }: ProcessOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    // A group of its own, away from the terminal: a question of the command would tear up the screen and never be
    // answered, and what it has started ends with it.
    const isPosix = process.platform !== 'win32';
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...env },
      detached: isPosix,
      windowsHide: true,
    });
    const output = { stdout: '', stderr: '' };
    let stopped = '';
    const stop = (why: string) => {
      stopped ||= why;
      try {
        if (isPosix && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
      // A grandchild that has left the group may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const seconds = Math.max(1, Math.round(timeoutMs / 1000));
    const timer = setTimeout(() => stop(`has not answered in ${seconds} s`), timeoutMs);
    const onAbort = () => stop('was stopped');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (part: string) => {
        output[name] += part;
        if (output[name].length > MAX_OUTPUT_BYTES) stop('prints without an end');
      });
    }
    const settle = (code: number | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve({ code, ...output, stopped });
    };
    child.on('error', (error) => {
      stopped ||= `cannot be run: ${error.message}`;
      settle(null);
    });
    child.on('close', settle);
  });
}
