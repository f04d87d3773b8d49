import { rmSync } from 'node:fs'
import { err, ok, type Result } from '../../contract/result.ts'
import type { RestoreFault } from '../../contract/upkeep.ts'
import { copyRegularFile } from '../../outside/regular-file.ts'
import { runApart } from '../../outside/run-apart.ts'
import type { Store } from '../../store/store.ts'
import type { BackedUpTill } from '../open-till.ts'

/** Many times what a shop records in years. */
const maxBackupBytes = 4 * 2 ** 30

/**
 * Looks into backups for a till with this database. Only a copy beside the database is opened, and that is what is
 * restored: the file on the stick may be replaced, or be gone, once a person has seen what is in it.
 */
export function createBackupInspection(
  databaseFile: string,
  store: Pick<Store, 'open' | 'redemptions' | 'keyId'>,
): Pick<BackedUpTill, 'copiedFile' | 'inspect' | 'inspectAgain'> {
  const copiedFile = `${databaseFile}.incoming`
  // Of an earlier opening of the till.
  rmSync(copiedFile, { force: true })

  /** Refuses while anything is undecided here, because restoring a backup sets these records aside. */
  async function inspectAgain(): ReturnType<BackedUpTill['inspect']> {
    if (store.open.undecided().length > 0) return err({ code: 'open-here' })
    const read = await runApart('backup', copiedFile, store.keyId)
    if (!read.ok) return err({ code: 'file-too-demanding' })
    if (!read.value.ok) return read.value
    return ok({ ...read.value.value, redemptionsHere: store.redemptions.count() })
  }

  return {
    copiedFile,
    inspectAgain,
    async inspect(file) {
      const copied = await copy(file, copiedFile)
      return copied.ok ? inspectAgain() : copied
    },
  }
}

async function copy(file: string, to: string): Promise<Result<null, RestoreFault>> {
  try {
    const copied = await copyRegularFile(file, to, maxBackupBytes)
    return copied
  } catch {
    // No room for it, say.
    return err({ code: 'not-written' })
  }
}
