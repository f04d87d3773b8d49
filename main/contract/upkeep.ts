import { z } from 'zod'

/** Why no backup was made. Words: `settings.json`, `backup.fault.<code>`. */
export const backupFaults = ['folder-gone', 'no-room', 'not-written', 'not-live'] as const
export const BackupFault = z.enum(backupFaults)
export type BackupFault = z.infer<typeof BackupFault>

/** What this computer knows of its backups. */
export const BackupState = z.object({
  /** Where one is put every day; `null` for nowhere. */
  folder: z.string().nullable(),
  /** Of the last one that was written and found whole, epoch milliseconds. */
  lastAt: z.number().int().nullable(),
  /** Of the last try. */
  fault: BackupFault.nullable(),
})
export type BackupState = z.infer<typeof BackupState>

export const noBackup: BackupState = { folder: null, lastAt: null, fault: null }

/** After this long without one, the till says so: a weekend with the stick pulled out is no alarm. */
export const backupLateMs = 3 * 86_400_000

/** One of a time to come was made while the clock was wrong: how old it is, nobody knows. */
export function isBackupLate({ folder, lastAt }: BackupState, now: number): boolean {
  return folder !== null && (lastAt === null || Math.abs(now - lastAt) > backupLateMs)
}

/** Why a file was not restored. Words: `settings.json`, `restore.fault.<code>`. */
export const restoreFaults = [
  'not-a-backup',
  'damaged',
  'newer-version',
  'other-key',
  /** What is open here is not in the backup: it would be lost. */
  'open-here',
  'not-live',
  'not-written',
] as const
export const RestoreFault = z.enum(restoreFaults)
export type RestoreFault = z.infer<typeof RestoreFault>

/** What a backup would bring back, and what it lacks. */
export const BackupFacts = z.object({
  name: z.string(),
  /** Its last entry, epoch milliseconds; `null` when it is empty. */
  lastAt: z.number().int().nullable(),
  redemptions: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  /** In the records of now, which are put aside. */
  redemptionsHere: z.number().int().nonnegative(),
})
export type BackupFacts = z.infer<typeof BackupFacts>
