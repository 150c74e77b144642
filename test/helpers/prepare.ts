// Vitest global setup: the end-to-end tests run the bundle, so it has to be that of these sources.

import { rmSync } from 'node:fs';
import { bundleIfStale } from '../../src/build/bundle.ts';

export async function setup(): Promise<void> {
  await bundleIfStale();
}

export function teardown(): void {
  rmSync(process.env.TRAILX_TEST_ROOT as string, { recursive: true, force: true, maxRetries: 3 });
}
