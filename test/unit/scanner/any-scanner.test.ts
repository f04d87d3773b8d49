import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../bench/corpus/random.ts'
import { playScan, usbScanner, type ScannerModel } from '../../bench/corpus/scanner-model.ts'
import { hear } from './decode.ts'

/** `quickest`: ms per key; a USB keyboard is polled at most once a millisecond. */
function scanners(jitter: number, quickest: number): fc.Arbitrary<ScannerModel> {
  return fc
    .record({
      msPerKey: fc.double({ min: quickest, max: 80, noNaN: true }),
      jitter: fc.double({ min: 0, max: jitter, noNaN: true }),
      capsLock: fc.boolean(),
      holdMs: fc.constantFrom(0, 1, 3, 8),
      terminator: fc.constantFrom('enter', 'tab', 'crlf'),
    })
    .map((varied) => ({ ...usbScanner, ...varied }))
}

describe('with any scanner and any code', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijk-_/.:')),
    minLength: 10,
    maxLength: 40,
  })
  test('every scan is read under moderate jitter', () => {
    fc.assert(
      fc.property(text, scanners(0.2, 1), fc.integer(), (wanted, scanner, seed) => {
        expect(hear(playScan(wanted, 0, scanner, seeded(seed)).strokes).texts).toEqual([wanted])
      }),
    )
  })

  test('extreme jitter may cost the scan, but never yields another code', () => {
    const numbers = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
    fc.assert(
      fc.property(text, scanners(0.9, 0), numbers, (wanted, scanner, stream) => {
        const { strokes } = playScan(wanted, 0, scanner, () => stream.next().value ?? 0)
        expect(hear(strokes).texts.filter((heard) => heard !== wanted)).toEqual([])
      }),
    )
  })
})
