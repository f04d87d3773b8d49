import { type KeyEscrow, openEscrow } from '../backup/key-escrow.ts'
import { openSealedBackup } from '../backup/sealed-backup.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { RestoreFault } from '../contract/upkeep.ts'

/** What a sealed backup is opened with: the till's own data key, or the password. */
export type BackupKey =
  | { readonly dataKey: Uint8Array }
  | { readonly escrow: KeyEscrow; readonly password: string }

/** What came out of a sealed backup beside the database. */
export interface OpenedBackup {
  readonly dataKey: Uint8Array
  /** JSON, as the till that made it wrote it. */
  readonly carried: string
}

/** Decrypts a sealed backup into `to`. Fails on a wrong password, and on a file that is not whole. */
export async function openSealed(
  file: string,
  key: BackupKey,
  to: string,
): Promise<Result<OpenedBackup, RestoreFault>> {
  const dataKey = 'dataKey' in key ? key.dataKey : await openEscrow(key.escrow, key.password)
  if (dataKey === null) return err({ code: 'wrong-password' })
  const opened = await openSealedBackup(file, dataKey, to)
  return opened.ok ? ok({ dataKey: new Uint8Array(dataKey), carried: opened.value }) : opened
}
