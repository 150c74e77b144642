// Vitest global setup, before any worker is there: what the workers inherit, and the bundle that the end-to-end tests run.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleIfStale } from '../../src/build/bundle.ts';

let root: string;

export async function setup(): Promise<void> {
  root = mkdtempSync(join(tmpdir(), 'trailx-test-'));
  process.env.TRAILX_TEST_ROOT = root;
  // Node reads TZ once, when a process starts.
  process.env.TZ = 'UTC';
  // Left from whoever runs the tests, these would change what is tested.
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'CI', 'NO_COLOR', 'FORCE_COLOR']) delete process.env[name];
  try {
    await bundleIfStale();
  } catch {
    // `npm test` fails for this itself; somebody at work on one folder can still run that folder's tests.
    process.stderr.write('the bundle could not be built: the end-to-end tests run the last one\n');
  }
}

export function teardown(): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
}
