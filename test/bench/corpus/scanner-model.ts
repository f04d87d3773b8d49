import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import type { Random } from './random.ts'
import {
  altCodePresses,
  controlKeyFor,
  keyFor,
  numpadKeyFor,
  stroke,
  type KeyOnBoard,
} from './strokes.ts'

/** How a scanner types its keys. Times in ms. */
export interface ScannerModel {
  readonly msPerKey: number
  /** Share of `msPerKey` by which a gap may vary, 0 to 1. */
  readonly jitter: number
  /** How long a key stays down; `pace`: until the next one is pressed. */
  readonly holdMs: number | 'pace'
  readonly terminator: keyof typeof terminatorKeys
  /** Whether it sends Enter in front of the code as well. */
  readonly startsWithEnter: boolean
  /** Whether Caps Lock is on before the scan. */
  readonly capsLock: boolean
  /** Whether it types capital letters with Shift, or presses Caps Lock around each. */
  readonly capitals: 'shift' | 'caps-lock'
  /** How many keys one USB report contains: they go down and up together. */
  readonly packed: number
  /** Whether Shift moves in a report of its own, which takes its time. */
  readonly shiftTakesTime: boolean
  readonly keys: 'row' | 'numpad' | 'numpad-unlocked' | 'alt-codes'
  /** How it types the group separator; `shifted`: as Ctrl+Shift+]. */
  readonly separator: 'control' | 'shifted' | 'f8'
  /** Returns what the system's layout makes of a key: `event.key` for the key and Shift. */
  readonly shows: (key: KeyOnBoard) => string
  /** Time stamps are multiples of this many ms (Windows: 15.6); 0: exact. */
  readonly tickMs: number
}

export const usbScanner: ScannerModel = {
  msPerKey: 10,
  jitter: 0.2,
  holdMs: 3,
  terminator: 'enter',
  startsWithEnter: false,
  capsLock: false,
  capitals: 'shift',
  packed: 1,
  shiftTakesTime: false,
  keys: 'row',
  separator: 'control',
  shows: (key) => key.key,
  tickMs: 0,
}

export interface PlayedScan {
  readonly strokes: readonly KeyStroke[]
  /** When the next key could follow. */
  readonly endsAt: number
}

/** Returns the key events of one scan of `text` that begins at `from`. */
export function playScan(
  text: string,
  from: number,
  model: ScannerModel,
  random: Random,
): PlayedScan {
  const player = new ScanPlayer(from, model, random)
  if (model.startsWithEnter) player.press('Enter')
  for (const char of text) player.character(char)
  player.terminator()
  return player.played()
}

class ScanPlayer {
  private readonly strokes: KeyStroke[] = []
  private readonly model: ScannerModel
  private readonly random: Random
  private at: number
  /** Keys of the report being filled. A report contains a key once, and has one state of Shift. */
  private readonly inReport = new Map<string, () => void>()
  private reportShift = false

  constructor(from: number, model: ScannerModel, random: Random) {
    this.at = from
    this.model = model
    this.random = random
  }

  character(char: string): void {
    const { keys, separator, capitals } = this.model
    if (keys === 'alt-codes') this.altCode(char)
    else if (char === '\u001D' && separator === 'f8') this.press('F8')
    else if (char < ' ') this.control(char)
    else if (keys !== 'row' && /\d/u.test(char)) {
      this.key(numpadKeyFor(char, keys === 'numpad'), {})
    } else if (capitals === 'caps-lock' && /[A-Z]/u.test(char)) this.capital(char)
    else this.key(keyFor(char), {})
  }

  terminator(): void {
    this.flush()
    for (const key of terminatorKeys[this.model.terminator]) {
      if (key === 'Ctrl+J') this.control('\n')
      else if (key === 'Ctrl+Enter') this.withControl({ code: 'Enter', key: 'Enter', shift: false })
      else this.press(key)
    }
  }

  /** Presses a key that types nothing; its `code` and its `key` are the same. */
  press(name: string): void {
    this.flush()
    this.key({ code: name, key: name, shift: false }, {})
    this.flush()
  }

  private control(char: string): void {
    const isShifted = char === '\u001D' && this.model.separator === 'shifted'
    this.withControl({ ...controlKeyFor(char), ...(isShifted && { key: '}', shift: true }) })
  }

  private withControl(key: KeyOnBoard): void {
    this.flush()
    this.push('keydown', this.at, 'ControlLeft', 'Control', { ctrl: true })
    this.key(key, { ctrl: true })
    this.flush()
    this.push('keyup', this.at, 'ControlLeft', 'Control', {})
  }

  private capital(char: string): void {
    this.flush()
    this.lock(true)
    this.push('keydown', this.at, `Key${char}`, char, { capsLock: true })
    const downAt = this.at
    this.wait()
    this.push('keyup', this.liftedAt(downAt), `Key${char}`, char, { capsLock: true })
    this.lock(false)
  }

  /** Caps Lock goes down and up; the system reports it as switched with the first of the two. */
  private lock(capsLock: boolean): void {
    this.push('keydown', this.at, 'CapsLock', 'CapsLock', { capsLock })
    const downAt = this.at
    this.wait()
    this.push('keyup', this.liftedAt(downAt), 'CapsLock', 'CapsLock', { capsLock })
  }

  played(): PlayedScan {
    const tick = this.model.tickMs
    const strokes = this.strokes
      .map((each) => (tick === 0 ? each : { ...each, at: Math.floor(each.at / tick) * tick }))
      .toSorted((a, b) => a.at - b.at)
    return { strokes, endsAt: this.at }
  }

  private key(key: KeyOnBoard, more: Partial<KeyStroke>): void {
    const held = { ...more, shift: key.shift, capsLock: this.model.capsLock }
    if (this.inReport.has(key.code) || key.shift !== this.reportShift) this.flush()
    if (key.shift && this.inReport.size === 0) {
      this.push('keydown', this.at, 'ShiftLeft', 'Shift', held)
      if (this.model.shiftTakesTime) this.wait()
    }
    const shown = this.inCase(key)
    const downAt = this.at
    this.push('keydown', downAt, key.code, shown, held)
    this.inReport.set(key.code, () =>
      this.push('keyup', this.liftedAt(downAt), key.code, shown, held),
    )
    this.reportShift = key.shift
    if (this.inReport.size >= this.model.packed) this.flush()
  }

  /** Ends a report: its keys come up, Shift with them. */
  private flush(): void {
    const downAt = this.at
    if (this.inReport.size > 0) this.wait()
    for (const lift of this.inReport.values()) lift()
    this.inReport.clear()
    if (this.reportShift) {
      const up = { capsLock: this.model.capsLock }
      this.push('keyup', this.liftedAt(downAt), 'ShiftLeft', 'Shift', up)
    }
    this.reportShift = false
  }

  private altCode(char: string): void {
    const held = { alt: true, capsLock: this.model.capsLock }
    this.push('keydown', this.at, 'AltLeft', 'Alt', held)
    for (const digit of altCodePresses(char)) {
      this.wait()
      this.push('keydown', this.at, digit.code, digit.key, held)
      this.push('keyup', this.at, digit.code, digit.key, held)
    }
    this.wait()
    this.push('keyup', this.at, 'AltLeft', 'Alt', { capsLock: this.model.capsLock })
    this.wait()
  }

  private inCase(key: KeyOnBoard): string {
    const shown = this.model.shows(key)
    const letter = /^Key[A-Z]$/u.test(key.code) && /^[A-Za-z]$/u.test(shown)
    if (!letter || !this.model.capsLock) return shown
    return shown === shown.toUpperCase() ? shown.toLowerCase() : shown.toUpperCase()
  }

  private liftedAt(down: number): number {
    const { holdMs, packed, msPerKey, jitter } = this.model
    if (packed > 1) return down + msPerKey * (1 - jitter) * 0.6
    return holdMs === 'pace' ? this.at : Math.min(down + holdMs, this.at)
  }

  private wait(): void {
    this.at += this.model.msPerKey * (1 + (this.random() * 2 - 1) * this.model.jitter)
  }

  private push(
    type: KeyStroke['type'],
    at: number,
    code: string,
    key: string,
    more: Partial<KeyStroke>,
  ): void {
    this.strokes.push(stroke(type, at, code, key, more))
  }
}

const terminatorKeys = {
  enter: ['Enter'],
  tab: ['Tab'],
  none: [],
  crlf: ['Enter', 'Ctrl+J'],
  'enter-twice': ['Enter', 'Enter'],
  'tab-enter': ['Tab', 'Enter'],
  'enter-arrow': ['Enter', 'ArrowDown'],
  'ctrl-enter': ['Ctrl+Enter'],
  'arrow-down': ['ArrowDown'],
  f4: ['F4'],
} as const satisfies Record<string, readonly string[]>
