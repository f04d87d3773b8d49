import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'

const modifiersUp = {
  shift: false,
  ctrl: false,
  alt: false,
  meta: false,
  altGraph: false,
  capsLock: false,
  repeat: false,
  composing: false,
}

export function stroke(
  type: KeyStroke['type'],
  at: number,
  code: string,
  key: string,
  more: Partial<KeyStroke> = {},
): KeyStroke {
  return { type, at, code, key, ...modifiersUp, ...more }
}

export interface KeyOnBoard {
  readonly code: string
  readonly key: string
  readonly shift: boolean
}

const shiftedOf = new Map(
  Array.from(')!@#$%^&*(', (char, digit): [string, string] => [char, `Digit${digit}`]),
)
const named = new Map<string, string>([
  [' ', 'Space'],
  ['-', 'Minus'],
  ['=', 'Equal'],
  ['[', 'BracketLeft'],
  [']', 'BracketRight'],
  ['\\', 'Backslash'],
  [';', 'Semicolon'],
  ["'", 'Quote'],
  ['`', 'Backquote'],
  [',', 'Comma'],
  ['.', 'Period'],
  ['/', 'Slash'],
])
const namedShifted = new Map<string, string>([
  ['_', 'Minus'],
  ['+', 'Equal'],
  ['{', 'BracketLeft'],
  ['}', 'BracketRight'],
  ['|', 'Backslash'],
  [':', 'Semicolon'],
  ['"', 'Quote'],
  ['~', 'Backquote'],
  ['<', 'Comma'],
  ['>', 'Period'],
  ['?', 'Slash'],
])

/** The key and Shift that give this character on a US keyboard, written independently of the decoder's table. */
export function keyFor(char: string): KeyOnBoard {
  if (char >= '0' && char <= '9') return { code: `Digit${char}`, key: char, shift: false }
  if (char >= 'a' && char <= 'z') {
    return { code: `Key${char.toUpperCase()}`, key: char, shift: false }
  }
  if (char >= 'A' && char <= 'Z') return { code: `Key${char}`, key: char, shift: true }
  const plain = named.get(char)
  if (plain !== undefined) return { code: plain, key: char, shift: false }
  const shifted = namedShifted.get(char) ?? shiftedOf.get(char)
  if (shifted === undefined) throw new Error(`no key for ${JSON.stringify(char)}`)
  return { code: shifted, key: char, shift: true }
}
