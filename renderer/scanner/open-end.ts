import type { Scan } from './decision.ts'
import { keyId } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'
import { fingerHoldMs } from './rhythm.ts'
import type { ScanRun, RunEnding } from './scan-run.ts'
import type { StrokeRole } from './stroke-role.ts'
import { type Unevenness, unevennessOf } from './two-sources.ts'

/** A key still down at the terminator gets this long to come up, ms: a scanner's does, a finger's does not. */
const liftMs = 40
/** The other of two scanners goes on within its own pace, ms. Nobody scans again so soon. */
const goingOnMs = 60

/** A scan whose terminator came, and that is not told yet because something may still speak against it. */
export class OpenEnd {
  readonly run: ScanRun
  private readonly ending: RunEnding
  readonly terminator: Scan['terminator']
  /** Its keys may be those of two scanners: then one of them goes on behind the terminator of the other. */
  private readonly unevenness: Unevenness
  private waitsFrom: number
  private next: KeyStroke | null = null
  private isDecided = false

  /** `isProven`: the form of its code speaks for one scanner. */
  constructor(run: ScanRun, ending: RunEnding, terminator: Scan['terminator'], isProven: boolean) {
    this.run = run
    this.ending = ending
    this.waitsFrom = ending.at
    this.terminator = terminator
    const unevenness = unevennessOf(run, ending)
    // Digits of two may add up to a proven form, but not so evenly.
    this.unevenness = isProven && unevenness === 'slight' ? 'none' : unevenness
  }

  private get mayGoOn(): boolean {
    return this.unevenness !== 'none'
  }

  /** When it is told at the latest. */
  get dueAt(): number {
    if (this.next !== null) return this.next.at + fingerHoldMs
    return this.waitsFrom + (this.run.allUp && this.mayGoOn ? goingOnMs : liftMs)
  }

  /** Whether nothing is left to wait for. */
  get isSettled(): boolean {
    return this.run.allUp && (!this.mayGoOn || this.isDecided || this.run.faults.length > 0)
  }

  endAt(now: number): RunEnding {
    return { ...this.ending, at: Math.max(now, this.ending.at) }
  }

  /** Whether the character kept back is another scanner's. */
  get isOfOther(): boolean {
    return this.run.faults.includes('two-sources')
  }

  /** A character that came before the scan was told, and was kept from the page meanwhile; `null`: none. */
  get keptBack(): KeyStroke | null {
    return this.next
  }

  /**
   * A key goes down before it is told. Returns whether to keep the key from the page: a finger may have pressed it, or another scanner,
   * which shows only when it comes up.
   */
  press(stroke: KeyStroke, role: StrokeRole): boolean {
    if (role.kind === 'terminator') {
      if (this.run.isDown(stroke)) this.run.fault('repeated-key')
      // Each of two scanners sends its own, of which a line feed (Ctrl+J) is the second half.
      else if (this.unevenness === 'throughout' && !stroke.ctrl) this.run.fault('two-sources')
    }
    if (stroke.key === 'Shift') this.waitsFrom = stroke.at
    if (role.kind !== 'character' || !this.mayGoOn || stroke.at > this.dueAt) return false
    if (this.next === null && !stroke.ctrl && !stroke.alt && !stroke.meta) {
      this.next = stroke
      return true
    }
    this.run.fault('two-sources')
    return false
  }

  /** A key comes up before it is told. */
  release(stroke: KeyStroke): void {
    // The timer that would have told it may run late.
    const isFinger = stroke.at > this.ending.at + liftMs && this.run.isDown(stroke)
    if (isFinger) this.run.fault('mixed-with-typing')
    this.run.release(stroke)
    if (this.next === null || keyId(this.next) !== keyId(stroke)) return
    if (stroke.at - this.next.at < fingerHoldMs) this.run.fault('two-sources')
    this.isDecided = true
  }
}
