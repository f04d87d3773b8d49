import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { createScanDecoder } from '../../../renderer/scanner/scan-decoder.ts'
import { defaultScannerProfile } from '../../../renderer/scanner/scanner-profile.ts'
import { playScan, usbScanner, type ScannerModel } from '../../bench/corpus/scanner-model.ts'
import { stroke } from '../../bench/corpus/strokes.ts'
import { hear, inOrder } from './decode.ts'

const code = '1009998888777766665555'

function scan(text: string, from = 0, model: Partial<ScannerModel> = {}): KeyStroke[] {
  return [...playScan(text, from, { ...usbScanner, ...model }, steady).strokes]
}
const steady = (): number => 0.5

function isStandardCode(text: string): boolean {
  return /^\d{22}$/u.test(text)
}

function finger(char: string, at: number, holdMs = 90): KeyStroke[] {
  const key = `Key${char.toUpperCase()}`
  return [stroke('keydown', at, key, char), stroke('keyup', at + holdMs, key, char)]
}

describe('a scan', () => {
  test.each([1, 2, 5, 12, 30, 60, 80, 110, 145])('at %d ms per key is read whole', (msPerKey) => {
    expect(hear(scan(code, 0, { msPerKey })).texts).toEqual([code])
  })

  // No USB keyboard is polled so often: the keys may just as well be a person's, held up (`held-up-keys.test.ts`).
  test.each([0, 0.4])('at %d ms per key is read whole where its form proves it', (msPerKey) => {
    expect(hear(scan(code, 0, { msPerKey }), {}, { isWholeCode: isStandardCode }).texts).toEqual([
      code,
    ])
  })

  test('is read whole when its keys stay down for half of its slow pace', () => {
    expect(hear(scan(code, 0, { msPerKey: 80, holdMs: 40 })).texts).toEqual([code])
  })

  test.each(['enter', 'tab', 'crlf'] as const)(
    'may end with %s, kept from the page',
    (terminator) => {
      const strokes = scan(code, 0, { terminator })
      const heard = hear(strokes)
      expect(heard.texts).toEqual([code])
      const last = hear(strokes).decisions.at(-1)
      expect(last).toEqual({ kind: 'withhold' })
    },
  )

  test('of every printable character is read unchanged', () => {
    const text = 'aZ09 -_=+[]{}\\|;:\'",.<>/?`~!@#$%^&*()'
    expect(hear(scan(text)).texts).toEqual([text])
  })

  test('keeps its letter case under Caps Lock', () => {
    expect(hear(scan('wxE3-4A3_4', 0, { capsLock: true })).texts).toEqual(['wxE3-4A3_4'])
  })

  test('by a scanner that compensates for Caps Lock is read right when the profile says so', () => {
    const strokes = scan('WXe3-4a3', 0, { capsLock: true })
    expect(hear(strokes, { capsLock: 'follows-lock' }).texts).toEqual(['wxE3-4A3'])
  })

  test('right after another yields both codes', () => {
    const first = playScan(code, 0, usbScanner, steady)
    const second = scan('2009998888777766665555', first.endsAt)
    expect(hear([...first.strokes, ...second]).texts).toEqual([code, '2009998888777766665555'])
  })

  test("under a finger loses the finger's key, not a character", () => {
    for (const lead of [3, 20, 60]) {
      expect(hear(inOrder(finger('q', 0), scan(code, lead))).texts).toEqual([code])
    }
  })

  test('right after a lifted finger is rejected, because that key could be its own first key, delayed', () => {
    for (const lead of [95, 120, 200]) {
      expect(hear(inOrder(finger('q', 0), scan(code, lead))).texts).toEqual([])
    }
    expect(hear(inOrder(finger('q', 0), scan(code, 600))).texts).toEqual([code])
  })

  test('yields its AIM identifier apart from the code', () => {
    const scans = hear(scan(`]Q3${code}`)).decisions.filter((each) => each.kind === 'scan')
    expect(scans).toMatchObject([{ scan: { text: code, aim: ']Q3' } }])
  })

  test("loses the profile's prefix and suffix", () => {
    const profile = { prefix: '%%', suffix: '#' }
    expect(hear(scan(`%%${code}#`), profile).texts).toEqual([code])
    expect(hear(scan(`${code}#`), profile).rejected).toEqual(['prefix-missing'])
    expect(hear(scan(`%%${code}`), profile).rejected).toEqual(['suffix-missing'])
  })
})

describe('without terminator', () => {
  const strokes = scan('ABC12345', 0, { terminator: 'none' })

  test('a scan of an unknown scanner is accepted the second time', () => {
    expect(hear(strokes)).toMatchObject({ texts: [], rejected: ['no-terminator'] })
    const again = scan('ABC12345', 2000, { terminator: 'none' })
    expect(hear([...strokes, ...again]).texts).toEqual(['ABC12345'])
  })

  test('a code is accepted when its form proves that it is whole', () => {
    expect(hear(strokes, {}, { isWholeCode: (text) => text === 'ABC12345' }).texts).toEqual([
      'ABC12345',
    ])
  })

  test('silence ends a scan when the profile expects no terminator', () => {
    expect(hear(strokes, { terminator: 'none' }).texts).toEqual(['ABC12345'])
  })

  test('two scans 60 ms apart are never read as one code', () => {
    const two = [...strokes, ...scan('XYZ98765', 135, { terminator: 'none' })]
    for (const terminator of ['auto', 'none'] as const) {
      expect(hear(two, { terminator }).texts.filter((text) => text.length > 8)).toEqual([])
    }
  })
})

describe('a scan is rejected rather than read wrongly', () => {
  const strokes = scan(code)
  const downs = strokes.flatMap((each, at) => (each.type === 'keydown' ? [at] : []))

  test('with any single event lost', () => {
    for (let at = 0; at < strokes.length - 2; at += 1) {
      const { texts } = hear(strokes.toSpliced(at, 1))
      expect(texts.filter((text) => text !== code)).toEqual([])
    }
  })

  test('with a key lost entirely, which leaves a gap in the pace', () => {
    for (const at of downs.slice(1, -1)) {
      expect(hear(strokes.toSpliced(at, 2))).toMatchObject({ texts: [], rejected: ['lost-key'] })
    }
  })

  test('with any key doubled', () => {
    for (const at of downs.slice(0, -1)) {
      const doubled = strokes.toSpliced(at, 0, ...strokes.slice(at, at + 1))
      expect(hear(doubled)).toMatchObject({ texts: [], rejected: ['repeated-key'] })
    }
  })

  test('when it breaks off and goes on later', () => {
    for (const pause of [120, 300, 900]) {
      for (const at of downs.slice(1)) {
        const late = strokes.slice(at).map((each) => ({ ...each, at: each.at + pause }))
        const { texts } = hear([...strokes.slice(0, at), ...late])
        expect(texts.filter((text) => text !== code)).toEqual([])
      }
    }
  })

  test("with a finger's key in the middle", () => {
    expect(hear(inOrder(strokes, finger('q', 55)))).toMatchObject({
      texts: [],
      rejected: ['mixed-with-typing'],
    })
  })

  test('with Shift held by a hand', () => {
    const held = [
      stroke('keydown', -900, 'ShiftLeft', 'Shift', { shift: true }),
      ...strokes.map((each) => ({ ...each, shift: true })),
    ]
    expect(hear(held)).toMatchObject({ texts: [], rejected: ['modifier-held'] })
  })

  test('with a key taken by an input method', () => {
    const taken = strokes.map((each, at) =>
      at === 4 ? { ...each, key: 'Process', composing: true } : each,
    )
    expect(hear(taken)).toMatchObject({ texts: [], rejected: ['input-method'] })
  })

  test('when its beginning went to another window', () => {
    const decoder = createScanDecoder(defaultScannerProfile)
    const decisions = [...decoder.interrupt(-8), ...strokes.flatMap((each) => decoder.push(each))]
    expect(decisions).toContainEqual({
      kind: 'rejected',
      rejected: { why: 'broken-off', startedAt: 0, endedAt: 220, keys: 22 },
    })
  })
})

describe('layouts', () => {
  const french = new Map(
    Array.from('1234567890').map((digit, at) => [digit, '&é"\'(-è_çà'[at] ?? '']),
  )
  const azerty = (strokes: KeyStroke[]): KeyStroke[] =>
    strokes.map((each) => ({ ...each, key: french.get(each.key) ?? each.key }))

  test('a scanner with the US layout is read on a French system', () => {
    expect(hear(azerty(scan(code))).texts).toEqual([code])
  })

  test('an unclear layout is rejected until the profile tells', () => {
    const swapped = scan('YZ1234').map((each) => ({
      ...each,
      key: each.key === 'Y' ? 'Z' : each.key === 'Z' ? 'Y' : each.key,
    }))
    expect(hear(swapped).rejected).toEqual(['layout-unclear'])
    expect(hear(swapped, { layout: 'key' }).texts).toEqual(['ZY1234'])
    expect(hear(swapped, { layout: 'code' }).texts).toEqual(['YZ1234'])
  })

  test('full-width characters become plain ones', () => {
    const wide = scan('AB12').map((each) => ({
      ...each,
      key:
        each.key.length === 1
          ? String.fromCodePoint((each.key.codePointAt(0) ?? 0) + 0xfee0)
          : each.key,
    }))
    expect(hear(wide).texts).toEqual(['AB12'])
    expect(
      hear(
        wide.map((each) => ({ ...each, code: '' })),
        { minLength: 2 },
      ).texts,
    ).not.toContain('ＡＢ１２')
  })
})

describe("a person's typing", () => {
  const letters = fc.constantFrom(...Array.from('asdfjklqwertyuiop'))

  test('is no scan at any speed of a hand, and loses no key', () => {
    const typing = fc.array(
      fc.record({
        char: letters,
        gap: fc.integer({ min: 35, max: 400 }),
        hold: fc.integer({ min: 50, max: 140 }),
      }),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(typing, (keys) => {
        let at = 0
        const strokes = keys.flatMap(({ char, gap, hold }, index) => {
          // A finger must lift a key before it can press it again.
          const stillDown = keys
            .slice(Math.max(0, index - 4), index)
            .some((key) => key.char === char)
          at += stillDown ? gap + 150 : gap
          return finger(char, at, hold)
        })
        strokes.push(stroke('keydown', at + 60, 'Enter', 'Enter'))
        const heard = hear(inOrder(strokes))
        expect(heard.texts).toEqual([])
        expect(heard.decisions.some((each) => each.kind === 'withhold')).toBe(false)
      }),
    )
  })

  test('is no scan with a key held down', () => {
    const held = Array.from({ length: 30 }, (_, at) =>
      stroke('keydown', at * 30, 'Digit0', '0', { repeat: at > 0 }),
    )
    held.push(stroke('keyup', 905, 'Digit0', '0'), stroke('keydown', 940, 'Enter', 'Enter'))
    expect(hear(held)).toMatchObject({ texts: [], rejected: [] })
  })

  test('is no scan when a hand lies on the keys', () => {
    const mash = Array.from('asdfghjk').flatMap((char, at) => finger(char, at * 3, 120))
    mash.push(stroke('keydown', 140, 'Enter', 'Enter'))
    expect(hear(inOrder(mash)).texts).toEqual([])
  })
})
