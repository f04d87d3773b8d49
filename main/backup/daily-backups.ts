/*
 * backup/ decides when the till's records are backed up, under which name, and which backups are deleted. How a database
 * is copied, checked and restored is the store's (store/backup.ts); nothing here knows SQL.
 */

import { chmodSync, existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { err, ok, type Result } from '../contract/result.ts'
import type { BackupFault, BackupState } from '../contract/upkeep.ts'
import { type BackupEnding, backupsIn, nextBackupName } from './backup-names.ts'

/** The open live till, as far as a backup needs it. */
export interface BackupSource {
  readonly tillId: string
  readonly databaseFile: string
  /** What kind of file the next backup is. */
  ending(): BackupEnding
  /** Writes a copy of the database to this file. Throws when it cannot be written or the copy is not whole. */
  backUp(file: string): Promise<void>
  /** The shop keeps personal data from this time on, epoch milliseconds; `null` while no clock is to be trusted. */
  forgetBefore(): number | null
}

interface BackupParts {
  /** Folder, last backup and last fault, kept across restarts. */
  readonly state: { get(): BackupState; set(state: BackupState): void }
  /** `null` where no live till is open. */
  readonly source: () => BackupSource | null
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** False where the till is open for one order, and closed again: a backup begun by the clock would be cut off. */
  readonly isDaily?: boolean
  /** What the disk threw; `make` returns only that nothing was written. */
  readonly onFault: (cause: unknown) => void
}

export interface Backups {
  /**
   * Makes a backup now and returns its file name, or the result of the one that is being made. Fails where no live till
   * is open, the folder is gone, its disk is full, or nothing could be written. Faults are the codes that the page
   * shows.
   */
  make(): Promise<Result<string, BackupFault>>
  /** From now on one backup a day is made in this folder; `null` for none, which somebody has decided. */
  setFolder(folder: string | null): void
  /** Other records have come to this computer: that it makes no backups was not decided for them. */
  forgetDecision(): void
  close(): void
}

const dayMs = 86_400_000
const dueCheckMs = 3_600_000
/** A week's. Older ones are deleted. */
const keptFiles = 7

/** Makes a copy of the till's records every day, in a folder that a person chose: a stick, a network share. */
export function createDailyBackups({
  state,
  source,
  clock,
  isDaily = true,
  onFault,
}: BackupParts): Backups {
  let underWay: Promise<Result<string, BackupFault>> | null = null

  async function write(): Promise<Result<string, BackupFault>> {
    const { folder } = state.get()
    const from = source()
    if (from === null) return err({ code: 'not-live' })
    if (folder === null || !existsSync(folder)) return err({ code: 'folder-gone' })
    const prefix = `hexiao-till-${from.tillId}-`
    try {
      const name = nextBackupName(readdirSync(folder), prefix, clock(), from.ending())
      const { bavail, bsize } = statfsSync(folder)
      if (bavail * bsize < 2 * statSync(from.databaseFile).size) return err({ code: 'no-room' })
      removeUnfinished(folder, prefix)
      makePrivate(folder, prefix)
      await from.backUp(path.join(folder, name))
      deleteOld(folder, prefix, name, from.forgetBefore())
      return ok(name)
    } catch (cause) {
      onFault(cause)
      return err({ code: 'not-written' })
    }
  }

  async function make(): Promise<Result<string, BackupFault>> {
    const done = await write()
    const before = state.get()
    if (done.ok) {
      const hasPassword = done.value.endsWith('.hxbackup')
      state.set({ ...before, lastAt: clock(), fault: null, hasPassword })
    } else if (done.error.code !== 'not-live') state.set({ ...before, fault: done.error.code })
    return done
  }

  function makeOnce(): Promise<Result<string, BackupFault>> {
    underWay ??= make().finally(() => {
      underWay = null
    })
    return underWay
  }

  function makeIfDue(): void {
    const { folder, lastAt, fault } = state.get()
    if (folder === null) return
    const age = lastAt === null ? dayMs : clock() - lastAt
    // A negative age means that the clock was set back, which must not delay the next one.
    if (fault !== null || age >= dayMs || age < 0) void makeOnce()
  }

  const timer = isDaily ? setInterval(makeIfDue, dueCheckMs).unref() : undefined
  if (isDaily) setImmediate(makeIfDue)

  return {
    make: makeOnce,
    setFolder: (folder) =>
      state.set({
        ...state.get(),
        folder,
        lastAt: null,
        fault: null,
        isDeclined: folder === null,
      }),
    forgetDecision: () => state.set({ ...state.get(), isDeclined: false }),
    close: () => clearInterval(timer),
  }
}

/** Deletes all but a week's, and of those what is older than the shop keeps personal data. The newest stays. */
function deleteOld(
  folder: string,
  prefix: string,
  newest: string,
  forgetBefore: number | null,
): void {
  const names = backupsIn(readdirSync(folder), prefix)
  const isOld = (name: string): boolean =>
    forgetBefore !== null && statSync(path.join(folder, name)).mtimeMs < forgetBefore
  for (const [at, name] of names.entries())
    if (name !== newest && (at < names.length - keptFiles || isOld(name)))
      rmSync(path.join(folder, name))
}

/** Earlier versions let everybody read their backups. A stick may have no such thing as a mode. */
function makePrivate(folder: string, prefix: string): void {
  for (const name of backupsIn(readdirSync(folder), prefix)) {
    const file = path.join(folder, name)
    try {
      if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
    } catch {
      // Not ours, or on a disk without modes: the backup is made all the same.
    }
  }
}

/** Removes what a process left that ended while it was writing a backup. */
function removeUnfinished(folder: string, prefix: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(prefix) && name.endsWith('.part')) rmSync(path.join(folder, name))
}
