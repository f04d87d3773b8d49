import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hear, inOrder } from './decode.ts'
import { codes, played, scannersFrom, seeds } from './scans.ts'

test('two scanners at once yield neither a mixture nor the rest of one, and are told', () => {
  // Two that keep exact step are one scanner with two keys in each report.
  const scanners = scannersFrom(6, 25).map((model) => ({
    ...model,
    holdMs: model.msPerKey / 2,
    jitter: 0.05 + model.jitter / 2,
  }))
  const offset = fc.double({ min: 0.03, max: 0.6, noNaN: true })
  fc.assert(
    fc.property(codes, codes, scanners, scanners, offset, seeds, (one, two, a, b, share, seed) => {
      const first = played(one, a, seed)
      const from = (first.at(-1)?.at ?? 0) * share
      const heard = hear(inOrder(first, played(two, b, seed + 1, from)))
      expect(heard.texts.filter((text) => text !== one && text !== two)).toEqual([])
      expect(heard.texts.length + heard.rejected.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
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
