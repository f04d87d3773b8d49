import { describe, expect, test } from 'vitest'
import { catalogues } from '../../../main/contract/words/index.ts'
import { calibrate } from '../../../renderer/scanner/calibration/calibrate.ts'
import { findings } from '../../../renderer/scanner/calibration/finding.ts'
import { knownCodes } from '../../../renderer/scanner/calibration/known-codes.ts'
import type { Sample } from '../../../renderer/scanner/calibration/recorded-scan.ts'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import type { ScannerProfile } from '../../../renderer/scanner/scanner-profile.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { playScan, usbScanner, type ScannerModel } from '../../bench/corpus/scanner-model.ts'
import { shownOn } from '../../bench/corpus/strokes.ts'
import { hear } from './decode.ts'

function played(
  model: Partial<ScannerModel>,
  sends: (code: string) => string = (code) => code,
): Sample[] {
  return knownCodes.map((code, at) => ({
    code,
    strokes: playScan(sends(code), at * 5000, { ...usbScanner, ...model }, seeded(at)).strokes,
  }))
}

function swapCase(text: string): string {
  return Array.from(text, (char) =>
    char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase(),
  ).join('')
}

/** Reads a code that calibration has not seen, with the profile that it learnt. */
function readsAfterwards(
  profile: ScannerProfile | null,
  model: Partial<ScannerModel>,
  sends: (code: string) => string = (code) => code,
): readonly string[] {
  const { strokes } = playScan(sends('Zy7-Qw_42x'), 0, { ...usbScanner, ...model }, seeded(99))
  return profile === null ? [] : hear(strokes, profile).texts
}

describe('calibration with three known codes learns', () => {
  test('a scanner with factory settings: nothing to fix', () => {
    const { profile, findings: noticed } = calibrate(played({}))
    expect(noticed).toEqual([])
    expect(profile).toMatchObject({ terminator: 'enter', layout: 'auto', prefix: '', suffix: '' })
    expect(profile?.rhythm?.gapMs).toBeCloseTo(10, 0)
    expect(profile?.rhythm?.holdMs).toBeCloseTo(3, 5)
  })

  test.each([
    ['Tab', { terminator: 'tab' }, { terminator: 'tab' }, []],
    ['no terminator', { terminator: 'none' }, { terminator: 'none' }, ['no-terminator']],
    ['a slow pace', { msPerKey: 60 }, { terminator: 'enter' }, ['slow']],
    ['Alt codes', { keys: 'alt-codes' }, { layout: 'auto' }, ['alt-codes']],
    ['Caps Lock', { capsLock: true }, { capsLock: 'ignores-lock' }, ['caps-lock-on']],
    ['a German system', { shows: shownOn('german') }, { layout: 'code' }, ['other-layout']],
    ['a French system', { shows: shownOn('french') }, { layout: 'code' }, ['other-layout']],
  ] satisfies [string, Partial<ScannerModel>, Partial<ScannerProfile>, string[]][])(
    '%s, and codes are read so from then on',
    (_, model, learnt, noticed) => {
      const calibration = calibrate(played(model))
      expect(calibration.profile).toMatchObject(learnt)
      expect(calibration.findings).toEqual(noticed)
      expect(readsAfterwards(calibration.profile, model)).toEqual(['Zy7-Qw_42x'])
    },
  )

  test('prefix and suffix, which are removed from then on', () => {
    const { profile, findings: noticed } = calibrate(played({}, framed))
    expect(profile).toMatchObject({ prefix: '%%', suffix: '#' })
    expect(noticed).toEqual(['prefix', 'suffix'])
    expect(readsAfterwards(profile, {}, framed)).toEqual(['Zy7-Qw_42x'])
  })

  test('a scanner that compensates for Caps Lock', () => {
    const { profile } = calibrate(played({ capsLock: true }, swapCase))
    expect(profile).toMatchObject({ capsLock: 'follows-lock' })
    expect(readsAfterwards(profile, { capsLock: true }, swapCase)).toEqual(['Zy7-Qw_42x'])
  })
})

describe('a scanner that cannot be used is diagnosed', () => {
  test.each([
    ['drops-characters', played({}, thinned)],
    ['adds-characters', played({}, (code) => `${code.slice(0, 4)}7${code.slice(4)}`)],
    ['changes-case', played({}, (code) => code.toUpperCase())],
    ['not-the-codes', played({}, () => '6901234567892')],
    ['too-slow', played({ msPerKey: 180 })],
    ['not-heard', knownCodes.map((code): Sample => ({ code, strokes: [] }))],
  ] satisfies [string, Sample[]][])('%s', (finding, samples) => {
    expect(calibrate(samples)).toEqual({ profile: null, findings: [finding] })
  })

  test('a layout that neither the keys nor the characters explain', () => {
    const dvorak = new Map(zip('abcdqwyzktm', 'xyzwvutsrqp'))
    const sends = (code: string): string =>
      Array.from(code, (char) => {
        const moved = dvorak.get(char.toLowerCase()) ?? char
        return char === char.toLowerCase() ? moved : moved.toUpperCase()
      }).join('')
    expect(calibrate(played({}, sends)).findings).toEqual(['layout-unknown'])
  })

  test('an input method that interferes', () => {
    const samples = played({}).map(({ code, strokes }) => ({
      code,
      strokes: strokes.map((each): KeyStroke => ({ ...each, composing: true })),
    }))
    expect(calibrate(samples)).toEqual({ profile: null, findings: ['input-method'] })
  })

  test('scans that end in different ways', () => {
    const [one, two] = [played({}), played({ terminator: 'tab' })]
    expect(calibrate([...one.slice(0, 2), ...two.slice(2)]).findings).toEqual(['varies'])
  })
})

test('every finding has its text, and the way to fix it', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    expect(Object.keys(catalogues[language].scanner.calibration.findings).toSorted()).toEqual(
      [...findings].toSorted(),
    )
  }
})

function framed(code: string): string {
  return `%%${code}#`
}

function thinned(code: string): string {
  return code.replace('4', '')
}

function zip(from: string, to: string): [string, string][] {
  return Array.from(from, (char, at) => [char, to.charAt(at)])
}
