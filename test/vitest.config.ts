import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/helpers/prepare.ts',
    setupFiles: 'test/helpers/isolate.ts',
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
