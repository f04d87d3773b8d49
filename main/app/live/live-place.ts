import path from 'node:path'
import {
  type AnchorFault,
  type AnchorKeeper,
  createAnchorKeeper,
} from '../../anchor/anchor-keeper.ts'
import { openProfileStore, type ProfileStore } from '../../credentials/profile-store.ts'
import { createSealedSecretStore } from '../../credentials/sealed-secret-store.ts'
import { createKeytarSecretStore } from '../../keychain/keytar-secret-store.ts'
import type { ReadPair } from '../../credentials/merchant-pair.ts'
import { createMemorySecretStore } from '../../keychain/memory-secret-store.ts'
import { readPairApart } from '../../outside/read-pair.ts'
import { type QueueCounts, readQueueCounts } from '../../store/queue-counts.ts'
import { systemScheduler } from '../system-scheduler.ts'
import type { SecretStore } from '../../keychain/secret-store.ts'

/** Where a live till keeps its data: a folder, and the keychain for secrets. */
export interface LivePlace {
  readonly folder: string
  readonly profiles: ProfileStore
  readonly secrets: SecretStore
  readonly anchor: AnchorKeeper
  readonly readPair: ReadPair
  readonly databaseFile: string
  /** Counts the unsettled redemptions in the database, whether a till has it open or not. */
  readonly queueCounts: () => QueueCounts
  /** Epoch milliseconds. */
  readonly clock: () => number
}

interface LivePlaceOptions {
  /** The practice window beside a live till: whatever happens there, the till's own keychain is out of its reach. */
  readonly isPractice?: boolean
  /** Told of each time that the keychain does not take the anchor. */
  readonly onAnchorFault?: (fault: AnchorFault) => void
}

/** The place for the user data folder of Electron. Secrets are in the keychain: only practice may use memory. */
export function openLivePlace(
  userData: string,
  { isPractice = false, onAnchorFault = () => undefined }: LivePlaceOptions = {},
): LivePlace {
  const folder = path.join(userData, 'live')
  const keychain = isPractice
    ? createMemorySecretStore()
    : createKeytarSecretStore({
        service: 'Hexiao Till',
        load: async () => (await import('keytar')).default,
      })
  const databaseFile = path.join(folder, 'till.db')
  const secrets = createSealedSecretStore(keychain, folder)
  return {
    folder,
    readPair: readPairApart,
    databaseFile,
    queueCounts: () => readQueueCounts(databaseFile),
    profiles: openProfileStore(folder),
    secrets,
    anchor: createAnchorKeeper({
      secrets,
      after: (ms, task) => systemScheduler.after(ms, task),
      onFault: onAnchorFault,
    }),
    clock: Date.now,
  }
}
