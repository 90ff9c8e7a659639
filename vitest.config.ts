import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    globalSetup: ['__tests__/rig/global-setup.ts'],
    // Machines are shared and noisy: limits catch a hang, they do not time the product.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    pool: 'forks',
    // Most of a test's time is spent waiting for the processes that it started.
    maxWorkers: Math.max(2, availableParallelism()),
  },
})
