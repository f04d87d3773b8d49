import { type SpawnedStandIn, spawnStandIn } from './spawn-stand-in.ts'
import { test as tillTest } from './till-test.ts'
import type { TillApp } from './till-app.ts'

/** Playwright's `test` with the till in training mode and a stand-in of the test's own, in a separate process. */
export const test = tillTest.extend<{ standIn: SpawnedStandIn; till: TillApp }>({
  standIn: async ({}, use) => {
    const standIn = await spawnStandIn()
    await use(standIn)
    await standIn.stop()
  },
  launch: async ({ launch, standIn }, use) => {
    await use((options) => launch({ trainingGateway: standIn.controlOrigin, ...options }))
  },
})

export { expect } from './till-test.ts'
