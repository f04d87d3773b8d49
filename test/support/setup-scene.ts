import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { createSetup, type Setup } from '../../main/app/live/setup.ts'
import type { SetupForm } from '../../main/contract/setup.ts'
import { provision } from '../../main/credentials/provision.ts'
import { type LivePlace, openLivePlace, provisioningOf } from './live-place.ts'
import { createMerchantMaterial, type MerchantMaterial } from './merchant-material.ts'
import type { KeyMode } from './till-credentials.ts'
import { openScene } from './wechatpay-scene.ts'

export const dayMs = 86_400_000

export interface SetupScene {
  readonly place: LivePlace
  readonly setup: Setup
  /** As after a restart of the program. */
  readonly reopen: () => Setup
  readonly form: SetupForm
  /** What is stored. */
  readonly material: MerchantMaterial
  readonly apiV3Key: string
  readonly publicKeyPem: string
  /** Makes another certificate known to the stand-in. */
  readonly enrol: (material: MerchantMaterial) => Promise<unknown>
  /** The files that were moved to the recycle bin. */
  readonly trash: string[]
  /** Writes a file into a folder of downloads and returns its path. */
  readonly download: (name: string, content: string | Uint8Array) => string
}

/** Opens set-up on a till that is live already, against a stand-in of its own. */
export async function openSetupScene(mode: KeyMode = 'both'): Promise<SetupScene> {
  const scene = await openScene({ mode })
  const place = openLivePlace()
  onTestFinished(() => place.dispose())
  const material = await createMerchantMaterial({ validUntil: place.now + 30 * dayMs })
  const enrolled = await scene.control.enrol({ certificatePem: material.certificatePem })
  const hosts = [scene.standIn.origin]
  const { appid, mchid: merchantId, apiV3Key, publicKeyPem } = enrolled
  const publicKey = { id: enrolled.publicKeyId, pem: publicKeyPem }
  const given = { ...provisioningOf(material), appid, merchantId, publicKey, hosts, apiV3Key }
  const done = await provision(given, place)
  if (!done.ok) throw new Error(done.error.code)
  const trash: string[] = []
  const reopen = (): Setup =>
    createSetup({
      place: { ...place, databaseFile: path.join(place.folder, 'till.db') },
      network: { userAgent: 'test', resolveProxy: async () => 'DIRECT' },
      moveToTrash: async (file) => {
        trash.push(file)
        return true
      },
      reopen: async () => undefined,
      probe: async () => undefined,
      ownersToAsk: async () => [],
    })
  const form: SetupForm = {
    merchantId,
    appid,
    tillId: 'T2',
    publicKeyId: publicKey.id,
    apiV3Key: '',
    dropsApiV3Key: false,
    isNextCertificate: false,
    hosts,
    trustsSystem: false,
  }
  return {
    place,
    setup: reopen(),
    reopen,
    form,
    material,
    apiV3Key,
    publicKeyPem,
    enrol: ({ certificatePem }) => scene.control.enrol({ certificatePem }),
    trash,
    download(name, content) {
      const file = path.join(place.folder, name)
      writeFileSync(file, content)
      return file
    },
  }
}
