import type { Decision } from './decision.ts'
import { isFingers, type Ending, type Machine } from './rhythm.ts'
import { codeOf, textOf, type RunEnd } from './run-outcome.ts'
import type { Press, ScanRun } from './scan-run.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/** Longer than any amount: what a hand types without a pause before a scan. */
const longestTyped = 12

interface Proof {
  readonly profile: ScannerProfile
  readonly isWholeCode: (text: string) => boolean
}

/**
 * The scan that follows a hand's keys without a pause, as when an amount is typed with one hand and the scanner pulled
 * with the other. The rhythm alone cannot tell the hand's last key from a first key of the scanner that came late; so
 * it is a scan only where the rest, by its form, is a whole code. `null`: nobody can say where the scan begins.
 */
export function scanBehindTyping(
  run: ScanRun,
  verdict: Machine,
  end: Pick<RunEnd, 'at' | 'terminator'>,
  { profile, isWholeCode }: Proof,
): Decision | null {
  if (run.faults.length > 0 || run.overflowed) return null
  const { presses } = run
  const ending: Ending = { at: end.at, gap: null }
  const isHands = (press: Press): boolean => isFingers(press, ending, verdict.holdMs)
  const from = presses.findIndex((press, at) => at >= verdict.foreign && !isHands(press))
  if (from === -1 || from > longestTyped) return null
  const own = presses.slice(from)
  if (own.some((press) => press.foreignShift || isHands(press))) return null
  const code = codeOf(own, verdict.holdMs, end, profile)
  if (code.kind !== 'scan' || !isWholeCode(code.scan.text)) return null
  const typedBefore = textOf(presses.slice(0, from), profile)
  return { kind: 'scan', scan: { ...code.scan, typedBefore } }
}
