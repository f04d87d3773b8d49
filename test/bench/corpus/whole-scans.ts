import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { anyCode, digitsOnly, merchantCode, standardCode } from './codes.ts'
import { merged, wanted, type KeyStream } from './key-stream.ts'
import { holdKey, lines, people, typeText } from './person-model.ts'
import { between, pick, whole, type Random } from './random.ts'
import { playScan, type ScannerModel } from './scanner-model.ts'
import { anyScanner, fastScanner, slowScanner } from './scanners.ts'
import { shownOn } from './strokes.ts'

type Drawn = Omit<KeyStream, 'family'>

function oneScan(text: string, model: ScannerModel, random: Random): Drawn {
  return { strokes: playScan(text, 0, model, random).strokes, stalls: [], scans: [wanted(text)] }
}

/** Scans that arrive complete: each must be read. */
export const wholeScans = {
  'fast scanner': (random) => oneScan(anyCode(random), fastScanner(random), random),
  'slow scanner': (random) => oneScan(anyCode(random), slowScanner(random), random),
  'Caps Lock on': (random) =>
    oneScan(merchantCode(random), { ...anyScanner(random), capsLock: true }, random),
  'number pad': (random) => {
    const keys = pick<ScannerModel['keys']>(random, ['numpad', 'numpad-unlocked'])
    return oneScan(digitsOnly(random), { ...anyScanner(random), keys }, random)
  },
  'Alt codes': (random) =>
    oneScan(merchantCode(random), { ...fastScanner(random), packed: 1, keys: 'alt-codes' }, random),
  'AIM identifier and GS1': (random) => {
    const data = `01069${digitsOnly(random).slice(0, 11)}\u001D21${standardCode(random)}`
    const model: ScannerModel = {
      ...anyScanner(random),
      separator: pick(random, ['control', 'f8']),
    }
    const { strokes } = playScan(`]d2${data}`, 0, model, random)
    return { strokes, stalls: [], scans: [wanted(data, [`]d2${data}`])] }
  },
  'French system, digits': (random) =>
    oneScan(standardCode(random), { ...anyScanner(random), shows: shownOn('french') }, random),
  'German system, digits': (random) =>
    oneScan(standardCode(random), { ...anyScanner(random), shows: shownOn('german') }, random),
  'full-width input': (random) =>
    oneScan(merchantCode(random), { ...anyScanner(random), shows: (key) => wide(key.key) }, random),
  'main thread stalls': (random) => {
    const drawn = oneScan(anyCode(random), anyScanner(random), random)
    const from = between(random, -20, (drawn.strokes.at(-1)?.at ?? 0) + 5)
    return { ...drawn, stalls: [{ from, to: from + between(random, 50, 1000) }] }
  },
  'a busy computer': (random) => {
    const drawn = oneScan(anyCode(random), { ...anyScanner(random), packed: 1, tickMs: 0 }, random)
    return { ...drawn, strokes: delayed(drawn.strokes, random) }
  },
  'back to back': (random) => {
    const model = anyScanner(random)
    const [one, two] = [anyCode(random), anyCode(random)]
    const first = playScan(one, 0, model, random)
    const gap = pick(random, [0, between(random, 0, 60), between(random, 60, 400)])
    const second = playScan(two, first.endsAt + gap, model, random)
    return {
      strokes: merged(first.strokes, second.strokes),
      stalls: [],
      scans: [wanted(one), wanted(two)],
    }
  },
  'the same code twice': (random) => {
    const model = anyScanner(random)
    const text = anyCode(random)
    const first = playScan(text, 0, model, random)
    const second = playScan(text, first.endsAt + between(random, 120, 400), model, random)
    return {
      strokes: merged(first.strokes, second.strokes),
      stalls: [],
      scans: [wanted(text), wanted(text)],
    }
  },
  'between typing': (random) => {
    const person = pick(random, [people.usual, people.practised])
    const before = typeText(lines(random, 1).trimEnd(), 0, person, random)
    const model = anyScanner(random)
    const text = anyCode(random)
    const scan = playScan(text, before.endsAt + between(random, 120, 900), model, random)
    const after = typeText(
      lines(random, 1),
      scan.endsAt + between(random, 120, 900),
      person,
      random,
    )
    return {
      strokes: merged(before.strokes, scan.strokes, after.strokes),
      stalls: [],
      scans: [wanted(text)],
    }
  },
  'a finger just before': (random) => {
    const text = standardCode(random)
    // A key that the code contains too would already be down when the scanner presses it: see the damaged scans.
    const key = pick(random, ['a', 'k', 'q', ' '])
    const finger = holdKey(key, 0, between(random, 60, 140))
    const model = { ...fastScanner(random), packed: 1, tickMs: 0 }
    const scan = playScan(text, between(random, 15, 110), model, random)
    return { strokes: merged(finger, scan.strokes), stalls: [], scans: [wanted(text)] }
  },
  'a finger just after': (random) => {
    const text = anyCode(random)
    const scan = playScan(text, 0, anyScanner(random), random)
    const finger = holdKey('k', scan.endsAt + between(random, 5, 110), between(random, 60, 140))
    return { strokes: merged(scan.strokes, finger), stalls: [], scans: [wanted(text)] }
  },
  'no terminator, standard code': (random) =>
    oneScan(standardCode(random), { ...anyScanner(random), terminator: 'none' }, random),
  'no terminator, other code, scanned again': (random) => {
    const text = merchantCode(random)
    const model: ScannerModel = { ...anyScanner(random), terminator: 'none' }
    const first = playScan(text, 0, model, random)
    const again = playScan(text, first.endsAt + whole(random, 1200, 4000), model, random)
    // The first of them alone could be half a code. Delivering it too counts as right.
    return {
      strokes: merged(first.strokes, again.strokes),
      stalls: [],
      scans: [wanted(text), { ...wanted(text), required: false }],
    }
  },
  'no terminator, two codes': (random) => {
    const model: ScannerModel = { ...fastScanner(random), terminator: 'none' }
    const [one, two] = [standardCode(random), standardCode(random)]
    const first = playScan(one, 0, model, random)
    const pause = between(random, 130, 600)
    const second = playScan(two, first.endsAt + pause, model, random)
    return {
      strokes: merged(first.strokes, second.strokes),
      stalls: [],
      scans: [wanted(one), wanted(two)],
    }
  },
} as const satisfies Record<string, (random: Random) => Drawn>

/**
 * Delays one event in a hundred by up to 60 ms, and the following ones as long, or only until the backlog is worked
 * off. The beginning is not delayed: a first key that looks held counts as a finger's.
 */
function delayed(strokes: readonly KeyStroke[], random: Random): KeyStroke[] {
  const catchesUp = random() < 0.5
  let late = 0
  let before = Number.NEGATIVE_INFINITY
  return strokes.map((each, index) => {
    if (index > 1 && random() < 0.01) late += between(random, 3, 60)
    const at = Math.max(before, each.at + late)
    if (catchesUp) late = 0
    before = at
    return { ...each, at }
  })
}

function wide(key: string): string {
  return key.length === 1 && key > ' '
    ? String.fromCodePoint((key.codePointAt(0) ?? 0) + 0xfe_e0)
    : key
}
