import path from 'node:path'
import type { Backups } from '../backup/daily-backups.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type {
  BackupFacts,
  BackupFault,
  BackupPasswordFault,
  Restored,
  RestoreFault,
  SetAside,
} from '../contract/upkeep.ts'
import { makeRecoveryCode } from '../shop/recovery-code.ts'
import { putInPlace } from '../store/backup.ts'
import { restoredOver } from '../store/files-beside.ts'
import type { Arrival } from './live/arrival.ts'
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
  suggestPassword(): string
  /** From now on backups open with this password on any computer; the next is made at once where there is a folder. */
  setPassword(password: string): Promise<Result<null, BackupPasswordFault>>
  /** Asks for a backup and returns what restoring it would bring back; `null` when the dialog was cancelled. */
  choose(): Promise<Result<BackupFacts | null, RestoreFault>>
  /** Opens the chosen backup of another computer. */
  unlock(password: string): Promise<Result<BackupFacts, RestoreFault>>
  /** Records that restores have put aside on this computer, newest first. */
  setAside(): SetAside[]
  chooseSetAside(name: string): Promise<Result<BackupFacts, RestoreFault>>
  /** Replaces the records by the backup that was chosen, and opens the till anew. */
  restore(): Promise<Result<Restored, RestoreFault>>
}

interface BackupOrderParts {
  readonly backups: Pick<Backups, 'make' | 'setFolder' | 'forgetDecision'>
  readonly files: BackupFiles
  /** `null` where no live till is open. */
  readonly live: () => BackedUpTill | null
  /** Takes backups of other computers. */
  readonly arrival: Arrival
  /** Whether backups are made at all. */
  readonly hasFolder: () => boolean
  /** Closes the till, runs `meanwhile`, and opens the till anew. */
  readonly reopen: (meanwhile: () => void) => Promise<void>
  /** What the snapshot says of backups has changed. */
  readonly onChange: () => void
  /** What the disk threw. */
  readonly onFault: (cause: unknown) => void
}

interface Chosen {
  /** `locked`: another computer's, whose password was not entered yet; `arrived`: it was. */
  readonly kind: 'own' | 'locked' | 'arrived'
  readonly name: string
}

export function createBackupOrders(parts: BackupOrderParts): BackupOrders {
  const { backups, files } = parts
  /** Which backup a person was shown and has yet to confirm, or to open: that is the one that they mean. */
  let chosen: Chosen | null = null

  async function inspect(file: string): Promise<Result<BackupFacts, RestoreFault>> {
    chosen = null
    const name = path.basename(file)
    const live = parts.live()
    if (live !== null) {
      const facts = await live.inspect(file)
      if (facts.ok) {
        chosen = { kind: 'own', name }
        const { end: _, ...shown } = facts.value
        return ok({ name, ...shown, from: null, bringsKeyOnly: false })
      }
      if (facts.error.code !== 'password-needed') return facts
    }
    const taken = await parts.arrival.take(live?.copiedFile ?? file)
    if (!taken.ok) return taken
    chosen = { kind: 'locked', name }
    return err({ code: 'password-needed' })
  }

  async function restoreOwn(): Promise<Result<Restored, RestoreFault>> {
    const live = parts.live()
    if (!live) return err({ code: 'not-live' })
    // Inspected again: a scan may have come in since a person saw the result.
    const facts = await live.inspectAgain()
    if (!facts.ok) return facts
    const announced = await live.announce(facts.value)
    if (!announced.ok) return announced
    let keptAs = ''
    try {
      await parts.reopen(() => {
        keptAs = putInPlace(live.copiedFile, live.databaseFile)
      })
    } catch (cause) {
      parts.onFault(cause)
      return err({ code: 'not-written' })
    }
    return ok({ keptAs })
  }

  async function restoreArrived(): Promise<Result<Restored, RestoreFault>> {
    const decided = await parts.arrival.decide()
    if (!decided.ok) return decided
    backups.forgetDecision()
    await parts.reopen(() => undefined)
    return ok({ keptAs: null })
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
    suggestPassword: makeRecoveryCode,
    async setPassword(password) {
      const set = (await parts.live()?.password.set(password)) ?? err({ code: 'not-live' })
      if (set.ok) parts.onChange()
      // Its outcome is on the screen like that of every other backup.
      if (set.ok && parts.hasFolder()) await backups.make()
      return set
    },
    async choose() {
      const file = await files.choose()
      return file === null ? ok(null) : inspect(file)
    },
    async unlock(password) {
      if (chosen?.kind !== 'locked') return err({ code: 'not-a-backup' })
      const { name } = chosen
      const facts = await parts.arrival.open(password)
      if (!facts.ok) return facts
      chosen = { kind: 'arrived', name }
      return ok({ name, ...facts.value })
    },
    setAside() {
      const live = parts.live()
      return live === null ? [] : restoredOver(live.databaseFile)
    },
    async chooseSetAside(name) {
      const live = parts.live()
      if (live === null) return err({ code: 'not-live' })
      const isThere = restoredOver(live.databaseFile).some((each) => each.name === name)
      if (!isThere) return err({ code: 'file-not-there' })
      return inspect(path.join(path.dirname(live.databaseFile), name))
    },
    async restore() {
      const confirmed = chosen
      chosen = null
      if (confirmed?.kind === 'own') return restoreOwn()
      return confirmed?.kind === 'arrived' ? restoreArrived() : err({ code: 'not-a-backup' })
    },
  }
}
