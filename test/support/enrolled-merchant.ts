import { mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createMerchantMaterial, type MerchantMaterial } from './merchant-material.ts'
import { runTillCommand } from './run-till-command.ts'
import type { SpawnedStandIn } from './spawn-stand-in.ts'

/** A merchant that the stand-in knows, with their files as downloaded. */
export interface EnrolledMerchant extends MerchantMaterial {
  readonly merchantId: string
  readonly appid: string
  readonly publicKeyId: string
  /** The stand-in's address in these tests. */
  readonly origin: string
  /** The folder with the merchant's files. Whoever asked for it removes it. */
  readonly folder: string
}

/** Where a till is set up, and what differs from one to the next. */
export interface TillPlace {
  readonly userDataFolder: string
  readonly env: NodeJS.ProcessEnv
  readonly tillId?: string
  readonly material?: MerchantMaterial | undefined
  /** To redeem at another address than the stand-in's. */
  readonly host?: string | undefined
  /** The shop's part of the settings file (docs/provisioning.md). */
  readonly shop?: object
}

export async function enrolMerchant({ control }: SpawnedStandIn): Promise<EnrolledMerchant> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-downloads-'))
  const material = await createMerchantMaterial()
  const { certificatePem, keyPem } = material
  const enrolled = await control.enrol({ certificatePem })
  const { mchid: merchantId, appid, publicKeyId, publicKeyPem, origin } = enrolled
  writeFileSync(path.join(folder, 'apiclient_cert.pem'), certificatePem)
  writeFileSync(path.join(folder, 'apiclient_key.pem'), keyPem)
  writeFileSync(path.join(folder, 'pub_key.pem'), publicKeyPem)
  return { ...material, merchantId, appid, publicKeyId, origin, folder }
}

/** Sets a till up without its window, by the settings file. Throws when it does not take it. */
export async function provisionTill(merchant: EnrolledMerchant, place: TillPlace): Promise<void> {
  const { merchantId, appid, publicKeyId, folder, origin } = merchant
  const { userDataFolder, env, tillId = 'A7', material = merchant, host = origin, shop } = place
  const write = (name: string, content: string): void =>
    writeFileSync(path.join(folder, name), content)
  write('till-cert.pem', material.certificatePem)
  write('till-key.pem', material.keyPem)
  const settings = {
    merchantId,
    appid,
    tillId,
    certificateFiles: ['till-cert.pem', 'till-key.pem'],
    publicKey: { id: publicKeyId, file: 'pub_key.pem' },
    hosts: [host],
    shop,
  }
  write('till.json', JSON.stringify(settings))
  const words = ['provision', '--file', path.join(folder, 'till.json'), '--json']
  const run = await runTillCommand(words, { userDataFolder, env })
  // Some tests set up what WeChat Pay would not take, which the doctor at the end says.
  if (run.of('settings')[0] !== 'ok provisioned') throw new Error(run.stdout)
}
