import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { anyCode, merchantCode, standardCode } from './codes.ts'
import { damaged, merged, wanted, type KeyStream } from './key-stream.ts'
import { holdKey } from './person-model.ts'
import { between, pick, whole, type Random } from './random.ts'
import { playScan, type ScannerModel } from './scanner-model.ts'
import { anyScanner, fastScanner, slowScanner } from './scanners.ts'
import { shownOn } from './strokes.ts'

type Drawn = Omit<KeyStream, 'family'>

function oneDamaged(
  text: string,
  model: ScannerModel,
  random: Random,
  damage: (strokes: readonly KeyStroke[]) => readonly KeyStroke[],
): Drawn {
  const { strokes } = playScan(text, 0, model, random)
  return { strokes: damage(strokes), stalls: [], scans: [damaged(text)] }
}

/** Returns the indices of character keys pressed within the scan, without the first and the last. */
export function innerKeys(strokes: readonly KeyStroke[]): number[] {
  const downs = strokes.flatMap(({ type, key }, at) =>
    type === 'keydown' && key.length === 1 ? [at] : [],
  )
  return downs.slice(1, -1)
}

export function withoutKey(strokes: readonly KeyStroke[], at: number): KeyStroke[] {
  const { code } = strokes[at] ?? {}
  const up = strokes.findIndex(
    (each, index) => index > at && each.code === code && each.type === 'keyup',
  )
  return strokes.filter((_, index) => index !== at && index !== up)
}

function any(random: Random, from: readonly number[]): number {
  return from[whole(random, 0, from.length - 1)] ?? 0
}

/** Scans that lost or gained something on their way: they must be read right or not at all. */
export const damagedScans = {
  'one event lost': (random) =>
    oneDamaged(anyCode(random), anyScanner(random), random, (strokes) =>
      strokes.toSpliced(any(random, innerKeys(strokes)) + whole(random, 0, 1), 1),
    ),
  'a key lost whole, even pace': (random) => {
    const model = {
      ...pick(random, [fastScanner, slowScanner])(random),
      msPerKey: between(random, 10, 70),
      jitter: between(random, 0, 0.1),
      packed: 1,
      tickMs: 0,
      shiftTakesTime: false,
      holdMs: 3,
    } as const
    return oneDamaged(standardCode(random), model, random, (strokes) =>
      withoutKey(strokes, any(random, innerKeys(strokes))),
    )
  },
  'an event doubled': (random) =>
    oneDamaged(anyCode(random), anyScanner(random), random, (strokes) => {
      const at = any(random, innerKeys(strokes))
      return strokes.toSpliced(at, 0, ...strokes.slice(at, at + 1))
    }),
  'broken off and taken up': (random) =>
    oneDamaged(anyCode(random), fastScanner(random), random, (strokes) => {
      const at = any(random, innerKeys(strokes))
      const pause = between(random, 120, 900)
      return strokes.map((each, index) => (index < at ? each : { ...each, at: each.at + pause }))
    }),
  'first key held up, the rest late': (random) =>
    oneDamaged(standardCode(random), { ...fastScanner(random), packed: 1 }, random, (strokes) => {
      const release = between(random, 20, 100)
      const rest = release + between(random, 0, 250)
      return strokes.map((each, at) => ({
        ...each,
        at: each.at + (at === 0 ? 0 : at === 1 ? release : rest),
      }))
    }),
  'a finger in the middle': (random) => {
    const text = standardCode(random)
    const model = { ...fastScanner(random), msPerKey: between(random, 4, 25), packed: 1, tickMs: 0 }
    const scan = playScan(text, 0, model, random)
    const finger = holdKey('x', between(random, 12, scan.endsAt - 12), between(random, 60, 140))
    return { strokes: merged(scan.strokes, finger), stalls: [], scans: [damaged(text)] }
  },
  "a finger on one of the code's own keys": (random) => {
    const text = standardCode(random)
    const finger = holdKey(text.charAt(whole(random, 3, 20)), 0, between(random, 60, 140))
    const model = { ...fastScanner(random), packed: 1, tickMs: 0 }
    const scan = playScan(text, between(random, 15, 110), model, random)
    return { strokes: merged(finger, scan.strokes), stalls: [], scans: [damaged(text)] }
  },
  'a held key before': (random) => {
    const text = standardCode(random)
    const held = holdKey('0', 0, between(random, 600, 1500))
    const from = (held.at(-1)?.at ?? 0) + between(random, 5, 100)
    const scan = playScan(text, from, fastScanner(random), random)
    return { strokes: merged(held, scan.strokes), stalls: [], scans: [damaged(text)] }
  },
  'input method takes letters (Linux)': (random) =>
    oneDamaged(merchantCode(random), fastScanner(random), random, (strokes) =>
      strokes.flatMap((each): KeyStroke[] => {
        const letter = /^Key[A-Z]$/u.test(each.code)
        if (!letter || each.type === 'keyup') return [each]
        return random() < 0.5 ? [] : [{ ...each, key: 'Process', composing: true }]
      }),
    ),
  'input method marks every key (Windows)': (random) =>
    oneDamaged(merchantCode(random), fastScanner(random), random, (strokes) =>
      strokes.map((each) =>
        each.type === 'keydown' && each.key.length === 1
          ? { ...each, key: 'Process', composing: true }
          : each,
      ),
    ),
  'German system, letters': (random) =>
    oneDamaged(
      merchantCode(random),
      { ...anyScanner(random), shows: shownOn('german') },
      random,
      same,
    ),
  'French system, letters': (random) =>
    oneDamaged(
      merchantCode(random),
      { ...anyScanner(random), shows: shownOn('french') },
      random,
      same,
    ),
  'no terminator, two codes, short pause': (random) => {
    const model: ScannerModel = { ...fastScanner(random), terminator: 'none' }
    const [one, two] = [merchantCode(random), merchantCode(random)]
    const first = playScan(one, 0, model, random)
    const second = playScan(two, first.endsAt + between(random, 90, 110), model, random)
    return {
      strokes: merged(first.strokes, second.strokes),
      stalls: [],
      scans: [damaged(one), damaged(two)],
    }
  },
} as const satisfies Record<string, (random: Random) => Drawn>

function same(strokes: readonly KeyStroke[]): readonly KeyStroke[] {
  return strokes
}

/**
 * Streams that nobody can decide, because they equal streams that mean something else. They are played and shown, but
 * not counted.
 */
export const undecidable = {
  'first or last key lost whole': (random) =>
    oneDamaged(standardCode(random), fastScanner(random), random, (strokes) => {
      const first = random() < 0.5
      const downs = strokes.flatMap(({ type, key }, at) =>
        type === 'keydown' && key.length === 1 ? [at] : [],
      )
      return withoutKey(strokes, (first ? downs[0] : downs.at(-1)) ?? 0)
    }),
  'a key lost whole, uneven pace': (random) =>
    oneDamaged(standardCode(random), { ...fastScanner(random), jitter: 0.3 }, random, (strokes) =>
      withoutKey(strokes, any(random, innerKeys(strokes))),
    ),
  'a finger in step with a slow scanner': (random) => {
    const text = standardCode(random)
    const model = { ...slowScanner(random), msPerKey: between(random, 60, 80) }
    const held = typeof model.holdMs === 'number' ? model.holdMs : model.msPerKey * 0.9
    const finger = holdKey('7', 0, held)
    const scan = playScan(text, between(random, 60, 80), model, random)
    return { strokes: merged(finger, scan.strokes), stalls: [], scans: [damaged(text)] }
  },
  'two codes without terminator or pause': (random) => {
    const model: ScannerModel = { ...fastScanner(random), terminator: 'none' }
    const [one, two] = [standardCode(random), standardCode(random)]
    const first = playScan(one, 0, model, random)
    const second = playScan(two, first.endsAt, model, random)
    return {
      strokes: merged(first.strokes, second.strokes),
      stalls: [],
      scans: [damaged(one), damaged(two)],
    }
  },
  'scanner makes up for Caps Lock, not set up': (random) => {
    const text = merchantCode(random)
    const model: ScannerModel = { ...anyScanner(random), capsLock: true }
    const turned = Array.from(text, (char) =>
      char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase(),
    ).join('')
    return {
      strokes: playScan(turned, 0, model, random).strokes,
      stalls: [],
      scans: [wanted(text)],
    }
  },
} as const satisfies Record<string, (random: Random) => Drawn>
