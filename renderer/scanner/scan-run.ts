import { keyId } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'
import type { RejectReason } from './decision.ts'

/** A key of a run: its going down, its coming up, and what lies between it and the key before. */
export interface Press {
  readonly stroke: KeyStroke
  /** Longest silence since the key before, in which not even a modifier moved, ms; 0 for the first. */
  readonly gap: number
  /** Counts the Alt keys held so far; the digits of one Alt code share a number. 0: Alt is up. */
  readonly altHold: number
  /** Shift was already down long before the run: a hand on the keyboard, not the scanner's own Shift. */
  readonly foreignShift: boolean
  upAt: number | null
  withheld: boolean
}

/** More keys than a code can have (an Alt code takes five a character): beyond, only their number is kept. */
const maxPresses = 2048

/** Keys that followed each other without a pause, with everything that speaks against their being whole. */
export class ScanRun {
  readonly presses: Press[] = []
  /** Time of the latest event that belongs to the run. */
  lastAt: number
  /** Lost, doubled or foreign events, in the order noticed; the first is the one reported. */
  readonly faults: RejectReason[] = []
  private beatAt: number
  private longestSilence = 0
  private altHold = 0
  private overflow = 0

  constructor(startedAt: number) {
    this.lastAt = startedAt
    this.beatAt = startedAt
  }

  get startedAt(): number {
    return this.presses[0]?.stroke.at ?? this.lastAt
  }

  get keys(): number {
    return this.presses.length + this.overflow
  }

  get overflowed(): boolean {
    return this.overflow > 0
  }

  /** Silence before `at`, counted from the last beat. */
  silenceBefore(at: number): number {
    return at - this.beatAt
  }

  press(stroke: KeyStroke, foreignShift: boolean): Press {
    const twin = this.downPress(stroke)
    if (twin !== undefined) this.fault('repeated-key')
    const press: Press = {
      stroke,
      gap: this.presses.length === 0 ? 0 : this.gapBefore(stroke.at),
      altHold: stroke.alt ? this.altHold : 0,
      foreignShift,
      upAt: null,
      withheld: false,
    }
    if (this.presses.length < maxPresses) this.presses.push(press)
    else this.overflow += 1
    this.beat(stroke.at)
    this.longestSilence = 0
    return press
  }

  modifier(stroke: KeyStroke): void {
    if (stroke.type === 'keydown' && stroke.key === 'Alt') this.altHold += 1
    this.beat(stroke.at)
  }

  /** Returns the press that ends here; `undefined` when its beginning was never seen. */
  release(stroke: KeyStroke): Press | undefined {
    this.lastAt = Math.max(this.lastAt, stroke.at)
    const press = this.downPress(stroke)
    if (press !== undefined) press.upAt = stroke.at
    return press
  }

  fault(reason: RejectReason): void {
    this.faults.push(reason)
  }

  /** The `gap` that a key at this time would have. */
  gapBefore(at: number): number {
    return Math.max(this.longestSilence, this.silenceBefore(at))
  }

  private beat(at: number): void {
    this.longestSilence = this.gapBefore(at)
    this.beatAt = at
    this.lastAt = Math.max(this.lastAt, at)
  }

  private downPress(stroke: KeyStroke): Press | undefined {
    const id = keyId(stroke)
    return this.presses.findLast((press) => press.upAt === null && keyId(press.stroke) === id)
  }
}
