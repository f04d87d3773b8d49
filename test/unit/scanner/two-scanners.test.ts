import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { usbScanner, type ScannerModel } from '../../bench/corpus/scanner-model.ts'
import { stroke } from '../../bench/corpus/strokes.ts'
import { isStandardCouponCode } from '../../../renderer/scanner/use-scanner.ts'
import { hear, inOrder, type Heard } from './decode.ts'
import { codes, played, scannersFrom, seeds } from './scans.ts'

const terminators = fc.constantFrom<ScannerModel['terminator']>(
  'enter',
  'tab',
  'crlf',
  'enter-twice',
)
/** Two that keep exact step are one scanner with two keys in each report: none does for long. */
const scanners = fc.record({
  msPerKey: fc.oneof(
    fc.double({ min: 3, max: 12, noNaN: true }),
    fc.double({ min: 3, max: 40, noNaN: true }),
  ),
  jitter: fc.double({ min: 0.05, max: 0.2, noNaN: true }),
  hold: fc.constantFrom<number | 'half'>(1, 3, 8, 'half'),
  terminator: terminators,
})

test('two scanners at once yield neither a mixture nor the rest of one, and are told', () => {
  const models = scanners.map(({ msPerKey, jitter, hold, terminator }): ScannerModel => {
    const holdMs = hold === 'half' ? msPerKey / 2 : Math.min(hold, msPerKey * 0.9)
    return { ...usbScanner, msPerKey, jitter, holdMs, terminator }
  })
  const offset = fc.double({ min: 0, max: 0.6, noNaN: true })
  fc.assert(
    fc.property(codes, codes, models, models, offset, seeds, (one, two, a, b, share, seed) => {
      const first = played(one, a, seed)
      // Two that begin within one key may look like one scanner of twice the pace.
      const keys = first.filter(({ type, key }) => type === 'keydown' && key !== 'Shift')
      const from = Math.max(keys[1]?.at ?? 0, (first.at(-1)?.at ?? 0) * share)
      const second = played(two, b, seed + 1, from)
      // Nor do two tell whose terminators are a key apart: a scanner may send two.
      const apart = Math.abs((first.at(-1)?.at ?? 0) - (second.at(-1)?.at ?? 0))
      fc.pre(apart > 2.5 * Math.max(a.msPerKey, b.msPerKey))
      const heard = hear(inOrder(first, second))
      expect(heard.texts.filter((text) => text !== one && text !== two)).toEqual([])
      expect(heard.texts.length + heard.rejected.length).toBeGreaterThan(0)
    }),
    { numRuns: 1000 },
  )
})

test('a fast scanner whose keys overlap is told, because two look the same', () => {
  fc.assert(
    fc.property(codes, scannersFrom(5, 20), seeds, (code, model, seed) => {
      const strokes = played(code.toLowerCase(), { ...model, holdMs: 1 }, seed).map((each) =>
        each.type === 'keyup' && each.key.length === 1
          ? { ...each, at: each.at + model.msPerKey * 1.3 }
          : each,
      )
      const heard = hear(inOrder(strokes))
      expect(heard.texts).toEqual([])
      expect(heard.rejected).not.toEqual([])
    }),
  )
})

test('a person’s key right behind an uneven scan is neither lost nor taken for another scanner', () => {
  const digits = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789')),
    minLength: 8,
    maxLength: 20,
  })
  const after = fc.double({ min: 2, max: 58, noNaN: true })
  const holds = fc.double({ min: 45, max: 140, noNaN: true })
  fc.assert(
    fc.property(digits, fc.nat(19), seeds, after, holds, (code, pace, seed, gap, hold) => {
      const msPerKey = 6 + pace
      const strokes = played(code, { ...usbScanner, msPerKey, holdMs: 1, jitter: 0.1 }, seed)
      // The fourth key was held up for a moment.
      const late = strokes.map((each, at) =>
        at === 6 || at === 7 ? { ...each, at: each.at + msPerKey * 0.6 } : each,
      )
      const from = (late.at(-1)?.at ?? 0) + gap
      const key = [stroke('keydown', from, 'KeyK', 'k'), stroke('keyup', from + hold, 'KeyK', 'k')]
      const { texts, rejected, decisions, passed } = hear(inOrder(late, key))
      const typed = decisions.flatMap((each) => (each.kind === 'release' ? [each.withheld] : []))
      const came = passed.filter(({ type, at }) => type === 'keydown' && at === from).length
      expect({ texts, rejected }).toEqual({ texts: [code], rejected: [] })
      expect(typed.join('').length + came).toBe(1)
    }),
  )
})

test('a second scanner of the same pace doubles it for a while, by which most mixtures are told', () => {
  const heard = Array.from({ length: 60 }, (_, seed) => {
    const model = { ...usbScanner, msPerKey: 8 + (seed % 20), jitter: 0.05, holdMs: 1 }
    const first = played('1009998888777766665555', model, seed)
    const second = played(
      '2009998888',
      { ...model, terminator: 'none' },
      seed + 1000,
      10.5 * model.msPerKey,
    )
    return hear(inOrder(first, second)).rejected.join()
  })
  expect(heard.filter((told) => told === 'two-sources').length).toBeGreaterThan(30)
})

/** Two lines of a symbol, of which the computer delayed these keys of the first. */
function twoLines(lateKeys: readonly number[], lateMs: number): Heard {
  const model = { ...usbScanner, msPerKey: 5, holdMs: 2, jitter: 0 }
  const first = played('1201059453000000000001', model, 1)
  let delay = 0
  const late = first.map((each, at) => {
    if (each.type === 'keydown' && lateKeys.includes(at / 2)) delay += lateMs
    return { ...each, at: each.at + delay }
  })
  const end = late.at(-1)?.at ?? 0
  return hear(
    inOrder(late, played('6901234567892', model, 2, end + 3)),
    {},
    { isWholeCode: isStandardCouponCode },
  )
}

test('a scan of several lines is read although single keys of the first came late', () => {
  const heard = twoLines([4, 9, 15], 3)
  expect(heard.texts).toEqual(['1201059453000000000001', '6901234567892'])
  expect(heard.rejected).toEqual([])
})

test('where late keys follow one another, the next line may be a second scanner’s', () => {
  expect(twoLines([3, 4, 5], 3).rejected).toEqual(['two-sources', 'broken-off'])
})

test('scans in quick succession are not all refused because one was', () => {
  const model = { ...usbScanner, msPerKey: 2, holdMs: 1, jitter: 0 }
  const scans = [0, 1, 2, 3, 4].flatMap((at) => {
    const strokes = played(`100999888877776666555${at}`, model, at, at * 170)
    // The release of a key of the first scan was lost.
    return at === 0 ? strokes.toSpliced(9, 1) : strokes
  })
  const heard = hear(scans)
  expect(heard.rejected).toHaveLength(2)
  expect(heard.texts.map((text) => text.at(-1))).toEqual(['2', '3', '4'])
})
