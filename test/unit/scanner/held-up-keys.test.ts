import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { people, typeText } from '../../bench/corpus/person-model.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { takenByBrowser } from '../../bench/corpus/windows.ts'
import { hear, inOrder } from './decode.ts'
import { codes, played, scannersFrom, seeds } from './scans.ts'

/** A tight bunch: what Windows delivers of the keys that were pressed while the browser process was busy. */
function bunched(strokes: ReturnType<typeof played>, seed: number, from = -1) {
  const to = (strokes.at(-1)?.at ?? 0) + 1
  return takenByBrowser(strokes, [{ from, to }], seeded(seed))
}

const isWholeCode = (text: string): boolean => /^\d{22}$/u.test(text)

describe('keys that were held up and came in one bunch', () => {
  test('of a person’s number and Enter are no scan, and reach the page', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789')),
      minLength: 1,
      maxLength: 12,
    })
    const who = fc.constantFrom(...Object.values(people))
    fc.assert(
      fc.property(digits, who, seeds, (number, person, seed) => {
        const { strokes } = typeText(`${number}\n`, 0, person, seeded(seed))
        const heard = hear(bunched(strokes, seed, -200), {}, { isWholeCode })
        expect({ texts: heard.texts, rejected: heard.rejected }).toEqual({
          texts: [],
          rejected: [],
        })
        const withheld = heard.decisions.flatMap((each) =>
          each.kind === 'release' ? [each.withheld] : [],
        )
        const typed = heard.passed.filter(({ type, key }) => type === 'keydown' && key.length === 1)
        expect(typed.map(({ key }) => key).join('') + withheld.join('')).toBe(number)
        expect(heard.passed.some(({ type, key }) => type === 'keydown' && key === 'Enter')).toBe(
          true,
        )
      }),
    )
  })

  test('are read where the form of the code proves it', () => {
    fc.assert(
      fc.property(scannersFrom(1, 80), seeds, (model, seed) => {
        const strokes = bunched(played('1009998888777766665555', model, seed), seed)
        expect(hear(strokes, {}, { isWholeCode }).texts).toEqual(['1009998888777766665555'])
        expect(hear(strokes).texts).toEqual([])
      }),
    )
  })

  test('are told where nobody is typing', () => {
    const strokes = bunched(played('AB12cd34', fast, 1), 1)
    const heard = hear(strokes, {}, { isWholeCode, target: () => 'none' })
    expect(heard).toMatchObject({ texts: [], rejected: ['all-at-once'] })
  })

  test('are read after so short a silence that nobody can have typed them in it', () => {
    const finger = typeText('k', 0, people.usual, seeded(1)).strokes
    const from = (finger.at(-1)?.at ?? 0) + 450
    const late = played('AB12cd34-ABcd', { ...fast, msPerKey: 0, holdMs: 0 }, 1, from)
    expect(hear(inOrder(finger, late)).texts).toEqual([])
    const soon = late.map((each) => ({ ...each, at: each.at - 330 }))
    const typedUntil = finger.map((each) => ({ ...each, at: each.at - 600 }))
    expect(hear(inOrder(typedUntil, soon)).texts).toEqual([])
  })

  test('in a part of a scan leave the rest to judge by', () => {
    fc.assert(
      fc.property(codes, scannersFrom(4, 25), seeds, (code, model, seed) => {
        const strokes = played(code + code, model, seed)
        const at = strokes[Math.floor(strokes.length / 2)]?.at ?? 0
        const late = takenByBrowser(strokes, [{ from: at, to: at + 60 }], seeded(seed))
        expect(hear(late).texts.filter((text) => text !== code + code)).toEqual([])
      }),
    )
  })
})

const fast = fc.sample(scannersFrom(8, 8.1), { numRuns: 1, seed: 1 })[0] ?? none()

function none(): never {
  throw new Error('no sample')
}
