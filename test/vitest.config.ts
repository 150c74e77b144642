import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Node reads TZ once, when a process starts; here that is early enough for every worker.
process.env.TZ = 'UTC';
process.env.TRAILX_TEST_ROOT = mkdtempSync(join(tmpdir(), 'trailx-test-'));
// Left from whoever runs the tests, these would change what is tested.
for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'CI', 'NO_COLOR', 'FORCE_COLOR']) delete process.env[name];

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/helpers/prepare.ts',
    setupFiles: 'test/helpers/isolate.ts',
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
