import { test as standInTest } from './stand-in-test.ts'

/** Playwright's `test` with the till in training mode, at a stand-in of the test's own. */
export const test = standInTest.extend({
  launch: async ({ launch, standIn }, use) => {
    await use((options) => launch({ trainingGateway: standIn.controlOrigin, ...options }))
  },
})

export { expect } from './till-test.ts'
