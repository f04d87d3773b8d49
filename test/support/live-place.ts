import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type AnchorKeeper, createAnchorKeeper } from '../../main/anchor/anchor-keeper.ts'
import { wechatpayHosts } from '../../main/contract/setup.ts'
import { openProfileStore, type ProfileStore } from '../../main/credentials/profile-store.ts'
import type { Provisioning } from '../../main/credentials/provision.ts'
import { createSealedSecretStore } from '../../main/credentials/sealed-secret-store.ts'
import type { SecretStore } from '../../main/keychain/secret-store.ts'
import { readPairApart } from '../../main/outside/read-pair.ts'
import type { QueueCounts } from '../../main/store/queue-counts.ts'
import { createLimitedKeychain, type LimitedKeychain } from './limited-keychain.ts'
import { merchantId, type MerchantMaterial } from './merchant-material.ts'

export interface LivePlace {
  readonly folder: string
  readonly keychain: LimitedKeychain
  readonly secrets: ReturnType<typeof createSealedSecretStore>
  readonly profiles: ProfileStore
  readonly anchor: AnchorKeeper
  readonly readPair: typeof readPairApart
  readonly queue: QueueCounts
  readonly queueCounts: () => QueueCounts
  now: number
  readonly clock: () => number
  dispose(): void
}

/** Opens a live till's folder and keychain, for tests that start no program. */
export function openLivePlace(): LivePlace {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-live-'))
  const keychain = createLimitedKeychain()
  const secrets = createSealedSecretStore(keychain, folder)
  const place: LivePlace = {
    folder,
    keychain,
    secrets,
    anchor: keeperOf(secrets),
    profiles: openProfileStore(folder),
    readPair: readPairApart,
    queue: { waiting: 0, review: 0, bound: 0, misaddressed: 0, oldestAt: null },
    queueCounts: () => place.queue,
    now: Date.now(),
    clock: () => place.now,
    dispose: () => rmSync(folder, { recursive: true }),
  }
  return place
}

/** Tries nothing again by itself. */
export function keeperOf(secrets: Pick<SecretStore, 'read' | 'write'>): AnchorKeeper {
  return createAnchorKeeper({
    secrets,
    after: () => () => undefined,
    onFault: () => undefined,
  })
}

export function provisioningOf(material: MerchantMaterial): Provisioning {
  return {
    merchantId,
    appid: 'wxd678efh567hg6787',
    tillId: 'T1',
    signing: { kind: 'files', files: [material.certificate, material.key] },
    publicKey: null,
    apiV3Key: '0123456789abcdef0123456789abcdef',
    hosts: wechatpayHosts,
    proxy: 'system',
    authorities: 'public',
  }
}
