import { renameSync } from 'node:fs'
import { isSealedBackup, readSealedHead } from '../../backup/sealed-backup.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { RestoreFault } from '../../contract/upkeep.ts'
import { runApart } from '../../outside/run-apart.ts'
import type { Store } from '../../store/store.ts'
import type { BackedUpTill } from '../open-till.ts'
import { incomingFiles, removeIncoming, takeFile } from './take-file.ts'

/**
 * Looks into backups for a till with this database. Only a copy beside the database is opened, and that is what is
 * restored: the file on the stick may be replaced, or be gone, once a person has seen what is in it.
 */
export function createBackupInspection(
  databaseFile: string,
  store: Pick<Store, 'open' | 'redemptions' | 'keyId'>,
  dataKey: Uint8Array,
): Pick<BackedUpTill, 'copiedFile' | 'inspect' | 'inspectAgain'> {
  const { copied: copiedFile, opened: openedFile } = incomingFiles(databaseFile)
  // Of an earlier opening of the till.
  removeIncoming(databaseFile)

  /** Refuses while anything is undecided here, because restoring a backup sets these records aside. */
  async function inspectAgain(): ReturnType<BackedUpTill['inspect']> {
    if (store.open.undecided().length > 0) return err({ code: 'open-here' })
    const read = await runApart('backup', copiedFile, store.keyId)
    if (!read.ok) return err({ code: 'file-too-demanding' })
    if (!read.value.ok) return read.value
    return ok({ ...read.value.value, redemptionsHere: store.redemptions.count() })
  }

  /** A sealed backup of this computer opens with its own key. */
  async function unseal(): Promise<Result<null, RestoreFault>> {
    if (!(await isSealedBackup(copiedFile))) return ok(null)
    const head = await readSealedHead(copiedFile)
    if (!head.ok) return head
    if (head.value.keyId !== store.keyId) return err({ code: 'password-needed' })
    const opened = await runApart('sealed-backup', copiedFile, { dataKey }, openedFile)
    if (!opened.ok) return err({ code: 'file-too-demanding' })
    if (!opened.value.ok) return opened.value
    renameSync(openedFile, copiedFile)
    return ok(null)
  }

  return {
    copiedFile,
    inspectAgain,
    async inspect(file) {
      const copied = await takeFile(file, copiedFile)
      if (!copied.ok) return copied
      const unsealed = await unseal()
      return unsealed.ok ? inspectAgain() : unsealed
    },
  }
}
