import type { MismatchCode } from '../contract/mismatch.ts'
import type { Anchor } from './anchor.ts'

/** What was found in the database. */
export interface FoundDatabase {
  /** What vouches in the file for staff, settings and shifts; `null` in a file that never had it. */
  readonly seal: FoundSeal | 'unreadable' | null
  /** Which of these differ from what the seal vouches for. */
  readonly changed: readonly ('staff' | 'settings' | 'shifts' | 'bookings')[]
  /** Digests of what staff and settings say. */
  readonly staff: string
  readonly settings: string
  /** How many rows the audit chain has. */
  readonly rows: number
  /** Whether the audit chain goes through this point, and on from there unbroken. */
  readonly follows: (point: Anchor['audit']) => boolean
  /** The program itself has just saved what could be read of a damaged file. */
  readonly isRescued: boolean
}

interface FoundSeal {
  readonly databaseId: string
  readonly generation: number
  /** An anchor was in the keychain. */
  readonly isAnchored: boolean
}

/** Returns what does not fit; `null` where the database is the one that the anchor knows, as it was or newer. */
export function mismatchOf(anchor: Anchor | null, found: FoundDatabase): MismatchCode | null {
  if (anchor === null) {
    const wasAnchored = found.seal === 'unreadable' || found.seal?.isAnchored === true
    return wasAnchored ? 'anchor-missing' : changedPart(found)
  }
  const mismatch = mismatchWith(anchor, found)
  return mismatch !== null && isAwaited(anchor, found) ? changedPart(found) : mismatch
}

function mismatchWith(anchor: Anchor, found: FoundDatabase): MismatchCode | null {
  const { seal, isRescued } = found
  if (!isRescued && !found.follows(anchor.audit))
    return found.rows < anchor.audit.rows ? 'older-records' : 'tampered-records'
  if (seal === null || seal === 'unreadable') {
    if (!isRescued) return seal === null ? 'other-database' : 'tampered-staff'
    return differingPart(anchor, found)
  }
  if (seal.databaseId !== anchor.databaseId) return 'other-database'
  const changed = changedPart(found)
  if (changed !== null || seal.generation >= anchor.generation) return changed
  // A damaged log may have cost the newest writes, such as a sign-in; what staff and settings say is still there.
  const differing = differingPart(anchor, found)
  return isRescued ? differing : (differing ?? 'older-records')
}

/** Whether this is the backup that a person is restoring; the till may have begun to write to it. */
function isAwaited({ restoring }: Anchor, { follows }: FoundDatabase): boolean {
  return restoring !== null && follows(restoring)
}

function changedPart({ changed, isRescued }: FoundDatabase): MismatchCode | null {
  if (changed.includes('staff')) return 'tampered-staff'
  if (changed.includes('settings')) return 'tampered-settings'
  if (changed.includes('shifts')) return 'tampered-records'
  // Like redemptions, some may be in the damaged part: the notice of the rescue tells of that.
  return changed.includes('bookings') && !isRescued ? 'tampered-records' : null
}

function differingPart(anchor: Anchor, found: FoundDatabase): MismatchCode | null {
  if (found.staff !== anchor.staff) return 'tampered-staff'
  return found.settings === anchor.settings ? null : 'tampered-settings'
}
