import { err, ok, type Result } from '../contract/result.ts'
import type { WriteFault } from '../redemption/ports.ts'

/** Why the till's file cannot be used now. Trying again at once repairs none of these. */
export interface StoreFault {
  readonly code:
    /** The folder or the file may not be written: missing permission, or a read-only disk. */
    | 'not-writable'
    | 'disk-full'
    /** Another program holds the file: a second till, a backup, a database tool. */
    | 'locked'
    /** Written by a newer version of this program. */
    | 'from-newer-version'
    /** The operating system cannot read or write the disk. */
    | 'disk-failing'
    /** The file's content was changed by a defect; `rescue.ts` saves what can be read. */
    | 'damaged'
    /** It has tables, triggers or views that no till makes, or lacks some. Nothing of it was read or written. */
    | 'schema-changed'
  /** What SQLite or the file system threw. */
  readonly cause: unknown
}

/** The file was written by a newer version of this program; an older one must not touch it. */
export class NewerSchemaError extends Error {}

/** The file's schema is not what this program makes. */
export class ForeignSchemaError extends Error {}

const bySystemCode: Readonly<Record<string, StoreFault['code']>> = {
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
  ENOTDIR: 'not-writable',
  EISDIR: 'not-writable',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EIO: 'disk-failing',
}

/** By the beginning of SQLite's result code; the rest of the code only tells where it happened. */
const bySqliteCode: readonly (readonly [string, StoreFault['code']])[] = [
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_PROTOCOL', 'locked'],
  ['SQLITE_READONLY', 'not-writable'],
  ['SQLITE_CANTOPEN', 'not-writable'],
  ['SQLITE_PERM', 'not-writable'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_IOERR', 'disk-failing'],
]

/** Returns the fault for an error of SQLite or the file system; `null` for any other error, which is a bug. */
export function storeFaultOf(error: unknown): StoreFault | null {
  if (error instanceof NewerSchemaError) return { code: 'from-newer-version', cause: error }
  if (error instanceof ForeignSchemaError) return { code: 'schema-changed', cause: error }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  const { code: thrown } = error
  const code =
    bySystemCode[thrown] ?? bySqliteCode.find(([prefix]) => thrown.startsWith(prefix))?.[1]
  return code === undefined ? null : { code, cause: error }
}

const notSaved: Partial<Record<StoreFault['code'], WriteFault['code']>> = {
  'disk-full': 'not-saved-disk-full',
  locked: 'not-saved-file-locked',
  'not-writable': 'not-saved',
  'disk-failing': 'not-saved',
}

/**
 * Calls `write`. Fails when the disk or another program prevents it. Every other error is thrown: it is a bug, such as
 * a request number that is used twice, or a damaged file.
 */
export function saving(write: () => void): Result<void, WriteFault> {
  try {
    return ok(write())
  } catch (error) {
    const fault = storeFaultOf(error)
    const code = fault === null ? undefined : notSaved[fault.code]
    if (code === undefined) throw error
    return err({ code, cause: error })
  }
}

/** Whether the error is a violated constraint: what was to be written contradicts what is in the file. */
export function isConflict(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_CONSTRAINT')
  )
}
