import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { BIN } from '../helpers/terminal.ts';

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs Node.js with these arguments, no terminal anywhere. */
function node(...args: readonly string[]): Promise<Ended> {
  return nodeWith({}, ...args);
}

async function nodeWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> {
  try {
    const options = { env: { ...process.env, ...env } };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...args], options);
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

describe.runIf(process.platform === 'linux')('compiled code is kept', () => {
  const makeHome = () => mkdtempSync(join(process.env.TRAILX_TEST_ROOT as string, 'cache-'));
  const cacheIn = (home: string) => join(home, 'trailx', 'compile-cache');

  test('in a folder that only its owner can look into', async () => {
    const home = makeHome();
    const env = { XDG_CACHE_HOME: join(home, 'made'), TMPDIR: join(home, 'tmp') };
    mkdirSync(env.TMPDIR);
    expect(await nodeWith(env, BIN, '--help')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(cacheIn(env.XDG_CACHE_HOME))).not.toEqual([]);
    expect(statSync(cacheIn(env.XDG_CACHE_HOME)).mode & 0o777).toBe(0o700);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  test('nowhere where others can write', async () => {
    const home = makeHome();
    mkdirSync(cacheIn(home), { recursive: true });
    chmodSync(cacheIn(home), 0o777);
    expect(await nodeWith({ XDG_CACHE_HOME: home }, BIN, '--help')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(cacheIn(home))).toEqual([]);
  });

  test('nowhere where there is no home', async () => {
    const file = join(makeHome(), 'file');
    writeFileSync(file, '');
    expect(await nodeWith({ XDG_CACHE_HOME: '', HOME: file }, BIN, '--help')).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(file, '.cache'))).toBe(false);
  });
});
