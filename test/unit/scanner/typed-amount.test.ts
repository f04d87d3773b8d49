import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import type { KeyTarget } from '../../../renderer/scanner/lone-keys.ts'
import type { DecoderOptions } from '../../../renderer/scanner/scan-decoder.ts'
import { stroke } from '../../bench/corpus/strokes.ts'
import { hear, inOrder } from './decode.ts'
import { codes, played, scannersFrom, seeds } from './scans.ts'

const till: DecoderOptions = { target: () => 'none', takesAmount: () => true }

/** A person's keys, one every `everyMs`. */
function typed(text: string, everyMs: number, holdMs: number): KeyStroke[] {
  return inOrder(
    ...Array.from(text, (char, at) => {
      const code = char === '.' ? 'Period' : `Digit${char}`
      return [
        stroke('keydown', at * everyMs, code, char),
        stroke('keyup', at * everyMs + holdMs, code, char),
      ]
    }),
  )
}

function amountsOf(heard: ReturnType<typeof hear>): string {
  return heard.decisions.flatMap((each) => (each.kind === 'amount' ? [each.text] : [])).join('')
}

describe('digits typed where nothing has the focus', () => {
  test('are an amount, whole and in order, at any pace of a hand', () => {
    const texts = fc.constantFrom('5', '12', '128.5', '1.50', '0.8', '9999.99')
    const paces = fc.double({ min: 70, max: 400, noNaN: true })
    const holds = fc.double({ min: 40, max: 65, noNaN: true })
    fc.assert(
      fc.property(texts, paces, holds, (text, everyMs, holdMs) => {
        const heard = hear(typed(text, everyMs, holdMs), {}, till)
        expect(amountsOf(heard)).toBe(text)
        expect(heard.passed).toEqual([])
        expect(heard.texts).toEqual([])
      }),
    )
  })

  test('reach the page untouched where no amount is expected, and in a field', () => {
    for (const situation of [
      { ...till, takesAmount: () => false },
      { ...till, target: (): KeyTarget => 'own-field' },
    ]) {
      const heard = hear(typed('128.5', 150, 60), {}, situation)
      expect(amountsOf(heard)).toBe('')
      expect(heard.passed).toHaveLength(10)
    }
  })

  test('are none where a key was up sooner than a finger lifts it, or letters came with them', () => {
    expect(amountsOf(hear(typed('128', 150, 12), {}, till))).toBe('')
    const mixed = inOrder(typed('1', 90, 50), [
      stroke('keydown', 90, 'KeyA', 'a'),
      stroke('keyup', 140, 'KeyA', 'a'),
    ])
    expect(amountsOf(hear(mixed, {}, till))).toBe('')
  })

  test('are none of a scanner known to be as slow as a hand', () => {
    const known = { rhythm: { gapMs: 140, holdMs: 70 } }
    expect(amountsOf(hear(typed('128', 150, 60), known, till))).toBe('')
  })
})

test('a scan is no amount, and is read as ever', () => {
  fc.assert(
    fc.property(codes, scannersFrom(1, 100), seeds, (code, model, seed) => {
      const strokes = played(code, model, seed)
      const heard = hear(strokes, {}, till)
      const plain = hear(strokes, {}, { ...till, takesAmount: () => false })
      expect(amountsOf(heard)).toBe('')
      expect({ texts: heard.texts, rejected: heard.rejected }).toEqual({
        texts: plain.texts,
        rejected: plain.rejected,
      })
    }),
  )
})
