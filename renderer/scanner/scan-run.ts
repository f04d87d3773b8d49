import type { RejectReason } from './decision.ts'
import { keyId } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'

/** One key of a run: when it went down and up, and what lies between it and the key before. */
export interface Press {
  readonly stroke: KeyStroke
  /** Longest silence since the key before, in which no modifier moved either, ms; 0 for the first key. */
  readonly gap: number
  /** Number of the Alt hold that the key belongs to; the digits of one Alt code share it. 0: Alt was up. */
  readonly altHold: number
  /** Shift was down long before the run: a person's hand, not the scanner's own Shift. */
  readonly foreignShift: boolean
  upAt: number | null
  /** Another key went down while this one was down. Derived from the order of the events, which no delay can change. */
  overlapped: boolean
  withheld: boolean
}

/** More keys than a code can have (an Alt code takes five for a character). Further ones are only counted. */
const maxPresses = 2048
/** A modifier released within this time of its key counts as released with it. */
const togetherMs = 2

/** Keys that followed each other without a pause, and everything that suggests they are not whole. */
export class ScanRun {
  readonly presses: Press[] = []
  /** Time of the latest event that belongs to the run. */
  lastAt: number
  /** What went wrong (lost, doubled or foreign events), in the order noticed; the first is reported. */
  readonly faults: RejectReason[] = []
  /** When keys came up, including those never seen going down. */
  readonly releases: number[] = []
  /** Time of the latest key press, modifier press or modifier release. */
  private beatAt: number
  private pressAt: number
  private releaseAt = Number.NEGATIVE_INFINITY
  private modifiersSincePress: { readonly at: number; readonly up: boolean }[] = []
  private altHold = 0
  private overflow = 0

  constructor(startedAt: number) {
    this.lastAt = startedAt
    this.beatAt = startedAt
    this.pressAt = startedAt
  }

  get startedAt(): number {
    return this.presses[0]?.stroke.at ?? this.lastAt
  }

  get keys(): number {
    return this.presses.length + this.overflow
  }

  /** Whether it has only modifiers so far. */
  get isEmpty(): boolean {
    return this.keys === 0 && !this.faults.includes('input-method')
  }

  get overflowed(): boolean {
    return this.overflow > 0
  }

  get allUp(): boolean {
    return this.presses.every((press) => press.upAt !== null)
  }

  silenceBefore(at: number): number {
    return at - this.beatAt
  }

  /** Returns the `gap` that a key at this time would have. */
  gapBefore(at: number): number {
    let from = this.pressAt
    let longest = 0
    for (const modifier of this.modifiersSincePress) {
      if (modifier.up && Math.abs(modifier.at - this.releaseAt) <= togetherMs) continue
      longest = Math.max(longest, modifier.at - from)
      from = modifier.at
    }
    return Math.max(longest, at - from)
  }

  press(stroke: KeyStroke, foreignShift: boolean): Press {
    if (this.isDown(stroke)) this.fault('repeated-key')
    for (const held of this.presses) held.overlapped ||= held.upAt === null
    const press: Press = {
      stroke,
      gap: this.presses.length === 0 ? 0 : this.gapBefore(stroke.at),
      altHold: stroke.alt ? this.altHold : 0,
      foreignShift,
      upAt: null,
      overlapped: false,
      withheld: false,
    }
    if (this.presses.length < maxPresses) this.presses.push(press)
    else this.overflow += 1
    this.pressAt = stroke.at
    this.modifiersSincePress = []
    this.beat(stroke.at)
    return press
  }

  modifier(stroke: KeyStroke): void {
    const up = stroke.type === 'keyup'
    if (!up && stroke.key === 'Alt') this.altHold += 1
    this.modifiersSincePress.push({ at: stroke.at, up })
    this.beat(stroke.at)
  }

  release(stroke: KeyStroke): void {
    if (this.releases.length < maxPresses) this.releases.push(stroke.at)
    const press = this.downPress(stroke)
    if (press === undefined) return
    press.upAt = stroke.at
    this.releaseAt = stroke.at
    this.lastAt = Math.max(this.lastAt, stroke.at)
  }

  isDown(stroke: KeyStroke): boolean {
    return this.downPress(stroke) !== undefined
  }

  fault(reason: RejectReason): void {
    if (!this.faults.includes(reason)) this.faults.push(reason)
  }

  private beat(at: number): void {
    this.beatAt = at
    this.lastAt = Math.max(this.lastAt, at)
  }

  private downPress(stroke: KeyStroke): Press | undefined {
    const id = keyId(stroke)
    return this.presses.findLast((press) => press.upAt === null && keyId(press.stroke) === id)
  }
}
