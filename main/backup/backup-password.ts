import { isGoodBackupPassword } from '../contract/backup-password.ts'
import { parseJson } from '../contract/json.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { BackupPasswordFault } from '../contract/upkeep.ts'
import type { SecretFault, SecretStore } from '../keychain/secret-store.ts'
import { defaultEscrowCost, KeyEscrow, makeEscrow } from './key-escrow.ts'

/** The password that backups of one till open with on other computers. It is stored nowhere. */
export interface BackupPassword {
  /** What goes into each backup; `null` while no password is set, and backups open on this computer only. */
  escrow(): KeyEscrow | null
  set(password: string): Promise<Result<null, BackupPasswordFault>>
}

/** Keeps what a password is needed for in the keychain. Fails when the keychain does. */
export async function openBackupPassword(
  secrets: Pick<SecretStore, 'read' | 'write'>,
  dataKey: Uint8Array,
  cost = defaultEscrowCost,
): Promise<Result<BackupPassword, SecretFault>> {
  const kept = await secrets.read('backup-escrow')
  if (!kept.ok) return kept
  // What is malformed counts as none: the owner is told, and sets one anew.
  let escrow =
    kept.value === null ? null : (KeyEscrow.safeParse(parseJson(kept.value)).data ?? null)
  return ok({
    escrow: () => escrow,
    async set(password) {
      if (!isGoodBackupPassword(password)) return err({ code: 'too-weak' })
      const made = await makeEscrow(password, dataKey, cost)
      const written = await secrets.write('backup-escrow', JSON.stringify(made))
      if (!written.ok) return err({ code: 'not-kept' })
      escrow = made
      return ok(null)
    },
  })
}
