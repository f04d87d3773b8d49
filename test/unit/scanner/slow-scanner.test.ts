import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { holdKey } from '../../bench/corpus/person-model.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { playScan, usbScanner } from '../../bench/corpus/scanner-model.ts'
import { hear, inOrder } from './decode.ts'

const code = '1009998888777766665555'
/** A Bluetooth scanner that holds its keys as long as a quick finger. */
const slow = { ...usbScanner, msPerKey: 80, holdMs: 40, jitter: 0 }

function scan(from = 0): KeyStroke[] {
  return [...playScan(code, from, slow, () => 0.5).strokes]
}

/** The same on a busy computer: of eight keys four come in time, two 15 ms and two 55 ms late. */
function blurred(from: number): KeyStroke[] {
  const delays = [0, 0, 15, 0, 0, 15, 55, 55]
  let late = 0
  return scan(from).map((each, at) => {
    if (each.type === 'keydown' && at > 1) late += delays[(at / 2) % 8] ?? 0
    return { ...each, at: each.at + late }
  })
}

describe('a slow scanner that holds its keys like a finger', () => {
  test('is known by its rhythm after three scans, and then read where delays blur it', () => {
    expect(hear(blurred(0)).texts).toEqual([])
    const known = [0, 4000, 8000].flatMap((from) => scan(from))
    expect(hear([...known, ...blurred(12_000)]).texts).toEqual([code, code, code, code])
  })

  test('is not read with random hold times; the cashier is told, and the page gets all its keys', () => {
    const lateReleases = [0, 30, 0, 35, -10, 38, 0, 20]
    const strokes = scan().map((each, at) =>
      each.type === 'keyup' ? { ...each, at: each.at + (lateReleases[(at >> 1) % 8] ?? 0) } : each,
    )
    const { texts, rejected, decisions } = hear(strokes)
    expect({ texts, rejected }).toEqual({ texts: [], rejected: ['unsteady'] })
    expect(decisions.some((each) => each.kind === 'withhold')).toBe(false)
  })

  test('breaks off before its last keys: their Enter presses no button, and the cashier is told', () => {
    const strokes = scan()
    const at = strokes.findLastIndex((each) => each.type === 'keydown' && each.key === '5') - 4
    const late = strokes.slice(at).map((each) => ({ ...each, at: each.at + 290 }))
    const { texts, rejected, decisions } = hear([...strokes.slice(0, at), ...late])
    expect(texts).toEqual([])
    expect(rejected).toContain('broken-off')
    expect(decisions.slice(-3).map((each) => each.kind)).toContain('withhold')
  })
})

test("a person's J is not taken for the Ctrl+J that the scanner sends as line feed", () => {
  const finger = holdKey('j', 0, 90)
  const fast = { ...usbScanner, msPerKey: 0.1, holdMs: 0, terminator: 'crlf' } as const
  const strokes = inOrder(finger, [...playScan(code, 20, fast, () => 0.5).strokes])
  expect(hear(strokes).texts.filter((text) => text !== code)).toEqual([])
})

test('a code too short to be read at 100 ms a key is told, and not left in the field in silence', () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const model = { ...usbScanner, msPerKey: 100, jitter: 0.1, holdMs: 50 }
    const { texts, rejected } = hear([...playScan('1009998888', 0, model, seeded(seed)).strokes])
    expect({ seed, texts, rejected }).toEqual({ seed, texts: [], rejected: ['too-slow'] })
  }
})
