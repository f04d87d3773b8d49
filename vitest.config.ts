import { defineConfig } from 'vitest/config'

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
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      // npm run release:check
      { test: { name: 'release', include: ['test/release/**/*.test.ts'], environment: 'node' } },
    ],
  },
})
