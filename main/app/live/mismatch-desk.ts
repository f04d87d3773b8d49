import type { MismatchCode } from '../../contract/mismatch.ts'

/** What was found that does not fit, and who has taken it as it is. Outlives the tills that are opened. */
export interface MismatchDesk {
  /** Says what a check found in the open till: the next opening stops at it. */
  found(code: MismatchCode): void
  foundLater(): MismatchCode | null
  /** An owner takes this as it is, for one opening of the till. */
  take(code: MismatchCode, by: string): void
  /** Returns who does; `null` while nobody does. What was not shown to them is not taken. */
  takenBy(code: MismatchCode): string | null
  /** The opening has ended, with a till or an obstacle. */
  ended(isOpen: boolean): void
}

export function createMismatchDesk(): MismatchDesk {
  let later: MismatchCode | null = null
  let taken: { readonly code: MismatchCode; readonly by: string } | null = null
  return {
    found(code) {
      later = code
    },
    foundLater: () => later,
    take(code, by) {
      taken = { code, by }
    },
    takenBy: (code) => (taken?.code === code ? taken.by : null),
    ended(isOpen) {
      taken = null
      if (isOpen) later = null
    },
  }
}
