import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { playScan, usbScanner, type ScannerModel } from '../../bench/corpus/scanner-model.ts'
import { stroke } from '../../bench/corpus/strokes.ts'
import { hear, inOrder } from './decode.ts'

const code = '1009998888777766665555'
const typing = {
  isWholeCode: (text: string) => /^\d{22}$/u.test(text),
  expectsTyping: () => true,
}

function scan(text: string, from: number, model: Partial<ScannerModel> = {}): KeyStroke[] {
  return [...playScan(text, from, { ...usbScanner, ...model }, () => 0.5).strokes]
}

/** Types the digits of an amount, one every `everyMs`. */
function typed(text: string, { from = 0, everyMs = 150, holdMs = 80 } = {}): KeyStroke[] {
  return inOrder(
    ...Array.from(text, (char, at) => {
      const key = char === '.' ? 'Period' : `Digit${char}`
      const downAt = from + at * everyMs
      return [stroke('keydown', downAt, key, char), stroke('keyup', downAt + holdMs, key, char)]
    }),
  )
}

function scansOf(strokes: readonly KeyStroke[], options: Parameters<typeof hear>[2] = typing) {
  return hear(strokes, {}, options).decisions.flatMap((each) =>
    each.kind === 'scan' ? [[each.scan.text, each.scan.typedBefore]] : [],
  )
}

describe('an amount typed right before a scan', () => {
  // The last digit goes down at 300 ms.
  test.each([303, 320, 360, 379])(
    'is returned to the field when its last digit is still down at %d',
    (at) => {
      expect(scansOf(inOrder(typed('123'), scan(code, at)))).toEqual([[code, '3']])
    },
  )

  test.each([382, 400, 411])(
    'is returned to the field when its last digit was just lifted at %d',
    (at) => {
      expect(scansOf(inOrder(typed('123'), scan(code, at)))).toEqual([[code, '3']])
    },
  )

  test.each([420, 450, 600, 900])('stays in the field when the scan begins at %d', (at) => {
    const heard = hear(inOrder(typed('123'), scan(code, at)), {}, typing)
    expect(heard.texts).toEqual([code])
    expect(heard.rejected).toEqual([])
  })

  test.each([60, 90, 110])(
    'is returned to the field whole when typed quickly, at %d ms a digit',
    (everyMs) => {
      const amount = typed('98.50', { everyMs, holdMs: 55 })
      const scans = scansOf(inOrder(amount, scan(code, everyMs * 4 + 70)))
      expect(scans).toEqual([[code, '98.50']])
    },
  )

  test("is returned to the field before a slow scanner's scan too", () => {
    const strokes = inOrder(typed('3', { holdMs: 90 }), scan(code, 105, { msPerKey: 40 }))
    expect(scansOf(strokes)).toEqual([[code, '3']])
  })

  test('is not searched for where no amount is expected', () => {
    const idle = { ...typing, expectsTyping: () => false }
    expect(scansOf(inOrder(typed('123'), scan(code, 382)), idle)).toEqual([])
  })

  test('never adds its digits to a code: a scan with one key missing is rejected', () => {
    const short = code.slice(1)
    const heard = hear(inOrder(typed('123'), scan(short, 382)), {}, typing)
    expect(heard.texts).toEqual([])
    expect(heard.rejected).toEqual(['mixed-with-typing'])
  })

  test('does not hide that the scan before it broke off', () => {
    const half = scan(code.slice(0, 11), 0).slice(0, -2)
    const heard = hear(inOrder(half, scan(code, 500)), {}, typing)
    expect(heard.rejected.at(-1)).toBe('broken-off')
  })
})
