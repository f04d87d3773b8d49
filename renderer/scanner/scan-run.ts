import type { RejectReason } from './decision.ts'
import { keyId } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'

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
  /** Another key went down while this one was. Said by the order of the events, which no delay can turn round. */
  overlapped: boolean
  withheld: boolean
}

/** More keys than a code can have (an Alt code takes five a character): beyond, only their number is kept. */
const maxPresses = 2048
/** A modifier that comes up this close to its key comes up with it: no beat of its own. */
const togetherMs = 2

/** Keys that followed each other without a pause, with everything that speaks against their being whole. */
export class ScanRun {
  readonly presses: Press[] = []
  /** Time of the latest event that belongs to the run. */
  lastAt: number
  /** Lost, doubled or foreign events, in the order noticed; the first is the one reported. */
  readonly faults: RejectReason[] = []
  /** When keys came up, those included that were never seen to go down. */
  readonly releases: number[] = []
  /** The last key or modifier to go down, or modifier to come up. */
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

  /** Nothing but modifiers so far. */
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

  /** The `gap` that a key at this time would have. */
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
