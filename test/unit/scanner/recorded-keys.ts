import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { stroke } from '../../bench/corpus/strokes.ts'

/** Per event: type, time in ms, `code`, `key`, whether Shift was down, whether an input method had it. */
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

/** Returns key events as a page once got them, by the name of the recording; `file` is in `recorded/`. */
export function recordedKeys(file: string): Readonly<Record<string, readonly KeyStroke[]>> {
  const text = readFileSync(path.join(import.meta.dirname, 'recorded', file), 'utf8')
  return Object.fromEntries(
    Object.entries(Recorded.parse(JSON.parse(text))).map(([name, events]) => [
      name,
      events.map(([type, at, code, key, shift, composing]) =>
        stroke(type, at, code, key, { shift, composing }),
      ),
    ]),
  )
}
