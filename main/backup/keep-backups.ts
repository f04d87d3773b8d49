import { existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { err, ok, type Result } from '../contract/result.ts'
import type { BackupFault, BackupState } from '../contract/upkeep.ts'
import { backupsIn, nextBackupName } from './backup-names.ts'

/** What is backed up: the open live till. */
export interface BackupSource {
  readonly tillId: string
  readonly databaseFile: string
  /** Throws when the file cannot be written or is not whole. */
  backUp(file: string): Promise<void>
}

interface BackupParts {
  readonly state: { get(): BackupState; set(state: BackupState): void }
  /** `null` where no live till is open. */
  readonly source: () => BackupSource | null
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly onFault: (cause: unknown) => void
}

export interface Backups {
  /** Makes one now. */
  make(): Promise<Result<string, BackupFault>>
  /** Begins to make one a day in this folder; `null` ends it. */
  setFolder(folder: string | null): void
  close(): void
}

const dayMs = 86_400_000
const lookAgainMs = 3_600_000
/** A week, one a day. */
const keptFiles = 7

/** Keeps copies of the till's records in a folder that a person chose: a stick, a network share. */
export function keepBackups({ state, source, clock, onFault }: BackupParts): Backups {
  let underWay: Promise<Result<string, BackupFault>> | null = null

  async function write(): Promise<Result<string, BackupFault>> {
    const { folder } = state.get()
    const from = source()
    if (from === null) return err('not-live')
    if (folder === null || !existsSync(folder)) return err('folder-gone')
    const prefix = `hexiao-till-${from.tillId}-`
    try {
      const name = nextBackupName(readdirSync(folder), prefix, clock())
      const { bavail, bsize } = statfsSync(folder)
      if (bavail * bsize < 2 * statSync(from.databaseFile).size) return err('no-room')
      removeUnfinished(folder, prefix)
      await from.backUp(path.join(folder, name))
      prune(folder, prefix)
      return ok(name)
    } catch (cause) {
      onFault(cause)
      return err('not-written')
    }
  }

  async function make(): Promise<Result<string, BackupFault>> {
    const done = await write()
    const { folder, lastAt } = state.get()
    if (done.ok) state.set({ folder, lastAt: clock(), fault: null })
    else if (done.error !== 'not-live') state.set({ folder, lastAt, fault: done.error })
    return done
  }

  function makeOnce(): Promise<Result<string, BackupFault>> {
    underWay ??= make().finally(() => {
      underWay = null
    })
    return underWay
  }

  function makeDue(): void {
    const { folder, lastAt, fault } = state.get()
    if (folder === null) return
    const age = lastAt === null ? dayMs : clock() - lastAt
    // A clock set back must not put the next one off.
    if (fault !== null || age >= dayMs || age < 0) void makeOnce()
  }

  const timer = setInterval(makeDue, lookAgainMs)
  timer.unref()
  setImmediate(makeDue)

  return {
    make: makeOnce,
    setFolder: (folder) => state.set({ folder, lastAt: null, fault: null }),
    close: () => clearInterval(timer),
  }
}

function prune(folder: string, prefix: string): void {
  for (const name of backupsIn(readdirSync(folder), prefix).slice(0, -keptFiles))
    rmSync(path.join(folder, name))
}

/** What an end of the process in the middle of writing left behind. */
function removeUnfinished(folder: string, prefix: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(prefix) && name.endsWith('.part')) rmSync(path.join(folder, name))
}
