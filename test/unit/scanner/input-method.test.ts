import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { createScanDecoder } from '../../../renderer/scanner/scan-decoder.ts'
import { defaultScannerProfile } from '../../../renderer/scanner/scanner-profile.ts'
import { people, typeText } from '../../bench/corpus/person-model.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { playScan, usbScanner } from '../../bench/corpus/scanner-model.ts'
import { stroke } from '../../bench/corpus/strokes.ts'
import { hear } from './decode.ts'
import { recordedKeys } from './recorded-keys.ts'

/**
 * Key events as Electron 33 delivered them for a scan of `wxE3-4A3_4` and Enter into a text field while fcitx5's pinyin
 * was on (GTK 3; `--delay` of xdotool 2, 12 and 60 ms; input, contenteditable, textarea).
 */
const recorded = recordedKeys('pinyin.json')

function strokesOf(name: string, from = recorded): readonly KeyStroke[] {
  return from[name] ?? []
}

describe('a scan that an input method intercepted', () => {
  test.each(Object.keys(recorded))('%s yields no code, and the cashier is told', (name) => {
    expect(hear(strokesOf(name))).toMatchObject({ texts: [], rejected: ['input-method'] })
  })

  test.each(Object.keys(recorded))('%s: its Enter does not reach the page', (name) => {
    const { decisions } = hear(strokesOf(name))
    const kinds = decisions.map(({ kind }) => kind).filter((kind) => kind !== 'rest')
    expect(kinds.slice(-3).toSorted()).toEqual(['rejected', 'withhold', 'withhold'])
  })

  test('is recognised even when only key releases arrive', () => {
    const releases = Array.from('wxeabc', (char, at) =>
      stroke('keyup', at * 10, `Key${char.toUpperCase()}`, char, { composing: true }),
    )
    expect(hear(releases).rejected).toEqual(['input-method'])
  })

  test('is told apart from a person composing Chinese', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const typed = typeText('nihaowojintianlaimaidongxi', 0, people.practised, seeded(seed))
      const composing = typed.strokes.map((each) => ({ ...each, key: 'Process', composing: true }))
      expect(hear(composing)).toMatchObject({ texts: [], rejected: [] })
    }
  })
})

/**
 * The same on a computer so busy that pinyin passed keys on late: its own events bear the time at which it did, digits come as
 * digits, and Enter comes as Enter.
 */
describe('a scan that a late input method intercepted', () => {
  const late = recordedKeys('pinyin-busy.json')

  test.each(Object.keys(late))('%s yields no code and is told once', (name) => {
    expect(hear(strokesOf(name, late))).toMatchObject({ texts: [], rejected: ['input-method'] })
  })

  test.each(Object.keys(late))('%s: its Enter submits no form', (name) => {
    const decoder = createScanDecoder(defaultScannerProfile, { target: () => 'native-field' })
    const toPage = strokesOf(name, late).filter(
      (each) => !decoder.push(each).some(({ kind }) => kind === 'withhold'),
    )
    expect(toPage.filter(({ key }) => key === 'Enter')).toEqual([])
  })

  test("is one scan to its end, whatever times the input method's own events bear", () => {
    const strokes = strokesOf('at-30-ms-a-key', late)
    const [told] = hear(strokes).decisions.filter((each) => each.kind === 'rejected')
    expect(told?.rejected.keys).toBeGreaterThan(14)
  })

  test.each(Object.keys(late))(
    '%s is told once where its second half comes a second late',
    (name) => {
      const strokes = strokesOf(name, late)
      for (let cut = 12; cut < strokes.length - 4; cut += 3) {
        const decoder = createScanDecoder(defaultScannerProfile, { target: () => 'native-field' })
        const before = strokes.slice(0, cut).flatMap((each) => decoder.push(each))
        before.push(...decoder.elapse((strokes[0]?.at ?? 0) + 1500))
        const after = strokes.slice(cut).map((each) => ({ each, said: decoder.push(each) }))
        after.push({ each: strokes[0] ?? stroke('keyup', 0, '', ''), said: decoder.elapse(1e6) })
        const said = [...before, ...after.flatMap((entry) => entry.said)]
        const told = said.flatMap((each) => (each.kind === 'rejected' ? [each.rejected.why] : []))
        // A beginning too short to be told apart from a person's word is only the end told.
        expect({ cut, told }).toEqual({ cut, told: ['input-method'] })
        const enters = after.filter(({ each }) => each.key === 'Enter' && each.type === 'keydown')
        expect(enters.every((entry) => entry.said.some(({ kind }) => kind === 'withhold'))).toBe(
          true,
        )
      }
    },
  )

  test('does not swallow the next scan, not even one whose keys a remote desktop injects', () => {
    const strokes = strokesOf('at-30-ms-a-key', late)
    const last = strokes.at(-1)?.at ?? 0
    for (const pause of [900, 1500, 2500]) {
      const again = playScan('1009998888777766665555', last + pause, usbScanner, () => 0.5).strokes
      const injected = again.map((each) => ({ ...each, code: '' }))
      for (const next of [again, injected])
        expect(hear([...strokes, ...next])).toMatchObject({
          texts: ['1009998888777766665555'],
          rejected: ['input-method'],
        })
    }
  })

  test('ends where a person begins to type', () => {
    const strokes = strokesOf('at-30-ms-a-key', late)
    const last = strokes.at(-1)?.at ?? 0
    const typed = [stroke('keydown', last + 600, 'Enter', 'Enter')]
    expect(hear([...strokes, ...typed]).passed.map(({ key }) => key)).toContain('Enter')
  })
})

/**
 * A person typed `nihao` and a space into a text field while fcitx5 was starting, then `t8rjhFx7dhbH` was scanned with
 * nothing in focus. The first two keys came with press and release at one instant, the space 36 ms before the scan.
 */
test('a scan after Chinese words is read, and the words are not taken for a scan', () => {
  const strokes = strokesOf('words-then-scan', recordedKeys('pinyin-words-then-scan.json'))
  expect(hear(strokes)).toMatchObject({ texts: ['t8rjhFx7dhbH'], rejected: [] })
})
