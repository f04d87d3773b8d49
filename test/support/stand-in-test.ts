import type { SpawnedStandIn } from './spawn-stand-in.ts'
import { openStandInHouse, type StandInHouse } from './stand-in-house.ts'
import { test as tillTest } from './till-test.ts'

/** Playwright's `test` with a stand-in of the test's own, in a process that outlives the app under test. */
export const test = tillTest.extend<{ standIn: SpawnedStandIn }, { standInHouse: StandInHouse }>({
  standInHouse: [
    async ({}, use) => {
      const house = openStandInHouse()
      await use(house)
      await house.stop()
    },
    { scope: 'worker' },
  ],
  standIn: async ({ standInHouse }, use) => {
    const standIn = await standInHouse.open()
    await use(standIn)
    await standIn.stop()
  },
})
