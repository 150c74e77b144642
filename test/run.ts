// `npm test`: the checks that need no running program first, then every test. Prints each check's own words and
// closes with one line that counts them all.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

type Outcome = { readonly passed: number; readonly failed: number };

type Check = { readonly title: string; readonly command: readonly [string, ...string[]] };

const CHECKS: readonly Check[] = [
  { title: 'types', command: ['tsc', '-p', '.'] },
  { title: 'lint', command: ['biome', 'check'] },
  { title: 'unused code', command: ['knip', '--no-progress'] },
  { title: 'build', command: ['node', 'src/build/build.ts'] },
];

const outcomes: Outcome[] = [];
for (const check of CHECKS) outcomes.push(await runCheck(check));
outcomes.push(await runTests(process.argv.slice(2)));

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

async function runCheck({ title, command }: Check): Promise<Outcome> {
  heading(title);
  const code = await run(command);
  process.stdout.write(code === 0 ? 'ok\n' : `failed: ${command.join(' ')} ended with code ${code}\n`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Counts from Vitest's own report. A run that fails without a failed test (a file that does not load) counts as one. */
async function runTests(filters: readonly string[]): Promise<Outcome> {
  heading('tests');
  const folder = mkdtempSync(join(tmpdir(), 'trailx-report-'));
  const report = join(folder, 'report.json');
  try {
    const code = await run([
      'vitest',
      'run',
      '--config=test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ]);
    const { numPassedTests, numFailedTests } = readReport(report);
    return { passed: numPassedTests, failed: code === 0 ? numFailedTests : Math.max(1, numFailedTests) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readReport(path: string): { readonly numPassedTests: number; readonly numFailedTests: number } {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}

function heading(title: string): void {
  process.stdout.write(`\n── ${title} ${'─'.repeat(Math.max(2, 60 - title.length))}\n`);
}

/** Runs a program of node_modules/.bin, its output passed through; resolves with its exit code. */
function run([program, ...args]: readonly [string, ...string[]]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', program), args, { cwd: ROOT, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}
