import { defineConfig } from '@playwright/test'

/** What depends on the pace of keys, or keeps a core busy itself: nothing else runs beside it. */
const alone = [
  'scanner*',
  'attached-scanner',
  'wrapped-codes',
  'codes-on-screens',
  'presentation-panel',
].map((name) => `**/${name}.spec.ts`)

// One screen and one keyboard: tests follow one another.
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/test/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  maxFailures: 5,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: 'out/test/e2e.json' }]],
  projects: [
    { name: 'app', testIgnore: ['**/*.packaged.spec.ts', ...alone] },
    { name: 'scanner', testMatch: alone },
    { name: 'packaged', testMatch: '**/*.packaged.spec.ts' },
  ],
})
