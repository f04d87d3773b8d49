import { groupSeparator } from './control-characters.ts'
import { hasCode, type KeyStroke } from './key-stroke.ts'
import { codeOfChar, isOneCharacter, usKey } from './key-table.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/** The character of one key in two readings: by the physical key, and by what the system made of it. */
export interface KeyReading {
  readonly byCode: string | null
  readonly byKey: string | null
}

const fullWidthOffset = 0xfe_e0

/** Turns full-width forms (U+FF01 to U+FF5E, U+3000), which an input method may produce, into ASCII. */
export function toHalfWidth(text: string): string {
  return text
    .replaceAll(/[\uFF01-\uFF5E]/gu, (wide) =>
      String.fromCodePoint((wide.codePointAt(0) ?? 0) - fullWidthOffset),
    )
    .replaceAll('\u3000', ' ')
}

export function isLetter(char: string): boolean {
  return /^[A-Za-z]$/u.test(char)
}

function inCase(letter: string, upper: boolean): string {
  return upper ? letter.toUpperCase() : letter.toLowerCase()
}

/**
 * Digits that type a control character with Ctrl, beside the letters and `[ \ ] ^ _` (Zebra, Honeywell, Newland: "Ctrl+2"
 * is NUL, "Ctrl+6" RS, "Ctrl+-" US).
 */
const controlsOfKeys: ReadonlyMap<string, string> = new Map([
  ['2', '\u0000'],
  ['6', '\u001E'],
  ['-', '\u001F'],
])
const firstShiftedControl = 0x40
const lastShiftedControl = 0x7e
const controlBits = 0x1f

/**
 * Returns the control character that a scanner types with Ctrl, with or without Shift: Ctrl+M is a carriage return,
 * Ctrl+] the GS1 group separator. Some scanners type F8 for the separator. `null`: this is no control character that is
 * known.
 */
export function controlOf(stroke: KeyStroke): string | null {
  if (nameOf(stroke) === 'F8') return groupSeparator
  if (!stroke.ctrl || stroke.alt || stroke.meta) return null
  const base = usKey(hasCode(stroke) ? stroke.code : (codeOfChar(stroke.key) ?? ''))
  if (base === undefined || stroke.code.startsWith('Numpad')) return null
  const known = controlsOfKeys.get(base.plain)
  if (known !== undefined) return known
  const code = (stroke.shift ? base.shifted : base.plain).toUpperCase().codePointAt(0) ?? 0
  // Each key from A to underscore, and `{ | } ~` as the same keys under Shift.
  const isControl = code > firstShiftedControl && code <= lastShiftedControl && code !== backquote
  return isControl ? String.fromCodePoint(code & controlBits) : null
}
const backquote = 0x60

/** Returns the `code` of the key or, where it has none, its `key`. */
export function nameOf(stroke: KeyStroke): string {
  return hasCode(stroke) ? stroke.code : stroke.key
}

/** Whether the scanner meant an upper-case letter. `baseLock`: whether Caps Lock was on when the scan began. */
function meantUpper(stroke: KeyStroke, baseLock: boolean, profile: ScannerProfile): boolean {
  if (profile.capsLock === 'follows-lock') return stroke.shift !== stroke.capsLock
  return stroke.shift !== (stroke.capsLock !== baseLock)
}

const unreadable: KeyReading = { byCode: null, byKey: null }

/**
 * Reads one key. A key under Ctrl, Alt or Meta is a control character or nothing: the character on it was not typed. (Alt codes
 * are read before, as a group; AltGr belongs to the layout.)
 */
export function readKey(stroke: KeyStroke, baseLock: boolean, profile: ScannerProfile): KeyReading {
  const control = controlOf(stroke)
  if (control !== null) return { byCode: control, byKey: control }
  const hasCommand = stroke.ctrl || stroke.alt || stroke.meta
  if (hasCommand && !stroke.altGraph) return unreadable
  const upper = meantUpper(stroke, baseLock, profile)
  const table = usKey(stroke.code)
  const fromTable = stroke.shift ? table?.shifted : table?.plain
  const byCode =
    fromTable === undefined || stroke.altGraph
      ? null
      : isLetter(fromTable)
        ? inCase(fromTable, upper)
        : fromTable
  const typed = toHalfWidth(stroke.key)
  const isChar = isOneCharacter(typed) && !stroke.composing
  // An injected key is the character that it says (`case-of-letters.ts` refuses it where Shift or Caps Lock disagree).
  const isLiteral = !hasCode(stroke) || !isLetter(typed)
  const byKey = isChar ? (isLiteral ? typed : inCase(typed, upper)) : null
  return { byCode, byKey }
}
