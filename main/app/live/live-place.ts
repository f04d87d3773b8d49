import path from 'node:path'
import { openProfileStore, type ProfileStore } from '../../credentials/profile-store.ts'
import { createSealedSecretStore } from '../../credentials/sealed-secret-store.ts'
import { createKeytarSecretStore } from '../../keychain/keytar-secret-store.ts'
import { type QueueCounts, readQueueCounts } from '../../store/queue-counts.ts'
import type { SecretStore } from '../../keychain/secret-store.ts'

/** Where a live till keeps what it knows: its folder, and the keychain for whatever is secret. */
export interface LivePlace {
  readonly folder: string
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  readonly databaseFile: string
  /** What waits in it. */
  readonly queueCounts: () => QueueCounts
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/** There is no way round the keychain here: training alone may keep keys in memory. */
export function openLivePlace(userData: string): LivePlace {
  const folder = path.join(userData, 'live')
  const keychain = createKeytarSecretStore({
    service: 'Hexiao Till',
    load: async () => (await import('keytar')).default,
  })
  const databaseFile = path.join(folder, 'till.db')
  return {
    folder,
    databaseFile,
    queueCounts: () => readQueueCounts(databaseFile),
    profiles: openProfileStore(folder),
    secrets: createSealedSecretStore(keychain, folder),
    clock: Date.now,
  }
}
