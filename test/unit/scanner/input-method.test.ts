import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { people, typeText } from '../../bench/corpus/person-model.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { stroke } from '../../bench/corpus/strokes.ts'
import { hear } from './decode.ts'

/**
 * Key events as Electron 33 delivered them for a scan of `wxE3-4A3_4` and Enter into a text field while fcitx5's
 * pinyin was on (GTK 3; 2, 12 and 60 ms in xdotool's `--delay`; input, contenteditable, textarea).
 */
const Recorded = z.record(
  z.string(),
  z.array(
    z.tuple([
      z.enum(['keydown', 'keyup']),
      z.number(),
      z.string(),
      z.string(),
      z.boolean(),
      z.boolean(),
    ]),
  ),
)
const recorded = Recorded.parse(
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded/pinyin.json'), 'utf8')),
)

function strokesOf(name: string): KeyStroke[] {
  return (recorded[name] ?? []).map(([type, at, code, key, shift, composing]) =>
    stroke(type, at, code, key, { shift, composing }),
  )
}

describe('a scan that an input method took', () => {
  test.each(Object.keys(recorded))('%s gives no code, and the cashier is told', (name) => {
    expect(hear(strokesOf(name))).toMatchObject({ texts: [], rejected: ['input-method'] })
  })

  test.each(Object.keys(recorded))('%s: its Enter does not reach the page', (name) => {
    const { decisions } = hear(strokesOf(name))
    const kinds = decisions.map((decision) => decision.kind)
    expect(kinds.slice(-3).toSorted()).toEqual(['rejected', 'withhold', 'withhold'])
  })

  test('of which only releases arrive is noticed all the same', () => {
    const releases = Array.from('wxeabc', (char, at) =>
      stroke('keyup', at * 10, `Key${char.toUpperCase()}`, char, { composing: true }),
    )
    expect(hear(releases).rejected).toEqual(['input-method'])
  })

  test('is not what a person composing Chinese looks like', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const typed = typeText('nihaowojintianlaimaidongxi', 0, people.practised, seeded(seed))
      const composing = typed.strokes.map((each) => ({ ...each, key: 'Process', composing: true }))
      expect(hear(composing)).toMatchObject({ texts: [], rejected: [] })
    }
  })
})
