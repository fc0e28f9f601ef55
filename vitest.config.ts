import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // A test that asserts nothing cannot fail.
    expect: {requireAssertions: true},
    globalSetup: ['test/support/build-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real kernels, processes and ports: where many things run at once a port or a moment can be somebody else's. A test
    // that fails twice has failed, and one that was repeated is named in the report.
    retry: process.env['CI'] === undefined ? 0 : 1,
    // Each file starts real processes; two cores are the smallest machine this is meant for.
    maxWorkers: 2,
  },
});
