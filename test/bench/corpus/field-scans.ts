import { anyCode, merchantCode, standardCode } from './codes.ts'
import { wanted, type KeyStream } from './key-stream.ts'
import { between, pick, type Random } from './random.ts'
import { playScan, type ScannerModel } from './scanner-model.ts'
import { anyScanner, capsLockScanner, verySlowScanner } from './scanners.ts'
import { injected, withoutCodes } from './system-keyboard.ts'

type Drawn = Omit<KeyStream, 'family'>

/** A scan that sends more than the code. */
function oneScan(text: string, model: ScannerModel, random: Random, sent = text): Drawn {
  return { strokes: playScan(sent, 0, model, random).strokes, stalls: [], scans: [wanted(text)] }
}

/** What scanners in the field send beside the code, and how (docs/scanner.md): each must be read. */
export const fieldScans = {
  'control characters around the code': (random) => {
    const text = anyCode(random)
    const before = pick(random, ['', '\u0002', '\u001D'])
    const after = pick(random, ['', '\u0003', '\u001D'])
    const separator = pick(random, ['control', 'shifted', 'f8'] as const)
    return oneScan(text, { ...anyScanner(random), separator }, random, `${before}${text}${after}`)
  },
  'two terminators': (random) => {
    const terminator = pick(random, ['crlf', 'enter-twice', 'tab-enter', 'enter-arrow'] as const)
    return oneScan(anyCode(random), { ...anyScanner(random), terminator }, random)
  },
  'Ctrl+Enter at the end': (random) =>
    oneScan(anyCode(random), { ...anyScanner(random), terminator: 'ctrl-enter' }, random),
  'Enter or a space before the code': (random) => {
    const text = anyCode(random)
    const startsWithEnter = random() < 0.5
    const sent = startsWithEnter ? text : ` ${text}`
    return oneScan(text, { ...anyScanner(random), startsWithEnter }, random, sent)
  },
  'an arrow or a function key at the end, standard code': (random) => {
    const terminator = pick(random, ['arrow-down', 'f4'] as const)
    return oneScan(standardCode(random), { ...anyScanner(random), terminator }, random)
  },
  'Caps Lock pressed for capitals': (random) =>
    oneScan(merchantCode(random), capsLockScanner(random), random),
  'keys without a code': (random) => {
    const drawn = oneScan(merchantCode(random), anyScanner(random), random)
    return { ...drawn, strokes: withoutCodes(drawn.strokes) }
  },
  'injected characters': (random) => {
    // A program does not wait for Shift.
    const model = { ...anyScanner(random), packed: 1, shiftTakesTime: false }
    const drawn = oneScan(merchantCode(random), model, random)
    return { ...drawn, strokes: injected(drawn.strokes) }
  },
  '100 to 150 ms per key, keys tapped': (random) =>
    oneScan(anyCode(random), verySlowScanner(random), random),
  '100 to 150 ms per key, keys held': (random) => {
    const model = { ...verySlowScanner(random), jitter: between(random, 0, 0.1) }
    const holdMs = pick<ScannerModel['holdMs']>(random, [model.msPerKey / 2, 'pace'])
    return oneScan(standardCode(random), { ...model, holdMs }, random)
  },
} as const satisfies Record<string, (random: Random) => Drawn>
