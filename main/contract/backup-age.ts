import type { BackupState } from './upkeep.ts'

/**
 * The till warns after this long without a backup. It is longer than a weekend during which the USB stick was removed.
 */
export const backupLateMs = 3 * 86_400_000

/**
 * Whether records are there, from the first coupon on, and no copy of them is made though nobody has decided that: on a
 * till that was never told where, or that came from another computer.
 */
export function isBackupMissing({ folder, isDeclined }: BackupState, hasRecords: boolean): boolean {
  return folder === null && !isDeclined && hasRecords
}

/** Whether the last backup is too old. One whose time is far in the future counts as well: its age is not known. */
export function isBackupLate({ folder, lastAt }: BackupState, now: number): boolean {
  return folder !== null && (lastAt === null || Math.abs(now - lastAt) > backupLateMs)
}
