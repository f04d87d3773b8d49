import type { KeyStroke } from './key-stroke.ts'
import type { KeyTarget } from './lone-keys.ts'
import type { ScanRun } from './scan-run.ts'
import { longestGapMs, type ScannerProfile } from './scanner-profile.ts'

interface AmountSituation {
  readonly target: () => KeyTarget
  /** Whether digits that a person types there are the order's total. */
  readonly takesAmount: () => boolean
}

/** Whether this key, the latest of the run, may be a person's amount. It is kept from the page until that is known. */
export function isOfAmount(
  stroke: KeyStroke,
  run: ScanRun,
  { target, takesAmount }: AmountSituation,
  profile: ScannerProfile,
): boolean {
  if (stroke.ctrl || stroke.alt || stroke.meta || stroke.composing) return false
  if (run.keys > 1) return run.isAmount
  // A scanner as slow as a hand makes a run of each key: its first digits would open the amount.
  const isSlowScanner = (profile.rhythm?.gapMs ?? 0) > longestGapMs(profile)
  run.isAmount =
    /^[\d.]$/u.test(stroke.key) && !isSlowScanner && takesAmount() && target() === 'none'
  return run.isAmount
}
