import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { anyCode, merchantCode } from './codes.ts'
import { innerKeys } from './damaged-scans.ts'
import { damaged, merged, type KeyStream } from './key-stream.ts'
import { between, pick, whole, type Random } from './random.ts'
import { playScan, type ScannerModel } from './scanner-model.ts'
import { anyScanner, capsLockScanner, fastScanner, verySlowScanner } from './scanners.ts'
import { stroke } from './strokes.ts'
import { asSystemReports, withEmptyShift, withoutCodes } from './system-keyboard.ts'

type Drawn = Omit<KeyStream, 'family'>

function oneFault(text: string, strokes: readonly KeyStroke[]): Drawn {
  return { strokes, stalls: [], scans: [damaged(text)] }
}

/** Control characters that no coupon code contains. */
const foreign = ['\u0000', '\u0001', '\u0007', '\u001B', '\u001C', '\u001E', '\u001F'] as const
const namedKeys = ['F1', 'F9', 'F12', 'ArrowDown', 'Escape', 'Insert', 'Home'] as const
const flags = ['alt', 'meta'] as const

/** What goes wrong in the field (docs/scanner.md): the code or nothing, and nothing else. */
export const fieldFaults = {
  'a control character that is no data': (random) => {
    const text = anyCode(random)
    const at = pick(random, [0, text.length, whole(random, 1, text.length - 1)])
    const sent = text.slice(0, at) + pick(random, foreign) + text.slice(at)
    const { strokes } = playScan(sent, 0, anyScanner(random), random)
    // A separator inside may be data; then it belongs to the code.
    return { strokes, stalls: [], scans: [{ ...damaged(text), also: [sent] }] }
  },
  'Ctrl, Alt or Meta on a key of the code': (random) => {
    const text = anyCode(random)
    const { strokes } = playScan(text, 0, anyScanner(random), random)
    const downs = innerKeys(strokes)
    const at = downs[whole(random, 0, downs.length - 1)] ?? 0
    // Ctrl with these digits is no control character; with most other keys it is one.
    const flag = /^[134578]$/u.test(strokes[at]?.key ?? '') ? 'ctrl' : pick(random, flags)
    const held = strokes.map((each, index) => (index === at ? { ...each, [flag]: true } : each))
    return oneFault(text, held)
  },
  'a function key within the code': (random) => {
    const text = anyCode(random)
    const model = anyScanner(random)
    const at = whole(random, 1, text.length - 1)
    const first = playScan(text.slice(0, at), 0, { ...model, terminator: 'none' }, random)
    const key = pick(random, namedKeys)
    const second = playScan(text.slice(at), first.endsAt + model.msPerKey, model, random)
    const other = [
      stroke('keydown', first.endsAt, key, key),
      stroke('keyup', first.endsAt + model.msPerKey / 2, key, key),
    ]
    return oneFault(text, merged(first.strokes, other, second.strokes))
  },
  "a modifier's event lost, flags with it": (random) => {
    const text = merchantCode(random)
    const model =
      random() < 0.7 ? { ...anyScanner(random), packed: 1, tickMs: 0 } : capsLockScanner(random)
    const { strokes } = playScan(text, 0, model, random)
    const modifiers = strokes.flatMap(({ key }, at) =>
      key === 'Shift' || key === 'CapsLock' ? [at] : [],
    )
    const lost = modifiers[whole(random, 0, modifiers.length - 1)]
    return oneFault(text, asSystemReports(strokes.filter((_, at) => at !== lost)))
  },
  'Shift up before its letter (remote desktop)': (random) => {
    const text = merchantCode(random)
    const model = { ...fastScanner(random), packed: 1, tickMs: 0, shiftTakesTime: false }
    const { strokes } = playScan(text, 0, model, random)
    return oneFault(text, asSystemReports(withEmptyShift(strokes, random)))
  },
  'keys without a code under Caps Lock': (random) => {
    const text = merchantCode(random)
    const { strokes } = playScan(text, 0, { ...anyScanner(random), capsLock: true }, random)
    return oneFault(text, withoutCodes(strokes))
  },
  'an arrow or a function key at the end, other code': (random) => {
    const text = merchantCode(random)
    const terminator = pick(random, ['arrow-down', 'f4'] as const)
    return oneFault(text, playScan(text, 0, { ...anyScanner(random), terminator }, random).strokes)
  },
  '100 to 150 ms per key, keys held, other code': (random) => {
    const text = merchantCode(random)
    const holdMs = pick<ScannerModel['holdMs']>(random, [50, 'pace'])
    return oneFault(text, playScan(text, 0, { ...verySlowScanner(random), holdMs }, random).strokes)
  },
  'two scanners at once': (random) => {
    const [one, two] = [anyCode(random), anyCode(random)]
    const first = playScan(one, 0, oneOfTwo(random), random)
    const downs = first.strokes.filter(({ type, key }) => type === 'keydown' && key !== 'Shift')
    // Two that begin within one key may look like one scanner of twice the pace.
    const from = Math.max(downs[1]?.at ?? 0, between(random, 0, first.endsAt * 0.7))
    const second = playScan(two, from, oneOfTwo(random), random)
    return {
      strokes: merged(first.strokes, second.strokes),
      stalls: [],
      scans: [damaged(one), damaged(two)],
    }
  },
} as const satisfies Record<string, (random: Random) => Drawn>

/** Draws a scanner that taps its keys, or holds them so long that those of two overlap. */
function oneOfTwo(random: Random): ScannerModel {
  const msPerKey = between(random, 3, 25)
  const holdMs = pick<ScannerModel['holdMs']>(random, [1, 3, msPerKey / 2, 'pace'])
  const jitter = between(random, 0.05, 0.2)
  return { ...fastScanner(random), packed: 1, tickMs: 0, msPerKey, holdMs, jitter }
}
