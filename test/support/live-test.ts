import { rmSync } from 'node:fs'
import { type EnrolledMerchant, enrolMerchant, provisionTill } from './enrolled-merchant.ts'
import { type KeychainSession, openKeychainSession } from './keychain-session.ts'
import type { MerchantMaterial } from './merchant-material.ts'
import { test as standInTest } from './stand-in-test.ts'

export interface Merchant extends EnrolledMerchant {
  /** Sets the till up without its window, to redeem at the stand-in or at another address. */
  provision(material?: MerchantMaterial, host?: string): Promise<void>
}

interface LiveFixtures {
  keychain: KeychainSession
  merchant: Merchant
}

/** Playwright's `test` with a live till, a stand-in, and a keychain of the test's own. */
export const test = standInTest.extend<LiveFixtures>({
  keychain: async ({}, use) => {
    const session = await openKeychainSession('unlocked')
    await use(session)
    await session.close()
  },
  merchant: async ({ standIn, keychain, userDataFolder }, use) => {
    const enrolled = await enrolMerchant(standIn)
    await use({
      ...enrolled,
      provision: (material, host) =>
        provisionTill(enrolled, { userDataFolder, env: keychain.env, material, host }),
    })
    rmSync(enrolled.folder, { recursive: true })
  },
  launch: async ({ launch, keychain }, use) => {
    await use((options) => launch({ env: keychain.env, ...options }))
  },
})

export { expect } from './till-test.ts'
