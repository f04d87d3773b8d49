import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { between, normal, pick, whole, type Random } from './random.ts'
import { keyFor, stroke } from './strokes.ts'

/** How a hand types, ms. Gaps and holds vary independently, so that keys overlap. */
export interface PersonModel {
  readonly gapMs: number
  readonly gapDeviation: number
  readonly holdMs: number
  readonly holdDeviation: number
}

/**
 * From a slow cashier to the fastest fingers. Means after Dhakal et al., "Observations on Typing from 136 Million
 * Keystrokes" (2018): 239 ms (deviation 112) between keys, holds near 110. The faster ones extrapolate from these.
 */
export const people: Record<'usual' | 'practised' | 'racing' | 'drumming', PersonModel> = {
  usual: { gapMs: 239, gapDeviation: 112, holdMs: 110, holdDeviation: 25 },
  practised: { gapMs: 120, gapDeviation: 40, holdMs: 95, holdDeviation: 22 },
  racing: { gapMs: 60, gapDeviation: 25, holdMs: 80, holdDeviation: 18 },
  drumming: { gapMs: 35, gapDeviation: 10, holdMs: 70, holdDeviation: 15 },
}

const letters = 'asdfghjklqwertyuiopzxcvbnm'
const digits = '0123456789'

export function typeText(
  text: string,
  from: number,
  person: PersonModel,
  random: Random,
): { readonly strokes: KeyStroke[]; readonly endsAt: number } {
  const strokes: KeyStroke[] = []
  const liftedAt = new Map<string, number>()
  let at = from
  for (const char of text) {
    const { code, key, shift } = char === '\n' ? enter : keyFor(char)
    // A finger must be lifted before it can press again.
    at = Math.max(at, (liftedAt.get(code) ?? Number.NEGATIVE_INFINITY) + between(random, 25, 70))
    const hold = normal(random, person.holdMs, person.holdDeviation, 35)
    const shiftFrom = at - between(random, 30, 90)
    if (shift) strokes.push(stroke('keydown', shiftFrom, 'ShiftLeft', 'Shift', { shift }))
    strokes.push(stroke('keydown', at, code, key, { shift }))
    strokes.push(stroke('keyup', at + hold, code, key))
    if (shift) strokes.push(stroke('keyup', at + hold * 0.8, 'ShiftLeft', 'Shift'))
    liftedAt.set(code, at + hold)
    at += normal(random, person.gapMs, person.gapDeviation, 15)
  }
  return { strokes: strokes.toSorted((a, b) => a.at - b.at), endsAt: at }
}
const enter = { code: 'Enter', key: 'Enter', shift: false }

/** Returns words and numbers as typed at a till, each line with its Enter. */
export function lines(random: Random, count: number): string {
  return Array.from({ length: count }, () => {
    const alphabet = pick(random, [letters, digits, letters])
    const length = whole(random, 1, 14)
    const text = Array.from({ length }, () =>
      alphabet.charAt(whole(random, 0, alphabet.length - 1)),
    )
    return `${text.join('')}\n`
  }).join('')
}

/** Returns one key held down until the system repeats it: after 500 ms, then every 33. */
export function holdKey(char: string, from: number, forMs: number): KeyStroke[] {
  const { code, key } = keyFor(char)
  const strokes = [stroke('keydown', from, code, key)]
  for (let at = 500; at < forMs; at += 33) {
    strokes.push(stroke('keydown', from + at, code, key, { repeat: true }))
  }
  strokes.push(stroke('keyup', from + forMs, code, key))
  return strokes
}

/** Returns a hand laid on the keyboard: many keys within a few ms, released when the hand is lifted. */
export function layHand(from: number, random: Random): KeyStroke[] {
  const count = whole(random, 3, 9)
  const start = whole(random, 0, letters.length - 10)
  const strokes = Array.from(letters.slice(start, start + count), (char) => {
    const { code, key } = keyFor(char)
    const down = from + between(random, 0, 25)
    const up = down + between(random, 60, 400)
    return [stroke('keydown', down, code, key), stroke('keyup', up, code, key)]
  })
  return strokes.flat().toSorted((a, b) => a.at - b.at)
}
