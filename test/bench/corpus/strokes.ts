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

/** Returns the key and Shift that type this character on a US keyboard; independent of the decoder's table. */
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

const unlockedPad = new Map([
  ['0', 'Insert'],
  ['1', 'End'],
  ['2', 'ArrowDown'],
  ['3', 'PageDown'],
  ['4', 'ArrowLeft'],
  ['5', 'Clear'],
  ['6', 'ArrowRight'],
  ['7', 'Home'],
  ['8', 'ArrowUp'],
  ['9', 'PageUp'],
])

const printable = Array.from({ length: 95 }, (_, at) => String.fromCodePoint(0x20 + at))
const charsByKey = new Map(
  printable.map((char): [string, string] => {
    const { code, shift } = keyFor(char)
    return [`${code} ${shift}`, char]
  }),
)

/** Returns the character of this key of a US keyboard; `undefined` when it types none. */
export function charOf(code: string, shift: boolean, capsLock: boolean): string | undefined {
  const isLetter = /^Key[A-Z]$/u.test(code)
  return charsByKey.get(`${code} ${isLetter ? shift !== capsLock : shift}`)
}

export function numpadKeyFor(digit: string, locked: boolean): KeyOnBoard {
  const key = locked ? digit : (unlockedPad.get(digit) ?? digit)
  return { code: `Numpad${digit}`, key, shift: false }
}

const controlKeys = new Map<string, readonly [code: string, key: string]>([
  ['\u0000', ['Digit2', '2']],
  ['\u001B', ['BracketLeft', '[']],
  ['\u001C', ['Backslash', '\\']],
  ['\u001D', ['BracketRight', ']']],
  ['\u001E', ['Digit6', '6']],
  ['\u001F', ['Minus', '-']],
])
const controlToLetter = 0x40

/** Returns the key that scanners press with Ctrl for a control character, after the tables in their manuals. */
export function controlKeyFor(char: string): KeyOnBoard {
  const [code, key] = controlKeys.get(char) ?? []
  if (code !== undefined && key !== undefined) return { code, key, shift: false }
  const letter = String.fromCodePoint((char.codePointAt(0) ?? 0) + controlToLetter)
  return { code: `Key${letter}`, key: letter.toLowerCase(), shift: false }
}

/** Returns the digits of a Windows Alt code: four, with a leading zero. */
export function altCodePresses(char: string): KeyOnBoard[] {
  const digits = String(char.codePointAt(0) ?? 0).padStart(4, '0')
  return Array.from(digits, (digit) => numpadKeyFor(digit, true))
}

/** Layouts of systems; a scanner with factory settings assumes the US one. */
export type HostLayout = 'us' | 'french' | 'german'

const frenchPlain = new Map(
  Array.from('1234567890', (digit, at) => [digit, '&é"\'(-è_çà'.charAt(at)]),
)
const frenchLetters = new Map([
  ['q', 'a'],
  ['a', 'q'],
  ['z', 'w'],
  ['w', 'z'],
  ['-', ')'],
  ['_', '°'],
])
const germanKeys = new Map([
  ['y', 'z'],
  ['z', 'y'],
  ['-', 'ß'],
  ['_', '?'],
])

/** Returns the function that maps a key, given by its US meaning, to its character in this layout. */
export function shownOn(layout: HostLayout): (key: KeyOnBoard) => string {
  if (layout === 'us') return (key) => key.key
  if (layout === 'german') return (key) => inCaseOf(key, germanKeys)
  return (key) => {
    const digit = /^Digit(\d)$/u.exec(key.code)?.[1]
    if (digit === undefined) return inCaseOf(key, frenchLetters)
    return key.shift ? digit : (frenchPlain.get(digit) ?? digit)
  }
}

function inCaseOf(key: KeyOnBoard, moved: ReadonlyMap<string, string>): string {
  const to = moved.get(key.key.toLowerCase()) ?? key.key.toLowerCase()
  return key.shift ? to.toUpperCase() : to
}
