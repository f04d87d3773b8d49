import { rmSync } from 'node:fs'
import type { KeyEscrow } from '../../backup/key-escrow.ts'
import { writeSealedBackup } from '../../backup/sealed-backup.ts'
import type { Store } from '../../store/store.ts'
import { Carried } from './carried.ts'
import type { LivePlace } from './live-place.ts'

interface BackUpParts {
  readonly place: Pick<LivePlace, 'profiles' | 'secrets' | 'databaseFile'>
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
  const profile = place.profiles.get()
  if (escrow === null || profile === null) return store.backUp(file)
  const recovery = await place.secrets.read('owner-recovery')
  const carried: Carried = {
    version: 1,
    profile,
    recovery: recovery.ok ? recovery.value : null,
  }
  const copy = `${place.databaseFile}.outgoing`
  try {
    await store.backUp(copy)
    await writeSealedBackup(copy, file, {
      keyId: store.keyId,
      escrow,
      dataKey,
      carried: JSON.stringify(Carried.parse(carried)),
    })
  } finally {
    rmSync(copy, { force: true })
  }
}
