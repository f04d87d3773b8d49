import type { Decision } from './decision.ts'
import { isHeldLikeFinger, type MachineRhythm } from './rhythm.ts'
import { codeOf, textOf, type RunEnd } from './run-outcome.ts'
import type { Press, ScanRun, RunEnding } from './scan-run.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/** Longer than any amount of money that a hand types right before a scan. */
const longestTyped = 12

interface Proof {
  readonly profile: ScannerProfile
  readonly isWholeCode: (text: string) => boolean
}

/**
 * Finds a scan that follows typed keys without a pause, as when one hand types an amount while the other pulls the
 * scanner's trigger. The rhythm cannot tell the hand's last key from a delayed first key of the scanner, so the rest
 * counts as a scan only where its form shows that it is a whole code. Returns `null` where it is unclear at which key
 * the scan begins.
 */
export function scanAfterTyping(
  run: ScanRun,
  verdict: MachineRhythm,
  end: Pick<RunEnd, 'at' | 'terminator'>,
  { profile, isWholeCode }: Proof,
): Decision | null {
  if (run.faults.length > 0 || run.overflowed) return null
  const { presses } = run
  const ending: RunEnding = { at: end.at, gap: null }
  const isHands = (press: Press): boolean => isHeldLikeFinger(press, ending, verdict.holdMs)
  const from = presses.findIndex((press, at) => at >= verdict.foreign && !isHands(press))
  if (from === -1 || from > longestTyped) return null
  const own = presses.slice(from)
  if (own.some((press) => press.foreignShift || isHands(press))) return null
  const code = codeOf(own, verdict.holdMs, end, profile)
  if (code.kind !== 'scan' || !isWholeCode(code.scan.text)) return null
  const typedBefore = textOf(presses.slice(0, from), profile)
  return { kind: 'scan', scan: { ...code.scan, typedBefore } }
}
