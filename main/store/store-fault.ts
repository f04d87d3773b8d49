import { err, ok, type Result } from '../contract/result.ts'
import type { NotSaved } from '../redemption/ports.ts'

/** Why the till's file cannot be used now. None of these is repaired by trying again at once. */
export interface StoreFault {
  readonly code:
    /** The folder or the file may not be written: rights, a read-only disk. */
    | 'not-writable'
    | 'disk-full'
    /** Another program holds the file: a second till, a backup, a database tool. */
    | 'locked'
    /** Written by a newer version of this program. */
    | 'from-newer-version'
    /** The operating system cannot read or write the disk. */
    | 'disk-failing'
    /** The file's content is not what it was; what can be read is saved by `rescue.ts`. */
    | 'damaged'
  readonly cause: unknown
}

/** The file was written by a newer version of this program; an older one must not touch it. */
export class DatabaseFromFutureError extends Error {}

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

/** By the first words of SQLite's result code: the rest of it says where it happened. */
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

/** What SQLite or the file system threw, as a value; `undefined` for a mistake of the program. */
export function storeFaultOf(error: unknown): StoreFault | undefined {
  if (error instanceof DatabaseFromFutureError) return { code: 'from-newer-version', cause: error }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return undefined
  const { code: thrown } = error
  const code =
    bySystemCode[thrown] ?? bySqliteCode.find(([prefix]) => thrown.startsWith(prefix))?.[1]
  return code && { code, cause: error }
}

const notSaved: Partial<Record<StoreFault['code'], NotSaved['reason']>> = {
  'disk-full': 'not-saved-disk-full',
  locked: 'not-saved-file-locked',
  'not-writable': 'not-saved',
  'disk-failing': 'not-saved',
}

/** Writes. What a till has to live with becomes a value; a mistake of the program, a duplicate number above all, throws. */
export function saving(write: () => void): Result<void, NotSaved> {
  try {
    return ok(write())
  } catch (error) {
    const code = storeFaultOf(error)?.code
    const reason = code && notSaved[code]
    if (reason === undefined) throw error
    return err({ reason, cause: error })
  }
}

/** What was to be written goes against what the file already holds. */
export function isConflict(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_CONSTRAINT')
  )
}
