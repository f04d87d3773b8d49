import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import type { Random } from './random.ts'
import { keyFor, stroke } from './strokes.ts'

/** How a scanner plays its keys. Times in ms. */
export interface ScannerModel {
  readonly msPerKey: number
  /** Share of `msPerKey` by which a gap may differ, 0 to 1. */
  readonly jitter: number
  /** How long a key stays down. */
  readonly holdMs: number
  readonly terminator: 'enter' | 'tab' | 'none' | 'crlf'
  readonly capsLock: boolean
}

export const usbScanner: ScannerModel = {
  msPerKey: 10,
  jitter: 0.2,
  holdMs: 3,
  terminator: 'enter',
  capsLock: false,
}

export interface Played {
  readonly strokes: readonly KeyStroke[]
  /** When the next key could follow. */
  readonly endsAt: number
}

function swapCase(char: string): string {
  return char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase()
}

/** The key events of one scan of `text` that begins at `from`. */
export function playScan(text: string, from: number, model: ScannerModel, random: Random): Played {
  const strokes: KeyStroke[] = []
  let at = from
  const next = (): void => {
    at += model.msPerKey * (1 + (random() * 2 - 1) * model.jitter)
  }
  const hold = Math.min(model.holdMs, model.msPerKey * (1 - model.jitter))
  for (const char of text) {
    const { code, key, shift } = keyFor(char)
    const shown = model.capsLock && /[A-Za-z]/u.test(char) ? swapCase(key) : key
    const held = { shift, capsLock: model.capsLock }
    if (shift) strokes.push(stroke('keydown', at, 'ShiftLeft', 'Shift', held))
    strokes.push(stroke('keydown', at, code, shown, held))
    strokes.push(stroke('keyup', at + hold, code, shown, held))
    if (shift) {
      const up = { capsLock: model.capsLock }
      strokes.push(stroke('keyup', at + hold, 'ShiftLeft', 'Shift', up))
    }
    next()
  }
  for (const [code, key, more] of terminatorKeys[model.terminator]) {
    const held = { ...more, capsLock: model.capsLock }
    strokes.push(
      stroke('keydown', at, code, key, held),
      stroke('keyup', at + hold, code, key, held),
    )
    next()
  }
  return { strokes, endsAt: at }
}

type Terminator = readonly [code: string, key: string, more: { readonly ctrl?: boolean }]
const terminatorKeys: Record<ScannerModel['terminator'], readonly Terminator[]> = {
  enter: [['Enter', 'Enter', {}]],
  tab: [['Tab', 'Tab', {}]],
  none: [],
  crlf: [
    ['Enter', 'Enter', {}],
    ['KeyJ', 'j', { ctrl: true }],
  ],
}
