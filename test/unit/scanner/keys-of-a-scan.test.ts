import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import type { KeyTarget } from '../../../renderer/scanner/lone-keys.ts'
import { people, typeText } from '../../bench/corpus/person-model.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { hear, inOrder } from './decode.ts'
import { codes, played, pressOf, scannersFrom, seeds } from './scans.ts'

/** Keys that act on the program. */
const programKeys = fc.constantFrom<readonly [code: string, more: Partial<KeyStroke>]>(
  ...Array.from({ length: 12 }, (_, at) => [`F${at + 1}`, {}] as const),
  ['Escape', {}],
  ['KeyT', { ctrl: true, key: 't' }],
  ['KeyL', { ctrl: true, key: 'l' }],
  ['KeyW', { ctrl: true, key: 'w' }],
)
const pressKeys = fc.constantFrom<readonly [code: string, more: Partial<KeyStroke>]>(
  ['Enter', {}],
  ['Enter', { ctrl: true }],
  ['Space', { key: ' ' }],
  ['Insert', {}],
  ['Delete', {}],
  ['Home', {}],
)
const targets = fc.constantFrom<KeyTarget>('none', 'own-field', 'native-field')

/** The scan with this key before its character number `at`, at the scanner's own pace. */
function withKey(
  strokes: readonly KeyStroke[],
  [code, more]: readonly [string, Partial<KeyStroke>],
  at: number,
  { msPerKey, holdMs }: { readonly msPerKey: number; readonly holdMs: number | 'pace' },
): KeyStroke[] {
  const downs = strokes.flatMap((_, index) => (isFirstOfKey(strokes, index) ? [index] : []))
  const index = downs[at % downs.length] ?? 0
  const from = strokes[index]?.at ?? 0
  const hold = holdMs === 'pace' ? msPerKey : Math.min(holdMs, msPerKey)
  const later = strokes.slice(index).map((each) => ({ ...each, at: each.at + msPerKey }))
  return [...strokes.slice(0, index), ...pressOf(code, from, hold, more), ...later]
}

/** Whether a key goes down here: its own Shift or Ctrl counts as its beginning. */
function isFirstOfKey(strokes: readonly KeyStroke[], index: number): boolean {
  const stroke = strokes[index]
  const before = strokes[index - 1]
  const isAfterModifier = before?.type === 'keydown' && /^(?:Shift|Control)$/u.test(before.key)
  return stroke?.type === 'keydown' && !isAfterModifier
}

function reaches(
  passed: readonly KeyStroke[],
  [code, more]: readonly [string, Partial<KeyStroke>],
): boolean {
  const ctrl = more.ctrl === true
  return passed.some((each) => each.type === 'keydown' && each.code === code && each.ctrl === ctrl)
}

describe('a key of a scan', () => {
  test('does nothing but belong to it, at the start, within and before the end, at any pace', () => {
    const scanners = fc.oneof(scannersFrom(1, 30), scannersFrom(30, 150))
    fc.assert(
      fc.property(
        codes,
        programKeys,
        fc.nat(),
        scanners,
        targets,
        seeds,
        (code, key, at, model, target, seed) => {
          const strokes = withKey(played(code, model, seed), key, at, model)
          const { passed, texts } = hear(strokes, {}, { target: () => target })
          expect(reaches(passed, key)).toBe(false)
          // F8 is the group separator, which a code may contain.
          expect(texts.filter((text) => text.replace('\u001D', '') !== code)).toEqual([])
        },
      ),
    )
  })

  test('presses no button, at the start of the scan and at its end', () => {
    const scanners = fc.oneof(scannersFrom(1, 30), scannersFrom(30, 150))
    const terminator = fc.constantFrom('enter', 'crlf', 'enter-twice', 'ctrl-enter', 'tab-enter')
    fc.assert(
      fc.property(codes, pressKeys, terminator, scanners, seeds, (code, key, end, model, seed) => {
        const strokes = withKey(played(code, { ...model, terminator: end }, seed), key, 0, model)
        const { passed } = hear(strokes, {}, { target: () => 'none' })
        expect(reaches(passed, key)).toBe(false)
        expect(reaches(passed, ['Enter', {}])).toBe(false)
      }),
    )
  })
})

describe('a key that stands alone', () => {
  const holds = fc.double({ min: 40, max: 150, noNaN: true })

  test('acts once, within 60 ms after it came up', () => {
    const keys = fc.oneof(programKeys, pressKeys)
    fc.assert(
      fc.property(keys, holds, ([code, more], holdMs) => {
        const { alone, rejected } = hear(
          pressOf(code, 1000, holdMs, more),
          {},
          { target: () => 'none' },
        )
        expect(alone.map(({ stroke }) => stroke.code)).toEqual([code])
        expect((alone[0]?.at ?? Infinity) - 1000 - holdMs).toBeLessThan(60)
        expect(rejected).toEqual([])
      }),
    )
  })

  test('acts after typing too, and loses nothing of it', () => {
    const gaps = fc.double({ min: 20, max: 600, noNaN: true })
    fc.assert(
      fc.property(programKeys, holds, gaps, seeds, ([code, more], holdMs, gap, seed) => {
        const { strokes } = typeText('wxe34a', 0, people.usual, seeded(seed))
        const from = (strokes.at(-1)?.at ?? 0) + gap
        const { passed, texts, decisions } = hear(
          inOrder([...strokes], pressOf(code, from, holdMs, more)),
        )
        const typed = decisions.flatMap((each) => (each.kind === 'release' ? [each.withheld] : []))
        const downs = passed.filter((each) => each.type === 'keydown')
        expect(downs.length + typed.join('').length).toBe(7)
        expect(texts).toEqual([])
      }),
    )
  })

  test('acts after two quick keys, which are no scan', () => {
    const strokes = inOrder(
      pressOf('Digit1', 0, 6, { key: '1' }),
      pressOf('Digit2', 12, 6, { key: '2' }),
      pressOf('Escape', 24, 6),
    )
    expect(hear(strokes).alone.map(({ stroke }) => stroke.code)).toEqual(['Escape'])
  })

  test('keeps its order among several', () => {
    const strokes = inOrder(
      pressOf('F3', 0, 80),
      pressOf('F5', 300, 60),
      pressOf('Escape', 380, 60),
    )
    expect(hear(strokes).alone.map(({ stroke }) => stroke.code)).toEqual(['F3', 'F5', 'Escape'])
  })

  test('waits for the next key of a slow scanner that is known to hold its keys like a finger', () => {
    const first = pressOf('F9', 0, 70)
    expect(hear(first).alone[0]?.at).toBe(120)
    const known = hear(first, { rhythm: { gapMs: 140, holdMs: 70 } })
    expect(known.alone[0]?.at).toBeGreaterThan(140)
  })
})

describe('Enter', () => {
  test('right after typing in a field is a person’s and does not wait', () => {
    const { strokes } = typeText('100\n', 0, people.practised, seeded(3))
    const { passed, alone } = hear(strokes)
    expect(passed.some((each) => each.key === 'Enter')).toBe(true)
    expect(alone).toEqual([])
  })

  test('of the browser’s own fields never waits', () => {
    const { alone, passed } = hear(pressOf('Enter', 0, 90), {}, { target: () => 'native-field' })
    expect(alone).toEqual([])
    expect(passed).toHaveLength(2)
  })
})

describe('F8, which people press and scanners type for a separator', () => {
  const holds = fc.double({ min: 1, max: 160, noNaN: true })
  const delays = fc.double({ min: 1, max: 400, noNaN: true })

  test('takes nothing from a scan that follows it, however long it was held and however soon it came', () => {
    const scanners = fc.oneof(scannersFrom(1, 30), scannersFrom(30, 80))
    fc.assert(
      fc.property(
        codes,
        holds,
        delays,
        scanners,
        targets,
        seeds,
        (code, hold, delay, model, target, seed) => {
          const strokes = [
            ...pressOf('F8', 1000, hold),
            ...played(code, model, seed, 1000 + hold + delay),
          ]
          const alone = hear(played(code, model, seed, 1000), {}, { target: () => target })
          const { texts, rejected } = hear(strokes, {}, { target: () => target })
          expect({ texts, rejected }).toEqual({ texts: alone.texts, rejected: alone.rejected })
        },
      ),
    )
  })

  test('does not make a whole scan of the rest of one', () => {
    const cuts = fc.integer({ min: 3, max: 8 })
    fc.assert(
      fc.property(
        codes,
        cuts,
        holds,
        delays,
        scannersFrom(1, 30),
        seeds,
        (code, cut, hold, delay, model, seed) => {
          // Its first characters came, then the computer stood still, or the line broke.
          const piece = played(code.slice(0, cut), { ...model, terminator: 'none' }, seed)
          const from = (piece.at(-1)?.at ?? 0) + 120
          const rest = played(code.slice(cut), model, seed, from + hold + delay)
          const { texts } = hear([...piece, ...pressOf('F8', from, hold), ...rest])
          expect(texts).not.toContain(code.slice(cut))
        },
      ),
      { numRuns: 300 },
    )
  })
})
