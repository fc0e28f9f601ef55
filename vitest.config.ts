import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // A test that asserts nothing cannot fail.
    expect: {requireAssertions: true},
    globalSetup: ['test/support/build-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each file starts real processes; two cores are the smallest machine this is meant for.
    maxWorkers: 2,
  },
});
