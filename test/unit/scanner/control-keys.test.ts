import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { hear } from './decode.ts'
import { codes, played, pressOf, scannersFrom, seeds } from './scans.ts'

const controls = fc.integer({ min: 0, max: 31 }).map((code) => String.fromCodePoint(code))
/** They end a scan wherever they come. */
const ends = new Set(['\t', '\n', '\r'])

describe('a key under Ctrl, Alt or Meta', () => {
  test('adds no character to the code, whichever it is and wherever it comes', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true })
    const inner = controls.filter((char) => !ends.has(char))
    fc.assert(
      fc.property(
        codes,
        inner,
        place,
        scannersFrom(1, 80),
        seeds,
        (code, char, share, model, seed) => {
          const at = Math.round(share * code.length)
          const sent = code.slice(0, at) + char + code.slice(at)
          const { texts } = hear(played(sent, model, seed))
          const isInside = at > 0 && at < code.length
          expect(texts.filter((text) => text !== code && !(isInside && text === sent))).toEqual([])
        },
      ),
    )
  })

  test('that is no control character refuses the scan', () => {
    const flags = fc.constantFrom<Partial<KeyStroke>>(
      { alt: true },
      { meta: true },
      { ctrl: true, alt: true },
    )
    fc.assert(
      fc.property(
        codes,
        flags,
        fc.nat(),
        scannersFrom(1, 80),
        seeds,
        (code, flag, nth, model, seed) => {
          const strokes = played(code, model, seed)
          const downs = strokes.flatMap(({ type, key }, at) =>
            type === 'keydown' && key.length === 1 ? [at] : [],
          )
          const at = downs[nth % downs.length]
          const held = strokes.map((each, index) => (index === at ? { ...each, ...flag } : each))
          const heard = hear(held)
          expect(heard.texts).toEqual([])
          expect(heard.rejected).not.toEqual([])
        },
      ),
    )
  })

  test.each([
    ['Digit2', '2'],
    ['Digit6', '6'],
    ['Minus', '-'],
    ['Digit5', '5'],
  ])('Ctrl with %s is not the digit or sign on it', (code, key) => {
    const digits = '100999888877776666555'
    const strokes = played(digits, scanner, 1)
    const at = (strokes.at(-3)?.at ?? 0) + 4
    const extra = pressOf(code, at, 2, { key, ctrl: true })
    const late = strokes.slice(-2).map((each) => ({ ...each, at: each.at + 8 }))
    const heard = hear([...strokes.slice(0, -2), ...extra, ...late])
    expect(heard).toMatchObject({ texts: [], rejected: ['unreadable-key'] })
  })
})

const scanner = fc.sample(scannersFrom(8, 8.1), { numRuns: 1, seed: 1 })[0] ?? fail()

function fail(): never {
  throw new Error('no sample')
}

describe('the group separator of FNC1', () => {
  test('is taken off in front and behind, however it is typed, and kept inside', () => {
    const separators = fc.constantFrom('control', 'shifted', 'f8')
    const wraps = fc.constantFrom('', '\u001D', '\u0002', '\u0002\u001D')
    const tails = fc.constantFrom('', '\u001D', '\u0003', '\u001D\u0003')
    fc.assert(
      fc.property(
        codes,
        separators,
        wraps,
        tails,
        scannersFrom(1, 80),
        seeds,
        (code, separator, before, after, model, seed) => {
          const data = `${code.slice(0, 4)}\u001D${code.slice(4)}`
          const strokes = played(`${before}${data}${after}`, { ...model, separator }, seed)
          expect(hear(strokes).texts).toEqual([data])
        },
      ),
    )
  })
})
