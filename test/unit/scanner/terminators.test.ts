import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calibrate } from '../../../renderer/scanner/calibration/calibrate.ts'
import { knownCodes } from '../../../renderer/scanner/calibration/known-codes.ts'
import type { ScannerModel } from '../../bench/corpus/scanner-model.ts'
import { hear } from './decode.ts'
import { codes, played, pressOf, scannersFrom, seeds } from './scans.ts'

const paces = fc.oneof(scannersFrom(1, 30), scannersFrom(30, 80), scannersFrom(100, 140))
const ends = fc.constantFrom<ScannerModel['terminator']>(
  'enter',
  'tab',
  'crlf',
  'enter-twice',
  'tab-enter',
  'enter-arrow',
  'ctrl-enter',
  'arrow-down',
  'f4',
  'none',
)
const starts = fc.constantFrom<Pick<ScannerModel, 'startsWithEnter'> & { sends: string }>(
  { startsWithEnter: false, sends: '' },
  { startsWithEnter: true, sends: '' },
  { startsWithEnter: false, sends: ' ' },
  { startsWithEnter: false, sends: '\u001D' },
  { startsWithEnter: false, sends: '\u0002' },
  { startsWithEnter: false, sends: '%%' },
)

function samplesOf(model: ScannerModel, sends: string, seed: number) {
  return knownCodes.map((code, at) => ({
    code,
    strokes: played(sends + code, model, seed + at, at * 20_000),
  }))
}

describe('calibration and decoder hear the same keys', () => {
  test('what calibration accepts is read ever after, and none of its keys reaches the page', () => {
    fc.assert(
      fc.property(codes, paces, ends, starts, seeds, (code, pace, terminator, start, seed) => {
        const model = { ...pace, terminator, startsWithEnter: start.startsWithEnter }
        const { profile, findings } = calibrate(samplesOf(model, start.sends, seed))
        expect(findings).not.toContain('not-heard')
        const strokes = played(start.sends + code, model, seed + 9)
        const { texts, rejected, passed } = hear(strokes, profile ?? {}, { target: () => 'none' })
        const acting = passed.filter(({ type, key }) => type === 'keydown' && key.length > 1)
        const reached = acting.filter(({ key }) => !/^(?:Shift|Control)$/u.test(key))
        const isRead = texts.length === 1 && texts[0] === code && rejected.length === 0
        const holds = profile === null ? findings.length > 0 : isRead && reached.length === 0
        expect({ holds, findings, texts, rejected, reached }).toMatchObject({ holds: true })
      }),
      { numRuns: 300 },
    )
  })

  test('an arrow or a function key at the end is learnt, and told before it is', () => {
    for (const terminator of ['arrow-down', 'f4'] as const) {
      const model = { ...usual, terminator }
      const { profile, findings } = calibrate(samplesOf(model, '', 1))
      const endKey = terminator === 'f4' ? 'F4' : 'ArrowDown'
      expect(profile).toMatchObject({ terminator: 'key', endKey })
      expect(findings).toEqual(['other-terminator'])
      const strokes = played('AB12-CD34', model, 3)
      expect(hear(strokes)).toMatchObject({ texts: [], rejected: ['other-terminator'] })
      expect(hear(strokes, profile ?? {}).texts).toEqual(['AB12-CD34'])
    }
  })

  test.each([
    ['function-keys', 'f8-inside'],
    ['varies', 'two-ends'],
  ] as const)('what it cannot accept it names: %s', (finding, how) => {
    const samples = samplesOf(usual, '', 1).map(({ code, strokes }, at) => {
      if (how === 'two-ends') {
        const terminator = at === 1 ? 'arrow-down' : 'f4'
        return { code, strokes: played(code, { ...usual, terminator }, at) }
      }
      const press = pressOf('F2', strokes[20]?.at ?? 0, 1)
      const later = strokes.slice(20).map((each) => ({ ...each, at: each.at + 8 }))
      return { code, strokes: [...strokes.slice(0, 20), ...press, ...later] }
    })
    expect(calibrate(samples)).toEqual({ profile: null, findings: [finding] })
  })
})

const usual = fc.sample(scannersFrom(8, 8.1), { numRuns: 1, seed: 1 })[0] ?? none()

function none(): never {
  throw new Error('no sample')
}

describe('a second terminator', () => {
  test('at the pace of the scanner is kept from the page, also from a focused button', () => {
    const scanners = fc.oneof(scannersFrom(1, 80), scannersFrom(80, 150))
    const twice = fc.constantFrom('enter-twice', 'crlf', 'tab-enter', 'enter-arrow')
    fc.assert(
      fc.property(codes, scanners, twice, seeds, (code, model, terminator, seed) => {
        const { texts, passed } = hear(
          played(code, { ...model, terminator }, seed),
          {},
          {
            target: () => 'none',
          },
        )
        expect(texts).toEqual([code])
        const named = passed.filter(
          ({ type, code: key }) => type === 'keydown' && /Enter|Arrow/u.test(key),
        )
        expect(named).toEqual([])
      }),
    )
  })
})
