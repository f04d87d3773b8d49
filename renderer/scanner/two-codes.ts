import type { Scan } from './decision.ts'
import type { MachineRhythm } from './rhythm.ts'
import { codeOf } from './run-outcome.ts'
import type { ScanRun } from './scan-run.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/** Splits two codes without terminators at the pause between them, where the form of each shows that it is whole. */
export function twoCodes(
  run: ScanRun,
  verdict: MachineRhythm,
  profile: ScannerProfile,
  isWholeCode: (text: string) => boolean,
): readonly Scan[] {
  const own = run.presses.slice(verdict.foreign)
  const pause = Math.max(...own.map((press) => press.gap))
  if (pause <= longestOwnGapMs(verdict.gapMs)) return []
  const at = own.findIndex((press) => press.gap === pause)
  const codes = [own.slice(0, at), own.slice(at)].flatMap((presses) => {
    const end = { at: presses.at(-1)?.upAt ?? run.lastAt, terminator: 'none' } as const
    const code = codeOf(presses, verdict.holdMs, end, profile)
    return code.kind === 'scan' && isWholeCode(code.scan.text) ? [code.scan] : []
  })
  return codes.length === 2 ? codes : []
}

/** Longest gap, ms, that counts as no pause at this pace. */
export function longestOwnGapMs(gapMs: number): number {
  return gapMs * 3 + 15
}
