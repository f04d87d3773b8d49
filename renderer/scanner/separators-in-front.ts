import type { KeyStroke } from './key-stroke.ts'
import { nameOf } from './read-key.ts'
import { fragmentMs } from './scan-fragment.ts'
import type { ScanRun } from './scan-run.ts'
import type { StrokeRole } from './stroke-role.ts'

/**
 * A group separator in front of a code is taken off, so it does not matter who pressed F8: a scanner as a part of its code,
 * or a person who then scanned. It may have a hand's rhythm, so it is not judged together with the scan.
 */
export function forgetSeparators(
  runs: readonly (ScanRun | null)[],
  next: KeyStroke,
  role: StrokeRole,
): void {
  const isOfCode = role.kind === 'character' || role.kind === 'modifier'
  if (!isOfCode || isSeparatorKey(next)) return
  for (const run of runs) if (run !== null && isOnlySeparators(run)) run.forgetPresses()
}

/** Some scanners type F8 for the group separator, and people press it for what it does in the program. */
function isSeparatorKey(stroke: KeyStroke): boolean {
  const { ctrl, alt, meta, shift } = stroke
  return nameOf(stroke) === 'F8' && !ctrl && !alt && !meta && !shift
}

/** Whether the run is nothing but separators so far. What came shortly before may be a piece of the same scan. */
function isOnlySeparators(run: ScanRun): boolean {
  return (
    run.keys > 0 &&
    run.faults.length === 0 &&
    run.quietMs > fragmentMs &&
    run.presses.every((press) => isSeparatorKey(press.stroke))
  )
}
