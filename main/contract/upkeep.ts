import { z } from 'zod'

/** Why no backup was made. Words: `settings.json`, `backup.fault.<code>`. */
export const backupFaults = ['folder-gone', 'no-room', 'not-written', 'not-live'] as const
export const BackupFault = z.object({ code: z.enum(backupFaults) })
export type BackupFault = z.infer<typeof BackupFault>

/** What is known about the backups of this computer. */
export const BackupState = z.object({
  /** The folder where a backup is made every day; `null` when none is made. */
  folder: z.string().nullable(),
  /** When the last backup was written and passed its check, epoch milliseconds; `null` before the first. */
  lastAt: z.number().int().nullable(),
  /** Why the last attempt failed; `null` when it did not. */
  fault: BackupFault.shape.code.nullable(),
  /** Backups are sealed with a password, so that they open on another computer too. */
  hasPassword: z.boolean().default(false),
  /** An owner has decided that there is none, so that nothing warns of it. */
  isDeclined: z.boolean().default(false),
})
export type BackupState = z.infer<typeof BackupState>

export const noBackup: BackupState = {
  folder: null,
  lastAt: null,
  fault: null,
  hasPassword: false,
  isDeclined: false,
}

/** Why no password was set. Words: `settings.json`, `backup.password.fault.<code>`. */
export const backupPasswordFaults = ['not-live', 'too-weak', 'not-kept'] as const
export const BackupPasswordFault = z.object({ code: z.enum(backupPasswordFaults) })
export type BackupPasswordFault = z.infer<typeof BackupPasswordFault>

/** Why a file was not restored. Words: `settings.json`, `restore.fault.<code>`. */
export const restoreFaults = [
  'not-a-backup',
  'damaged',
  'newer-version',
  /** Another computer made it, without a password. */
  'other-key',
  /** Another computer made it, with a password that has to be entered. */
  'password-needed',
  'wrong-password',
  /** This computer is a till with records of its own, which would no longer open. */
  'records-here',
  /** The till that is set up here redeems for another merchant. */
  'other-merchant',
  /** No owner has confirmed that they are there. */
  'owner-needed',
  /** The keychain did not take the key. */
  'key-not-kept',
  /** Undecided redemptions here would be lost, because the backup does not contain them. */
  'open-here',
  'not-live',
  'not-written',
  'file-not-there',
  // A folder, a link, a device or a pipe.
  'file-not-regular',
  'file-on-network',
  'file-too-large',
  // It takes longer to look through than any backup.
  'file-too-demanding',
] as const
export const RestoreFault = z.object({ code: z.enum(restoreFaults) })
export type RestoreFault = z.infer<typeof RestoreFault>

/** What a backup contains, compared with the present records. */
export const BackupFacts = z.object({
  name: z.string(),
  /** When its last audit row was written, epoch milliseconds; `null` when it is empty. */
  lastAt: z.number().int().nullable(),
  redemptions: z.number().int().nonnegative(),
  waiting: z.number().int().nonnegative(),
  /** How many redemptions the present records contain, which would be set aside. */
  redemptionsHere: z.number().int().nonnegative(),
  /** The till that made it, where that was on another computer. */
  from: z.object({ merchantId: z.string(), tillId: z.string() }).nullable(),
  /** The records of this computer are whole, and the backup only brings back the key that they open with. */
  bringsKeyOnly: z.boolean(),
})
export type BackupFacts = z.infer<typeof BackupFacts>

/** What became of a restore. `keptAs`: where the records of before are kept; `null` where there were none. */
export const Restored = z.object({ keptAs: z.string().nullable() })
export type Restored = z.infer<typeof Restored>

/** Records that an earlier restore put aside on this computer. */
export const SetAside = z.object({
  name: z.string(),
  /** When they were last written, epoch milliseconds. */
  at: z.number().int(),
})
export type SetAside = z.infer<typeof SetAside>
