import { defineConfig } from '@playwright/test'
import { z } from 'zod'

const Desktops = z.array(z.record(z.string(), z.string()))

/** The desktops that `npm test` opened, as the environments of their programs; empty for the one that runs already. */
const desktops = Desktops.parse(JSON.parse(process.env['HEXIAO_TILL_DESKTOPS'] ?? '[]'))
// A worker reads this file too, before its first test.
Object.assign(process.env, desktops[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)])

/** What depends on the pace of keys. It takes longest, and begins first. */
const ofScanners = ['**/scanner*.spec.ts', '**/attached-scanner.spec.ts']

// Each worker has one screen and one keyboard: the tests of a file follow one another.
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/test/e2e',
  workers: Math.max(1, desktops.length),
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  maxFailures: 5,
  // A test passes as soon as it has seen what it waits for; a busy machine has its time, and what never comes fails all the same.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: [['list'], ['json', { outputFile: 'out/test/e2e.json' }]],
  projects: [
    { name: 'scanner', testMatch: ofScanners },
    { name: 'app', testIgnore: ['**/*.packaged.spec.ts', ...ofScanners] },
    { name: 'packaged', testMatch: '**/*.packaged.spec.ts' },
  ],
})
