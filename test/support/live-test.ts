import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type KeychainSession, openKeychainSession } from './keychain-session.ts'
import { createMerchantMaterial, type MerchantMaterial } from './merchant-material.ts'
import { runTillCommand } from './run-till-command.ts'
import { type SpawnedStandIn, spawnStandIn } from './spawn-stand-in.ts'
import { test as tillTest } from './till-test.ts'

export interface Merchant extends MerchantMaterial {
  readonly merchantId: string
  readonly appid: string
  readonly publicKeyId: string
  /** The stand-in's address in these tests. */
  readonly origin: string
  /** The folder with the merchant's files, as downloaded. */
  readonly folder: string
  /** Sets the till up without its window, to redeem at the stand-in or at another address. */
  provision(material?: MerchantMaterial, host?: string): Promise<void>
}

interface LiveFixtures {
  standIn: SpawnedStandIn
  keychain: KeychainSession
  merchant: Merchant
}

/** Playwright's `test` with a live till, a stand-in, and a keychain of the test's own. */
export const test = tillTest.extend<LiveFixtures>({
  standIn: async ({}, use) => {
    const standIn = await spawnStandIn()
    await use(standIn)
    await standIn.stop()
  },
  keychain: async ({}, use) => {
    const session = await openKeychainSession('unlocked')
    await use(session)
    await session.close()
  },
  merchant: async ({ standIn, keychain, userDataFolder }, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-downloads-'))
    const material = await createMerchantMaterial()
    const { certificatePem } = material
    const enrolled = await standIn.control.enrol({ certificatePem })
    const { mchid: merchantId, appid, publicKeyId, publicKeyPem, origin } = enrolled
    const write = (name: string, content: string): void =>
      writeFileSync(path.join(folder, name), content)
    write('apiclient_cert.pem', certificatePem)
    write('apiclient_key.pem', material.keyPem)
    write('pub_key.pem', publicKeyPem)
    await use({
      ...material,
      merchantId,
      appid,
      publicKeyId,
      origin,
      folder,
      async provision(other = material, host = origin) {
        write('till-cert.pem', other.certificatePem)
        write('till-key.pem', other.keyPem)
        const settings = {
          merchantId,
          appid,
          tillId: 'A7',
          certificateFiles: ['till-cert.pem', 'till-key.pem'],
          publicKey: { id: publicKeyId, file: 'pub_key.pem' },
          hosts: [host],
        }
        write('till.json', JSON.stringify(settings))
        const words = ['provision', '--file', path.join(folder, 'till.json'), '--json']
        const run = await runTillCommand(words, { userDataFolder, env: keychain.env })
        // Some tests set up what WeChat Pay would not take, which the doctor at the end says.
        if (run.of('settings')[0] !== 'ok provisioned') throw new Error(run.stdout)
      },
    })
    rmSync(folder, { recursive: true })
  },
  launch: async ({ launch, keychain }, use) => {
    await use((options) => launch({ env: keychain.env, ...options }))
  },
})

export { expect } from './till-test.ts'
