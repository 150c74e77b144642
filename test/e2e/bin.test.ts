import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { BIN } from '../helpers/terminal.ts';

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs Node.js with these arguments, no terminal anywhere. */
async function node(...args: readonly string[]): Promise<Ended> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...args]);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code, stdout, stderr };
  }
}

/** Makes this Node.js say that it is another version. */
function pretend(version: string): string {
  const versions = `{ ...process.versions, node: ${JSON.stringify(version)} }`;
  return `--import=data:text/javascript,${encodeURIComponent(`Object.defineProperty(process, 'versions', { value: ${versions} })`)}`;
}

test.each(['20.19.4', '22.11.0', '18.0.0'])(
  'Node.js %s is refused in one line that says what is needed',
  async (old) => {
    const { code, stdout, stderr } = await node(pretend(old), BIN, '--sample');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^trailx needs Node\.js 22\.12 or newer; this is .*\n$/);
    expect(stderr).toContain(`this is ${old} (${process.execPath})`);
  },
);

test.each(['22.12.0', '23.0.0', '100.1.0'])('Node.js %s is new enough', async (recent) => {
  expect(await node(pretend(recent), BIN, '--version')).toMatchObject({ code: 0, stderr: '' });
});

test('--version is that of package.json', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await node(BIN, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('without a build it says how to make one', async () => {
  const folder = mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'unbuilt-'));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(BIN, join(folder, 'bin', 'trailx.mjs'));
  const { code, stderr } = await node(join(folder, 'bin', 'trailx.mjs'));
  expect(code).toBe(2);
  expect(stderr).toBe('trailx is not built yet: run `npm install` (or `npm run build`) in its folder\n');
});
