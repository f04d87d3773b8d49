import { keyId } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'
import { nameOf } from './read-key.ts'
import { fingerHoldMs } from './rhythm.ts'
import type { LearntRhythm } from './scanner-profile.ts'

/** What the focused element does with keys: decides which keys must not wait. */
export type KeyTarget =
  /** Nothing is typed there: a button, a list, the page. */
  | 'none'
  /** One of the program's own fields, which takes a key that comes late as well. */
  | 'own-field'
  /** A field of the browser's, whose own reaction to Enter and Space cannot be made up for later. */
  | 'native-field'

/** A finger's key proves to stand alone when nothing follows for so long after it came up, ms. */
const aloneAfterMs = 50
/** No scanner holds its first key so long before its next, ms: nobody has to wait for the finger to lift. */
const longHoldMs = 160
/** A key that no finger lifts so soon waits for the next key of the slowest scanner, ms after it went down. */
const shortKeyMs = 200
/** The next key of a scanner whose pace is known comes by this share of it at the latest. */
const latestShareOfPace = 1.3
/** A key so soon after a character, ms, may belong to the same scan. */
const nearMs = 240
const plainKey = /^(?:Key.|Digit.|[^ ])$/u
const functionKey = /^F\d{1,2}$/u
const choiceKeys: readonly string[] = ['Insert', 'Delete', 'Home']
const pressKeys: readonly string[] = ['Enter', 'NumpadEnter', 'Space', ' ']
/** Select all, copy, paste, cut, undo, redo: the browser must get them at once, and the field is put back after a scan. */
const editingKeys: readonly string[] = ['KeyA', 'KeyC', 'KeyV', 'KeyX', 'KeyY', 'KeyZ']

/**
 * Whether this key acts on the program, and a scanner may send it too: function keys, Escape, Ctrl with another key,
 * and where nothing is typed the keys that press a button.
 */
function actsOnProgram(stroke: KeyStroke, target: () => KeyTarget): boolean {
  const name = nameOf(stroke)
  const hasCommand = stroke.ctrl || stroke.meta
  if (stroke.composing || (!hasCommand && plainKey.test(name))) return false
  if (functionKey.test(name) || name === 'Escape') return true
  if (stroke.altGraph) return false
  if (hasCommand) return !editingKeys.includes(stroke.code)
  if (target() !== 'none') return false
  return pressKeys.includes(name) || choiceKeys.includes(name)
}

interface Waiting {
  readonly stroke: KeyStroke
  upAt: number | null
  /** A character came shortly before or after: the key may be a part of that scan. */
  isNear: boolean
  /** The latest event that concerns it. */
  lastAt: number
}

/** Keys that act on the program, held back until it is clear that no scanner sent them. Times in ms. */
export class LoneKeys {
  private waiting: Waiting[] = []
  private characterAt = Number.NEGATIVE_INFINITY
  private readonly target: () => KeyTarget
  private readonly rhythm: () => LearntRhythm | null

  /** When nothing more came for so long, there was no scan, ms. */
  private readonly settledMs: number

  constructor(target: () => KeyTarget, rhythm: () => LearntRhythm | null, settledMs: number) {
    this.target = target
    this.rhythm = rhythm
    this.settledMs = settledMs
  }

  /** Time of the latest character. */
  get lastCharacterAt(): number {
    return this.characterAt
  }

  /**
   * Holds a key back where it acts on the program, and returns whether it does. `isHand`: whether a hand typed what came
   * before it.
   */
  hold(stroke: KeyStroke, isHand: () => boolean): boolean {
    if (!actsOnProgram(stroke, this.target)) return false
    this.wait(stroke, isHand)
    return true
  }

  /**
   * Holds back a key that ended no scan. Right after typing, Enter in a field is a person's and must not wait. Returns
   * whether the key is held back.
   */
  holdEnd(stroke: KeyStroke, isHand: () => boolean): boolean {
    if (this.hold(stroke, isHand)) return true
    const isEnter = stroke.key === 'Enter' && this.target() === 'own-field'
    if (!isEnter || this.isAfterCharacter(stroke.at)) return false
    this.wait(stroke, isHand)
    return true
  }

  private wait(stroke: KeyStroke, isHand: () => boolean): void {
    const isNear = this.isAfterCharacter(stroke.at) && !isHand()
    this.waiting.push({ stroke, upAt: null, isNear, lastAt: stroke.at })
  }

  private isAfterCharacter(at: number): boolean {
    return at - this.characterAt <= nearMs
  }

  release(stroke: KeyStroke): void {
    const id = keyId(stroke)
    const held = this.waiting.findLast((each) => each.upAt === null && keyId(each.stroke) === id)
    if (held !== undefined) held.upAt = stroke.at
    // The silence that ends a scan begins when its last key comes up.
    const concerned = held === undefined ? this.waiting.filter((each) => each.isNear) : [held]
    for (const each of concerned) each.lastAt = stroke.at
  }

  /** A character came: what waits may belong to the same scan. */
  character({ at }: KeyStroke): void {
    for (const each of this.waiting) {
      each.isNear = true
      each.lastAt = at
    }
    this.characterAt = at
  }

  /** A scan was heard: what waits is a part of it. */
  drop(): void {
    this.waiting = []
  }

  /** A hand typed what came before the keys that wait. */
  settle(): void {
    for (const each of this.waiting) each.isNear = false
  }

  deadline(): number | null {
    const [first] = this.waiting
    return first === undefined ? null : this.dueAt(first)
  }

  /** Returns the keys that stood alone, in order, and forgets them. */
  take(now: number): KeyStroke[] {
    const open = this.waiting.findIndex((each) => this.dueAt(each) > now)
    const taken = this.waiting.splice(0, open === -1 ? this.waiting.length : open)
    return taken.map(({ stroke }) => stroke)
  }

  private dueAt({ stroke, upAt, isNear, lastAt }: Waiting): number {
    if (isNear) return lastAt + this.settledMs
    const heldMs = (upAt ?? Number.POSITIVE_INFINITY) - stroke.at
    if (heldMs <= fingerHoldMs) return stroke.at + shortKeyMs
    const aloneMs = Math.min(heldMs, longHoldMs) + aloneAfterMs
    const paceMs = this.rhythm()?.gapMs ?? 0
    return stroke.at + Math.max(aloneMs, paceMs * latestShareOfPace)
  }
}
