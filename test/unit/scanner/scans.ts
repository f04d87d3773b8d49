import * as fc from 'fast-check'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { playScan, usbScanner, type ScannerModel } from '../../bench/corpus/scanner-model.ts'
import { stroke } from '../../bench/corpus/strokes.ts'

const codeCharacters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz-_'

/** Codes as merchants make them. */
export const codes = fc.string({
  unit: fc.constantFrom(...Array.from(codeCharacters)),
  minLength: 8,
  maxLength: 32,
})

/** Scanners from `from` to `to` ms per key that tap their keys. */
export function scannersFrom(from: number, to: number): fc.Arbitrary<ScannerModel> {
  return fc
    .record({
      msPerKey: fc.double({ min: from, max: to, noNaN: true }),
      jitter: fc.double({ min: 0, max: 0.15, noNaN: true }),
      holdMs: fc.constantFrom(1, 3, 8),
    })
    .map((varied) => ({ ...usbScanner, ...varied }))
}

export const seeds = fc.integer({ min: 0 })

export function played(text: string, model: ScannerModel, seed: number, from = 0): KeyStroke[] {
  return [...playScan(text, from, model, seeded(seed)).strokes]
}

/** One press of a key that types nothing. */
export function pressOf(
  code: string,
  at: number,
  holdMs: number,
  more: Partial<KeyStroke> = {},
): KeyStroke[] {
  return [stroke('keydown', at, code, code, more), stroke('keyup', at + holdMs, code, code, more)]
}
