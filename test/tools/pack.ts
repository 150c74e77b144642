// `npm run test:pack`: what a user gets. Packs the project, installs the tarball into an empty prefix under an empty
// HOME, and runs the trailx found there. Separate from `npm test`, because installing asks the registry.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../helpers/environment.ts';
import { startTerminal } from '../helpers/terminal.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LARGEST_TARBALL = 2_000_000;
/** What may be in the tarball, beside package.json. */
const PACKED = /^package\/(bin\/trailx\.js|dist\/[^/]+|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;

const folder = mkdtempSync(join(tmpdir(), 'trailx-pack-'));
const home = join(folder, 'home');
const trailx = join(folder, 'prefix', 'bin', 'trailx');
let failed = 0;

try {
  mkdirSync(home);
  npm('pack', `--pack-destination=${folder}`);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) as string);
  const contents = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  const bytes = statSync(tarball).size;
  check(`the tarball has ${bytes} bytes, ${LARGEST_TARBALL} at most`, bytes <= LARGEST_TARBALL);
  const strangers = contents.filter((path) => !PACKED.test(path));
  check(`nothing is packed that does not belong there ${strangers.join(' ')}`, strangers.length === 0);

  npm('install', '--global', `--prefix=${join(folder, 'prefix')}`, '--prefer-offline', tarball);
  check('trailx --version tells the version', run('--version') === `${version}\n`);
  check('trailx query --sample --count counts', Number(run('query', '--sample', '--count')) > 1000);
  check('trailx --sample opens the explorer', await opens());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;

function npm(...args: readonly string[]): void {
  execFileSync('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    // npm's own settings stay (registry, cache); only HOME is empty.
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function run(...args: readonly string[]): string {
  return execFileSync(trailx, args, { encoding: 'utf8', env: childEnvironment(home), cwd: folder });
}

async function opens(): Promise<boolean> {
  const terminal = startTerminal({ bin: trailx, args: ['--sample'], home });
  try {
    await terminal.until(/UTC · 1\/\d/);
    terminal.press('q');
    return (await terminal.exit).code === 0;
  } catch (error) {
    process.stdout.write(`${(error as Error).message}\n`);
    return false;
  } finally {
    await terminal.dispose();
  }
}

function check(what: string, isTrue: boolean): void {
  process.stdout.write(`${isTrue ? 'ok    ' : 'FAILED'} ${what}\n`);
  if (!isTrue) failed += 1;
}
