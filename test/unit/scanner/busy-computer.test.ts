import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isStandardCouponCode } from '../../../renderer/scanner/use-scanner.ts'
import { usbScanner } from '../../bench/corpus/scanner-model.ts'
import { hear, inOrder } from './decode.ts'
import { recordedKeys } from './recorded-keys.ts'
import { played, seeds } from './scans.ts'

const options = { isWholeCode: isStandardCouponCode }

/**
 * Scans with 4 ms a key as Electron 33 delivered them right after its window had opened, while four other programs kept two
 * cores busy: some keys reached the X server up to 30 ms late, so that the pace changed in the middle.
 */
const recorded = recordedKeys('busy-computer.json')

describe('a scan whose pace a busy computer changed', () => {
  test.each(Object.entries(recorded))('%s: is read by its form', (_, strokes) => {
    const keys = strokes.filter(({ type, key }) => type === 'keydown' && key !== 'Enter')
    const text = keys.map(({ key }) => key).join('')
    expect(hear(strokes, {}, options)).toMatchObject({ texts: [text], rejected: [] })
  })

  test('is refused where no form proves it, and the cashier is told', () => {
    for (const strokes of Object.values(recorded))
      expect(hear(strokes)).toMatchObject({ texts: [], rejected: ['two-sources'] })
  })
})

const pace = fc.double({ min: 3, max: 23, noNaN: true })
const jitter = fc.double({ min: 0.05, max: 0.2, noNaN: true })
const shares = fc.double({ min: 0.05, max: 0.95, noNaN: true })

function digits(min: number, max: number): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...Array.from('0123456789'))
  return fc.string({ unit, minLength: min, maxLength: max })
}

test('the keys of two scanners that add up to 22 digits are no code', () => {
  const length = 22
  fc.assert(
    fc.property(
      fc.tuple(digits(12, 21), digits(11, 30), pace, pace, jitter, shares, seeds),
      ([one, two, paceOfOne, paceOfTwo, spread, share, seed]) => {
        const tapping = { ...usbScanner, jitter: spread, holdMs: 1 }
        const first = played(one, { ...tapping, msPerKey: paceOfOne }, seed)
        const enterAt = first.findLast(({ type }) => type === 'keydown')?.at ?? 0
        const second = played(two, { ...tapping, msPerKey: paceOfTwo }, seed + 1)
        const keys = second.filter(({ type }) => type === 'keydown')
        // As many of its keys come before the first one's Enter as that lacks.
        const lastBefore = keys[length - one.length - 1]?.at ?? 0
        const firstBehind = keys[length - one.length]?.at ?? 0
        const from = enterAt - lastBefore - (firstBehind - lastBefore) * share
        // Two that begin within one key are one scanner of twice the pace.
        fc.pre(from > (first[2]?.at ?? 0))
        const shifted = second.map((each) => ({ ...each, at: each.at + from }))
        // Nor do two tell whose terminators are a key apart.
        const apart = Math.abs((shifted.at(-1)?.at ?? 0) - (first.at(-1)?.at ?? 0))
        fc.pre(apart > 2.5 * Math.max(paceOfOne, paceOfTwo))
        const heard = hear(inOrder(first, shifted), {}, options)
        expect(heard.texts.filter((text) => text !== one && text !== two)).toEqual([])
        expect(heard.texts.length + heard.rejected.length).toBeGreaterThan(0)
      },
    ),
    // Seeded: about one such collision in 50,000 is told apart by nobody.
    { numRuns: 1000, seed: 1 },
  )
})
