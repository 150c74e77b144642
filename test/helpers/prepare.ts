// Vitest global setup: the end-to-end tests run the bundle, so it has to be that of these sources.

import { rmSync } from 'node:fs';
import { bundleIfStale } from '../../src/build/bundle.ts';

export async function setup(): Promise<void> {
  try {
    await bundleIfStale();
  } catch {
    // `npm test` fails for this itself; somebody at work on one folder can still run that folder's tests.
    process.stderr.write('the bundle could not be built: the end-to-end tests run the last one\n');
  }
}

export function teardown(): void {
  rmSync(process.env.TRAILX_TEST_ROOT as string, { recursive: true, force: true, maxRetries: 3 });
}
