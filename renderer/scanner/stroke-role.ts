import type { Scan } from './decision.ts'
import type { KeyStroke } from './key-stroke.ts'
import { isModifier, isOneCharacter, usKey } from './key-table.ts'
import { controlOf } from './read-key.ts'

export type StrokeRole =
  | { readonly kind: 'modifier' }
  | { readonly kind: 'terminator'; readonly as: Exclude<Scan['terminator'], 'none'> }
  /** May be part of a code. */
  | { readonly kind: 'character' }
  /** Arrows, Escape, function keys: no scanner sends them within a code. */
  | { readonly kind: 'other' }

const terminators = new Map<string, 'enter' | 'tab'>([
  ['Enter', 'enter'],
  ['NumpadEnter', 'enter'],
  ['Tab', 'tab'],
])
const controlTerminators = new Map<string, 'enter' | 'tab'>([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
])
/** What browsers report for a key whose character they cannot name. */
const namelessCharacters = new Set(['Dead', 'Process', 'Unidentified'])

export function roleOf(stroke: KeyStroke): StrokeRole {
  if (isModifier(stroke.code, stroke.key)) return { kind: 'modifier' }
  const hasCommand = stroke.ctrl || stroke.alt || stroke.meta
  const named = terminators.get(stroke.code === '' ? stroke.key : stroke.code)
  if (named !== undefined && !hasCommand) return { kind: 'terminator', as: named }
  const control = controlOf(stroke)
  const asControl = control === null ? undefined : controlTerminators.get(control)
  if (asControl !== undefined) return { kind: 'terminator', as: asControl }
  const isCharacter =
    control !== null ||
    usKey(stroke.code) !== undefined ||
    isOneCharacter(stroke.key) ||
    namelessCharacters.has(stroke.key)
  return { kind: isCharacter ? 'character' : 'other' }
}
