import type { Scan } from './decision.ts'
import type { KeyStroke } from './key-stroke.ts'
import { isModifier, isOneCharacter, usKey } from './key-table.ts'
import { controlOf, nameOf } from './read-key.ts'

export type StrokeRole =
  | { readonly kind: 'modifier' }
  | { readonly kind: 'terminator'; readonly as: Exclude<Scan['terminator'], 'none'> }
  /** May be part of a code. */
  | { readonly kind: 'character' }
  /** Arrows, Escape, function keys: a scanner sends them before or after a code, and within one they are out of place. */
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

/** Returns what a key is to a scan. `endKey`: the key, neither Enter nor Tab, that ends this scanner's scans. */
export function roleOf(stroke: KeyStroke, endKey: string | null = null): StrokeRole {
  if (isModifier(stroke)) return { kind: 'modifier' }
  const name = nameOf(stroke)
  const named = terminators.get(name)
  // Ctrl+Enter ends a scan as Enter does; with Alt or Meta it is nothing that a scanner sends.
  const hasCommand = stroke.alt || stroke.meta || (stroke.ctrl && named !== 'enter')
  if (named !== undefined && !hasCommand) return { kind: 'terminator', as: named }
  const control = controlOf(stroke)
  const asControl = control === null ? undefined : controlTerminators.get(control)
  if (asControl !== undefined) return { kind: 'terminator', as: asControl }
  if (name === endKey && control === null) return { kind: 'terminator', as: 'key' }
  const isCharacter =
    control !== null ||
    usKey(stroke.code) !== undefined ||
    isOneCharacter(stroke.key) ||
    namelessCharacters.has(stroke.key)
  return { kind: isCharacter ? 'character' : 'other' }
}
