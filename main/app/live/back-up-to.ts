import { rmSync } from 'node:fs'
import { KeyEscrow } from '../../backup/key-escrow.ts'
import { writeSealedBackup } from '../../backup/sealed-backup.ts'
import { parseJson } from '../../contract/json.ts'
import { createSealing } from '../../store/sealing.ts'
import type { Store } from '../../store/store.ts'
import { Carried } from './carried.ts'
import type { LivePlace } from './live-place.ts'

type BackUpPlace = Pick<LivePlace, 'profiles' | 'secrets' | 'databaseFile'>

interface BackUpParts {
  readonly place: BackUpPlace
  readonly store: Pick<Store, 'backUp' | 'keyId'>
  readonly dataKey: Uint8Array
  /** `null` while no password is set. */
  readonly escrow: KeyEscrow | null
}

/**
 * Writes a backup: the records as they are, or, once there is a password, sealed with all that another computer needs.
 * Throws what the disk throws.
 */
export async function backUpTo(file: string, parts: BackUpParts): Promise<void> {
  const { place, store, dataKey, escrow } = parts
  if (escrow === null) return store.backUp(file)
  const carried = await whatIsCarried(place)
  const copy = `${place.databaseFile}.outgoing`
  try {
    await store.backUp(copy)
    await writeSealedBackup(copy, file, { keyId: store.keyId, escrow, dataKey, carried })
  } finally {
    rmSync(copy, { force: true })
  }
}

/** Writes the same of a closed till, and returns what the file can be tried with. Throws where there is no password. */
export async function sealRecords(
  file: string,
  place: BackUpPlace,
  dataKey: Uint8Array,
): Promise<{ readonly escrow: KeyEscrow; readonly carried: string }> {
  const kept = await place.secrets.read('backup-escrow')
  const escrow = KeyEscrow.parse(kept.ok && kept.value !== null ? parseJson(kept.value) : null)
  const carried = await whatIsCarried(place)
  const { keyId } = createSealing(dataKey)
  await writeSealedBackup(place.databaseFile, file, { keyId, escrow, dataKey, carried })
  return { escrow, carried }
}

async function whatIsCarried({ profiles, secrets }: BackUpPlace): Promise<string> {
  const profile = profiles.get()
  if (profile === null) throw new Error('a till without settings')
  const recovery = await secrets.read('owner-recovery')
  const carried: Carried = {
    version: 1,
    profile,
    recovery: recovery.ok ? recovery.value : null,
  }
  return JSON.stringify(Carried.parse(carried))
}
