import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { askCode } from '../../src/cli/ask-code.ts';
import { NO_DEBUG_LOG } from '../../src/cli/debug-log.ts';
import { queryHistory } from '../../src/cli/history-query.ts';
import { parseOptions } from '../../src/cli/options.ts';
import { createProgressLine } from '../../src/cli/progress-line.ts';
import { openStore } from '../../src/store/open-store.ts';
import { fakeLiveSource, lane } from '../ui/fake-live-source.ts';

const SERIAL = 'arn:aws:iam::111122223333:mfa/phone';
const QUESTION = `MFA code of ${SERIAL} for profile prod: `;

type Sitting = {
  readonly stdin: ReadStream & PassThrough;
  readonly stderr: WriteStream;
  readonly stdout: WriteStream;
  readonly said: () => string;
};

/** Somebody at a terminal. */
function sit(): Sitting {
  const make = () => Object.assign(new PassThrough(), { isTTY: true });
  const [stdin, stdout, stderr] = [make(), make(), make()];
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  stdout.resume();
  return { stdin: stdin as never, stdout: stdout as never, stderr: stderr as never, said: () => said };
}

test('the code that is typed', async () => {
  const { stdin, stderr, said } = sit();
  const asked = askCode(SERIAL, 'prod', { stdin, stderr, signal: new AbortController().signal });
  stdin.write(' 123456\n');
  expect([await asked, said(), stdin.isPaused()]).toEqual(['123456', QUESTION, true]);
});

test('nothing is typed, or standard input ends', async () => {
  for (const typed of ['\n', null]) {
    const { stdin, stderr } = sit();
    const asked = askCode(SERIAL, 'prod', { stdin, stderr, signal: new AbortController().signal });
    if (typed === null) stdin.end();
    else stdin.write(typed);
    expect(await asked).toBeNull();
  }
});

test('a query that is over waits for no code, nor does the program for the terminal', async () => {
  const { stdin, stdout, stderr, said } = sit();
  const options = parseOptions(['query', '--format', 'ndjson'], {});
  if (options.kind === 'usage-error') throw new Error(options.message);
  const source = fakeLiveSource({ status: { lanes: [lane({ phase: 'done' })] } });
  const store = await openStore();
  const scope = { profiles: ['prod'], regions: null, isInsights: false };
  const limits = { since: null, until: null };
  const ended = queryHistory(
    {
      options,
      io: {
        stdin,
        stdout,
        stderr,
        env: {},
        interrupt: { signal: new AbortController().signal, exitCode: () => 130 },
        debug: NO_DEBUG_LOG,
      },
      store,
      progress: createProgressLine(stderr, true),
      scope,
      request: { kind: 'request', query: { kind: 'all' }, text: '', page: {}, optionLimits: limits, limits },
      shape: { format: 'ndjson', columns: null },
    },
    async () => source,
  );
  await expect.poll(() => source.listener).not.toBeNull();
  const asked = source.listener?.askMfaCode?.(SERIAL, 'prod');
  source.tell({ isIdle: true });
  expect(await ended).toBe(1);
  expect(await asked).toBeNull();
  expect(stdin.isPaused()).toBe(true);
  expect(said()).toMatch(new RegExp(`^${QUESTION}\\n(no events|no match)`));
  await store.close();
});
