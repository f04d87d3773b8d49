import type { LearntRhythm } from './scanner-profile.ts'
import { median } from './statistics.ts'

/** After so many scans of one rhythm it counts as known; no more are remembered. */
const enoughScans = 3
const rememberedScans = 12

/**
 * The rhythm of the scanner in use, learnt from scans that were read beyond doubt. A known rhythm is recognised also
 * where a busy computer blurs it. It cannot make a wrong code right, for the keys must be whole all the same.
 */
export class RhythmMemory {
  private readonly scans: LearntRhythm[] = []
  private known: LearntRhythm | null

  constructor(known: LearntRhythm | null) {
    this.known = known
  }

  get learnt(): LearntRhythm | null {
    return this.known
  }

  heard(scan: LearntRhythm): void {
    this.scans.push(scan)
    if (this.scans.length > rememberedScans) this.scans.shift()
    const alike = this.scans.filter((each) => isAlike(each, scan))
    if (alike.length < enoughScans) return
    this.known = {
      gapMs: median(alike.map((each) => each.gapMs)),
      holdMs: median(alike.map((each) => each.holdMs)),
    }
  }
}

/** Whether they are within a fifth of each other, or within what a clock of whole milliseconds blurs. */
export function isAlike(a: LearntRhythm, b: LearntRhythm): boolean {
  return isNear(a.gapMs, b.gapMs) && isNear(a.holdMs, b.holdMs)
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(Math.max(a, b) * 0.2, 2)
}
