import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../bench/corpus/random.ts'
import {
  asSystemReports,
  injected,
  withEmptyShift,
  withoutCodes,
} from '../../bench/corpus/system-keyboard.ts'
import { stroke } from '../../bench/corpus/strokes.ts'
import { hear } from './decode.ts'
import { codes, played, scannersFrom, seeds } from './scans.ts'

const scanners = scannersFrom(1, 80)
const mixed = codes.filter((code) => /[A-Z_]/u.test(code))

describe('Shift that lies', () => {
  test('any event of Shift lost, with everything that follows from it, yields no other code', () => {
    fc.assert(
      fc.property(
        mixed,
        scanners,
        seeds,
        fc.nat(),
        fc.boolean(),
        (code, model, seed, nth, takesTime) => {
          const strokes = played(code, { ...model, shiftTakesTime: takesTime }, seed)
          const shifts = strokes.flatMap(({ key }, at) => (key === 'Shift' ? [at] : []))
          const lost = shifts[nth % shifts.length]
          const left = asSystemReports(strokes.filter((_, at) => at !== lost))
          const heard = hear(left)
          expect(heard.texts.filter((text) => text !== code)).toEqual([])
          expect(heard.texts.length + heard.rejected.length).toBeGreaterThan(0)
        },
      ),
    )
  })

  test('an empty Shift press refuses the scan and says so', () => {
    fc.assert(
      fc.property(mixed, scanners, seeds, (code, model, seed) => {
        const strokes = withEmptyShift(played(code, model, seed), seeded(seed))
        expect(hear(asSystemReports(strokes))).toMatchObject({
          texts: [],
          rejected: ['case-unclear'],
        })
      }),
    )
  })

  test('Shift still down at the terminator refuses the scan', () => {
    const strokes = played('AB12-CD34', { ...first, msPerKey: 8 }, 1)
    const up = strokes.findLastIndex(({ type, key }) => type === 'keyup' && key === 'Shift')
    const left = asSystemReports(strokes.toSpliced(up, 1))
    expect(hear(left).texts).toEqual([])
  })

  test('a letter whose case follows from neither Shift nor Caps Lock refuses the scan', () => {
    const strokes = played('abcd1234', first, 1).map((each) =>
      each.key === 'c' ? { ...each, key: 'C' } : each,
    )
    expect(hear(strokes)).toMatchObject({ texts: [], rejected: ['case-unclear'] })
  })
})

const first = fc.sample(scannersFrom(8, 8.1), { numRuns: 1, seed: 1 })[0] ?? none()

function none(): never {
  throw new Error('no sample')
}

describe('Caps Lock pressed by the scanner', () => {
  test('for capitals is read right', () => {
    fc.assert(
      fc.property(mixed, scanners, seeds, (code, model, seed) => {
        expect(hear(played(code, { ...model, capitals: 'caps-lock' }, seed)).texts).toEqual([code])
      }),
    )
  })

  test('and one of its events lost yields no other code', () => {
    const capitals = codes.filter((code) => /[A-Z]/u.test(code))
    fc.assert(
      fc.property(capitals, scanners, seeds, fc.nat(), (code, model, seed, nth) => {
        const strokes = played(code, { ...model, capitals: 'caps-lock' }, seed)
        const locks = strokes.flatMap(({ key }, at) => (key === 'CapsLock' ? [at] : []))
        const lost = locks[nth % locks.length]
        const { texts } = hear(asSystemReports(strokes.filter((_, at) => at !== lost)))
        expect(texts.filter((text) => text !== code)).toEqual([])
      }),
    )
  })
})

test('Caps Lock pressed by a person right before the scan is not the scanner’s', () => {
  for (const gap of [10, 60, 100]) {
    const tap = ['keydown', 'keyup'].map((type, at) =>
      stroke(type === 'keydown' ? 'keydown' : 'keyup', at * 5 - 5 - gap, 'CapsLock', 'CapsLock', {
        capsLock: true,
      }),
    )
    for (const code of ['AB12cd34', '1234567890']) {
      const scan = played(code, { ...first, capsLock: true }, 1)
      expect(hear([...tap, ...scan]).texts).toEqual([code])
    }
  }
})

describe('keys without a code', () => {
  test('are read by their characters', () => {
    fc.assert(
      fc.property(
        codes,
        scanners,
        seeds,
        fc.constantFrom('', 'Unidentified'),
        (code, model, seed, name) => {
          const strokes = withoutCodes(played(code, model, seed))
          expect(hear(strokes.map((each) => ({ ...each, code: name }))).texts).toEqual([code])
        },
      ),
    )
  })

  test('are read as they say when a program injects each character by itself', () => {
    fc.assert(
      fc.property(codes, scanners, seeds, (code, model, seed) => {
        expect(hear(injected(played(code, model, seed))).texts).toEqual([code])
      }),
    )
  })

  test('are named as what they are where Caps Lock or Shift leaves their case open', () => {
    const locked = withoutCodes(played('AB12cd34', { ...first, capsLock: true }, 1))
    expect(hear(locked)).toMatchObject({ texts: [], rejected: ['remote-keys'] })
    const half = withoutCodes(played('AB12cd34', first, 1)).map((each) =>
      each.key === 'B' ? { ...each, shift: false } : each,
    )
    expect(hear(half)).toMatchObject({ texts: [], rejected: ['remote-keys'] })
  })

  test('and without a name are named too', () => {
    const strokes = withoutCodes(played('12345678', first, 1)).map((each) =>
      each.key === '5' ? { ...each, key: 'Unidentified' } : each,
    )
    expect(hear(strokes)).toMatchObject({ texts: [], rejected: ['remote-keys'] })
  })
})

test('Shift tapped a while before a scan does no harm', () => {
  const tap = [
    stroke('keydown', -400, 'ShiftLeft', 'Shift', { shift: true }),
    stroke('keyup', -320, 'ShiftLeft', 'Shift'),
  ]
  expect(hear([...tap, ...played('AB12cd34', first, 1)]).texts).toEqual(['AB12cd34'])
})
