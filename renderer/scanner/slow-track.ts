import type { RejectReason } from './decision.ts'
import type { KeyStroke } from './key-stroke.ts'
import { ScanRun } from './scan-run.ts'
import { longestHiccupMs, longestSlowGapMs } from './scanner-profile.ts'
import { hasSlowPace, isClearlyHand, quickestSlowMs } from './slow-rhythm.ts'
import { median } from './statistics.ts'

/**
 * Collects keys as runs with longer gaps than the decoder's own: a scanner at 150 ms per key makes a run of each of its keys, and only
 * all of them together show its even pace.
 */
export class SlowTrack {
  private current: ScanRun | null = null

  /** Returns the run that a key at this time would continue; `null` when none is under way. */
  runAt(at: number): ScanRun | null {
    const run = this.current
    if (run === null) return null
    const silence = run.silenceBefore(at)
    if (silence <= longestSlowGapMs) return run
    return silence <= longestHiccupMs && hasSlowPace(run) ? run : null
  }

  /** `quietMs`: silence before a run that begins with this event. */
  press(stroke: KeyStroke, foreignShift: boolean, quietMs: number): void {
    this.runFor(stroke, quietMs).press(stroke, foreignShift)
  }

  modifier(stroke: KeyStroke, quietMs: number): void {
    if (stroke.type === 'keydown') this.runFor(stroke, quietMs).modifier(stroke)
    else this.current?.modifier(stroke)
  }

  other(stroke: KeyStroke): void {
    this.runAt(stroke.at)?.other(stroke)
  }

  release(stroke: KeyStroke): void {
    this.current?.release(stroke)
  }

  fault(reason: RejectReason): void {
    if (this.current?.isEmpty === false) this.current.fault(reason)
  }

  /** Whether the keys collected so far may still be a slow scanner's. */
  get mayBecomeScan(): boolean {
    return this.current !== null && !isClearlyHand(this.current)
  }

  /** Whether this run is one stretch of a slow scan that goes on. */
  holds(run: ScanRun): boolean {
    if (!this.mayBecomeScan || this.current === null || this.current.keys < run.keys) return false
    if (run.faults.includes('input-method')) return false
    return run.keys < 3 || median(run.presses.slice(1).map((press) => press.gap)) > quickestSlowMs
  }

  /** Returns the run that was over at this time, and forgets it; `null` while one goes on. */
  takeEnded(now: number): ScanRun | null {
    return this.runAt(now) === null ? this.take() : null
  }

  /** Returns the run under way, and forgets it; `null` when none is. */
  take(): ScanRun | null {
    const run = this.current
    this.current = null
    return run
  }

  clear(): void {
    this.current = null
  }

  private runFor({ at }: KeyStroke, quietMs: number): ScanRun {
    this.current = this.runAt(at) ?? new ScanRun(at, quietMs)
    return this.current
  }
}
