import { defineConfig } from 'vitest/config'

/** What a test waits for comes in a fraction of this; a busy machine has its time, and what never comes fails all the same. */
const patience = {
  expect: { poll: { timeout: 30_000 } },
  hookTimeout: 60_000,
  teardownTimeout: 60_000,
}

export default defineConfig({
  test: {
    // Without this one core is left idle: on two cores the tests would run on one.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          ...patience,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          ...patience,
          testTimeout: 120_000,
        },
      },
      // npm run release:check
      { test: { name: 'release', include: ['test/release/**/*.test.ts'], environment: 'node' } },
    ],
  },
})
