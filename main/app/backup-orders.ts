import path from 'node:path'
import type { Backups } from '../backup/daily-backups.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { BackupFacts, BackupFault, RestoreFault } from '../contract/upkeep.ts'
import { putInPlace } from '../store/backup.ts'
import type { BackedUpTill } from './open-till.ts'

/** Asks a person for the folder of the backups, or for one backup; `null` when the dialog was cancelled. */
export interface BackupFiles {
  chooseFolder(): Promise<string | null>
  choose(): Promise<string | null>
}

/** What a person can order about backups. Faults are the codes that the page shows. */
export interface BackupOrders {
  /** Asks for a folder and makes the first backup there. Returns the folder; `null` when the dialog was cancelled. */
  chooseFolder(): Promise<Result<string | null, BackupFault>>
  /** Makes a backup now and returns its file name. */
  make(): Promise<Result<string, BackupFault>>
  /** Ends the daily backups. */
  turnOff(): void
  /** Asks for a backup and returns what restoring it would bring back; `null` when the dialog was cancelled. */
  choose(): Promise<Result<BackupFacts | null, RestoreFault>>
  /**
   * Replaces the records by the backup that was chosen, and opens the till anew. Returns the file that the replaced
   * records were moved to.
   */
  restore(): Promise<Result<string, RestoreFault>>
}

interface BackupOrderParts {
  readonly backups: Pick<Backups, 'make' | 'setFolder'>
  readonly files: BackupFiles
  /** `null` where no live till is open. */
  readonly live: () => BackedUpTill | null
  /** Closes the till, runs `meanwhile`, and opens the till anew. */
  readonly reopen: (meanwhile: () => void) => Promise<void>
  /** What the disk threw. */
  readonly onFault: (cause: unknown) => void
}

export function createBackupOrders(parts: BackupOrderParts): BackupOrders {
  const { backups, files } = parts
  /** Whether a person was shown what is in the backup that was copied last: that is the one that they confirm. */
  let isShown = false

  async function restoreCopied(): Promise<Result<string, RestoreFault>> {
    const live = parts.live()
    if (!live) return err({ code: 'not-live' })
    // Inspected again: a scan may have come in since a person saw the result.
    const facts = await live.inspectAgain()
    if (!facts.ok) return facts
    const announced = await live.announce(facts.value)
    if (!announced.ok) return announced
    let replaced = ''
    try {
      await parts.reopen(() => {
        replaced = putInPlace(live.copiedFile, live.databaseFile)
      })
    } catch (cause) {
      parts.onFault(cause)
      return err({ code: 'not-written' })
    }
    return ok(replaced)
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
      isShown = false
      const facts = (await parts.live()?.inspect(file)) ?? err({ code: 'not-live' })
      isShown = facts.ok
      if (!facts.ok) return facts
      const { end: _, ...shown } = facts.value
      return ok({ name: path.basename(file), ...shown })
    },
    async restore() {
      const isConfirmed = isShown
      isShown = false
      return isConfirmed ? restoreCopied() : err({ code: 'not-a-backup' })
    },
  }
}
