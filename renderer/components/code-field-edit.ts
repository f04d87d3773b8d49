import { readKey, toHalfWidth } from '../scanner/read-key.ts'
import { strokeOf, type KeyFacts } from '../scanner/key-stroke.ts'
import { defaultScannerProfile } from '../scanner/scanner-profile.ts'

/**
 * Text and selection. `anchor` and `caret` are the two ends of the selection; they are equal when nothing is selected.
 */
export interface CodeText {
  readonly text: string
  readonly anchor: number
  readonly caret: number
}

export interface CodeFieldRules {
  readonly maxLength: number
  /** Returns whether this character may be typed or pasted. */
  readonly allows: (char: string) => boolean
}

export function codeText(text: string): CodeText {
  return { text, anchor: text.length, caret: text.length }
}

export function selected({ text, anchor, caret }: CodeText): string {
  return text.slice(Math.min(anchor, caret), Math.max(anchor, caret))
}

/** Replaces the selection. Characters that are not allowed, or exceed the field's length, are left out. */
export function insertText(state: CodeText, typed: string, rules: CodeFieldRules): CodeText {
  return pasteText(state, typed, rules).next
}

/** What did not fit into the field. */
export interface LeftOut {
  /** Characters that the field does not take, each once. */
  readonly refused: readonly string[]
  /** How many allowed characters were too many. */
  readonly tooMany: number
}

/** Replaces the selection, and tells what was left out; `null`: nothing. */
export function pasteText(
  state: CodeText,
  pasted: string,
  rules: CodeFieldRules,
): { readonly next: CodeText; readonly leftOut: LeftOut | null } {
  const from = Math.min(state.anchor, state.caret)
  const kept = state.text.slice(0, from)
  const after = state.text.slice(Math.max(state.anchor, state.caret))
  const room = Math.max(0, rules.maxLength - kept.length - after.length)
  const chars = Array.from(toHalfWidth(pasted))
  const allowed = chars.filter((char) => rules.allows(char)).join('')
  const added = allowed.slice(0, room)
  const caret = from + added.length
  const refused = [...new Set(chars.filter((char) => !rules.allows(char)))]
  const tooMany = allowed.length - added.length
  return {
    next: { text: kept + added + after, anchor: caret, caret },
    leftOut: refused.length === 0 && tooMany === 0 ? null : { refused, tooMany },
  }
}

/** Shows a character that may be invisible. */
export function visible(char: string): string {
  if (char === '\n' || char === '\r') return '↵'
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(char)) return char
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Returns the text after one key; `null` when the field does not handle that key. */
export function pressKey(state: CodeText, key: KeyFacts, rules: CodeFieldRules): CodeText | null {
  const command = key.ctrlKey || key.metaKey
  if (command) return key.code === 'KeyA' ? { ...state, anchor: 0, caret: state.text.length } : null
  if (key.altKey) return null
  const moved = movedCaret(state, key.key)
  if (moved !== null) return { ...state, caret: moved, anchor: key.shiftKey ? state.anchor : moved }
  if (key.key === 'Backspace' || key.key === 'Delete') return erase(state, key.key)
  const char = typedChar(key)
  return char === null ? null : insertText(state, char, rules)
}

function movedCaret({ text, caret }: CodeText, key: string): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, caret - 1)
    case 'ArrowRight':
      return Math.min(text.length, caret + 1)
    case 'Home':
    case 'ArrowUp':
      return 0
    case 'End':
    case 'ArrowDown':
      return text.length
    default:
      return null
  }
}

function erase(state: CodeText, key: 'Backspace' | 'Delete'): CodeText {
  const { text, anchor, caret } = state
  const step = key === 'Backspace' ? -1 : 1
  const other = anchor === caret ? Math.min(text.length, Math.max(0, caret + step)) : anchor
  const from = Math.min(other, caret)
  return {
    text: text.slice(0, from) + text.slice(Math.max(other, caret)),
    anchor: from,
    caret: from,
  }
}

/** Returns the character that the system made of the key, or the US keyboard's where that is no plain character. */
function typedChar(key: KeyFacts): string | null {
  const stroke = strokeOf(key)
  // A person who types under Caps Lock means the case that they see.
  const { byCode, byKey } = readKey(stroke, false, {
    ...defaultScannerProfile,
    capsLock: 'follows-lock',
  })
  const shown = toHalfWidth(key.key)
  if (/^[\u0020-\u007E]$/u.test(shown)) return shown
  return byKey === null ? byCode : null
}
