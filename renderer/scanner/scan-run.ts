import type { RejectReason } from './decision.ts'
import { keyId } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'
import { type Flow, noFlow } from './key-flow.ts'
import { ModifierWatch } from './modifier-watch.ts'

/** One key of a run: when it went down and up, and what lies between it and the key before. */
export interface Press {
  readonly stroke: KeyStroke
  /** Longest silence since the key before, in which no modifier moved either, ms; 0 for the first key. */
  readonly gap: number
  /** Number of the Alt hold that the key belongs to; the digits of one Alt code share it. 0: Alt was up. */
  readonly altHold: number
  /** Shift was down long before the run: a person's hand, not the scanner's own Shift. */
  readonly foreignShift: boolean
  /** How often the scanner pressed Caps Lock before this key. */
  capsToggles: number
  /** The events that came without a pause around it. */
  readonly flow: Flow
  /** How many keys had come up when this one went down. */
  readonly releasesBefore: number
  upAt: number | null
  /** Another key went down while this one was down. Derived from the order of the events, which no delay can change. */
  overlapped: boolean
  withheld: boolean
}

/** When a run ended, and the gap before its terminator (`null`: it had none). */
export interface RunEnding {
  readonly at: number
  readonly gap: number | null
}

/** Returns for how long keys were down, ms, of those that came up. */
export function holdTimes(presses: readonly Press[]): number[] {
  return presses.flatMap((press) => (press.upAt === null ? [] : [press.upAt - press.stroke.at]))
}

/** More keys than a code can have (an Alt code takes five for a character). Further ones are only counted. */
const maxPresses = 2048
/** A modifier released within this time of its key counts as released with it. */
const togetherMs = 2
/** On a busy computer an input method passes keys on so much later than they were pressed, ms. */
const passedOnMs = 250

/** Keys that followed each other without a pause, and everything that suggests they are not whole. */
export class ScanRun {
  readonly presses: Press[] = []
  /** Those of its keys that have not come up, in the order in which they went down. */
  private readonly down: Press[] = []
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
  private liftedPresses = 0
  readonly modifiers = new ModifierWatch()
  /** It began with a digit where an amount may be typed, so that all its keys are hidden from the page. */
  isAmount = false
  /** The latest key that is neither a character nor a modifier (arrows, function keys); `null`: a character came since. */
  lastOther: KeyStroke | null = null

  /** How long no character had come when the run began, ms. */
  readonly quietMs: number

  /** Time of its first event, which may be a modifier's. */
  private readonly begunAt: number

  constructor(startedAt: number, quietMs = Number.POSITIVE_INFINITY) {
    this.quietMs = quietMs
    this.begunAt = startedAt
    this.lastAt = startedAt
    this.beatAt = startedAt
    this.pressAt = startedAt
  }

  get startedAt(): number {
    if (this.isComposed) return Math.min(this.begunAt, ...this.releases)
    return this.presses[0]?.stroke.at ?? this.lastAt
  }

  get keys(): number {
    return this.presses.length + this.overflow
  }

  /** Whether it has only modifiers so far. */
  get isEmpty(): boolean {
    return this.keys === 0 && !this.isComposed
  }

  /** Whether an input method took keys of it: then releases alone tell the pace. */
  get isComposed(): boolean {
    return this.faults.includes('input-method')
  }

  get overflowed(): boolean {
    return this.overflow > 0
  }

  get allUp(): boolean {
    return this.down.length === 0
  }

  /** When silence ends it, if nothing more comes: an input method may pass its keys on late. */
  quietAt(quietMs: number): number {
    return this.lastAt + quietMs + (this.isComposed ? passedOnMs : 0)
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

  press(stroke: KeyStroke, foreignShift: boolean, flow = noFlow): Press {
    if (this.isDown(stroke)) this.fault('repeated-key')
    for (const held of this.down) held.overlapped = true
    this.modifiers.key()
    if (this.lastOther !== null) this.fault('function-key')
    this.lastOther = null
    const press: Press = {
      stroke,
      gap: this.presses.length === 0 ? 0 : this.gapBefore(stroke.at),
      altHold: stroke.alt ? this.altHold : 0,
      foreignShift,
      capsToggles: this.modifiers.capsToggles,
      flow,
      releasesBefore: this.liftedPresses,
      upAt: null,
      overlapped: false,
      withheld: false,
    }
    this.down.push(press)
    if (this.presses.length < maxPresses) this.presses.push(press)
    else this.overflow += 1
    this.pressAt = stroke.at
    this.modifiersSincePress = []
    this.beat(stroke.at)
    return press
  }

  modifier(stroke: KeyStroke): void {
    const up = stroke.type === 'keyup'
    const wrong = up ? this.modifiers.release(stroke) : this.modifiers.press(stroke)
    if (wrong !== null) this.fault(wrong)
    if (!up && stroke.key === 'Alt') this.altHold += 1
    this.modifiersSincePress.push({ at: stroke.at, up })
    this.beat(stroke.at)
  }

  /** A key that is no character goes down: it may end the scan, and within one it is out of place. */
  other(stroke: KeyStroke): void {
    this.modifiers.key()
    this.lastOther = stroke
    this.modifiersSincePress.push({ at: stroke.at, up: false })
    this.beat(stroke.at)
  }

  release(stroke: KeyStroke): void {
    if (this.releases.length < maxPresses) this.releases.push(stroke.at)
    const press = this.downPress(stroke)
    if (press === undefined) return
    press.upAt = stroke.at
    this.down.splice(this.down.indexOf(press), 1)
    this.liftedPresses += 1
    this.releaseAt = stroke.at
    this.lastAt = Math.max(this.lastAt, stroke.at)
  }

  /** The run is over. `terminator`: the key that ended it; `null` when silence did. */
  end(terminator: KeyStroke | null): void {
    const isCtrlStuck = terminator?.ctrl === true && this.modifiers.keysUnderCtrl() > 0
    if (terminator?.shift === true || this.modifiers.isShiftDown || isCtrlStuck) {
      this.fault('modifier-held')
    }
    if (this.modifiers.capsToggles % 2 === 1) this.foreignCapsLock()
    if (terminator !== null && this.lastOther !== null) this.fault('function-key')
  }

  /**
   * Caps Lock was left in another state. A person may have pressed it right before the scan: a scanner that types its capitals with
   * Shift shows that it was not the scanner.
   */
  private foreignCapsLock(): void {
    const { capsToggles } = this.modifiers
    const letters = this.presses.filter(({ stroke }) => /^Key[A-Z]$/u.test(stroke.code))
    const usesShift = letters.length === 0 || letters.some(({ stroke }) => stroke.shift)
    if (usesShift && this.presses[0]?.capsToggles === capsToggles) {
      for (const press of this.presses) press.capsToggles -= capsToggles
    } else this.fault('case-unclear')
  }

  /** Begins anew with the next key; the modifiers that are down for it stay known. */
  forgetPresses(): void {
    this.presses.length = 0
    this.down.length = 0
    this.releases.length = 0
    this.liftedPresses = 0
  }

  isDown(stroke: KeyStroke): boolean {
    return this.downPress(stroke) !== undefined
  }

  fault(reason: RejectReason): void {
    if (!this.faults.includes(reason)) this.faults.push(reason)
  }

  private beat(at: number): void {
    this.beatAt = Math.max(this.beatAt, at)
    this.lastAt = Math.max(this.lastAt, at)
  }

  private downPress(stroke: KeyStroke): Press | undefined {
    const id = keyId(stroke)
    return this.down.findLast((press) => keyId(press.stroke) === id)
  }
}
