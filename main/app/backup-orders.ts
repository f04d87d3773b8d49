import path from 'node:path'
import type { Backups } from '../backup/daily-backups.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { BackupFacts, BackupFault, RestoreFault } from '../contract/upkeep.ts'
import { putInPlace } from '../store/backup.ts'
import type { BackedUpTill } from './open-till.ts'

/** Asks a person; `null` when the dialog was cancelled. */
export interface BackupFiles {
  chooseFolder(): Promise<string | null>
  choose(): Promise<string | null>
}

/** What a person orders about the copies of the till's records. */
export interface BackupOrders {
  /** Has a folder chosen and makes the first backup there; `null` when the dialog was cancelled. */
  chooseFolder(): Promise<Result<string | null, BackupFault>>
  /** Returns the file's name. */
  make(): Promise<Result<string, BackupFault>>
  turnOff(): void
  /** Has a file chosen and looks into it; `null` when the dialog was cancelled. */
  choose(): Promise<Result<BackupFacts | null, RestoreFault>>
  /** Puts the file that was chosen in the place of the records, and returns where those are kept. The till is opened anew. */
  restore(): Promise<Result<string, RestoreFault>>
}

interface BackupOrderParts {
  readonly backups: Pick<Backups, 'make' | 'setFolder'>
  readonly files: BackupFiles
  /** `null` where no live till is open. */
  readonly live: () => BackedUpTill | null
  /** Closes the till, does this, and opens it anew. */
  readonly reopen: (meanwhile: () => void) => Promise<void>
  readonly onFault: (cause: unknown) => void
}

export function createBackupOrders(parts: BackupOrderParts): BackupOrders {
  const { backups, files } = parts
  /** The one that was looked into: what is confirmed is what was shown. */
  let chosen: string | null = null

  async function putBack(file: string): Promise<Result<string, RestoreFault>> {
    const live = parts.live()
    if (!live) return err('not-live')
    // Asked again: a scan may have come in since it was shown.
    const facts = live.look(file)
    if (!facts.ok) return facts
    let kept = ''
    try {
      await parts.reopen(() => {
        kept = putInPlace(file, live.databaseFile)
      })
    } catch (cause) {
      parts.onFault(cause)
      return err('not-written')
    }
    return ok(kept)
  }

  return {
    async chooseFolder() {
      const folder = await files.chooseFolder()
      if (folder === null) return ok(null)
      backups.setFolder(folder)
      const made = await backups.make()
      return made.ok ? ok(folder) : made
    },
    make: () => backups.make(),
    turnOff: () => backups.setFolder(null),
    async choose() {
      const file = await files.choose()
      if (file === null) return ok(null)
      const facts = parts.live()?.look(file) ?? err('not-live')
      chosen = facts.ok ? file : null
      return facts.ok ? ok({ name: path.basename(file), ...facts.value }) : facts
    },
    async restore() {
      const file = chosen
      chosen = null
      return file === null ? err('not-a-backup') : putBack(file)
    },
  }
}
