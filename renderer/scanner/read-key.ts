import { groupSeparator } from './control-characters.ts'
import type { KeyStroke } from './key-stroke.ts'
import { isOneCharacter, usKey } from './key-table.ts'
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

function isLetter(char: string): boolean {
  return /^[A-Za-z]$/u.test(char)
}

function inCase(letter: string, upper: boolean): string {
  return upper ? letter.toUpperCase() : letter.toLowerCase()
}

/**
 * Returns the control character that a scanner types with Ctrl: Ctrl+M is a carriage return, Ctrl+] the GS1 group
 * separator. Some scanners type F8 for the separator.
 */
export function controlOf(stroke: KeyStroke): string | null {
  if (stroke.code === 'F8') return groupSeparator
  if (!stroke.ctrl || stroke.alt || stroke.meta) return null
  const base = usKey(stroke.code)
  if (base === undefined) return null
  const char = stroke.shift ? base.shifted : base.plain
  const code = char.toUpperCase().codePointAt(0) ?? 0
  return code >= 0x41 && code <= 0x5f ? String.fromCodePoint(code - 0x40) : null
}

/** Whether the scanner meant an upper-case letter. `baseLock`: whether Caps Lock was on when the scan began. */
function meantUpper(stroke: KeyStroke, baseLock: boolean, profile: ScannerProfile): boolean {
  if (profile.capsLock === 'follows-lock') return stroke.shift !== stroke.capsLock
  return stroke.shift !== (stroke.capsLock !== baseLock)
}

export function readKey(stroke: KeyStroke, baseLock: boolean, profile: ScannerProfile): KeyReading {
  const control = controlOf(stroke)
  if (control !== null) return { byCode: control, byKey: control }
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
  const byKey = isChar ? (isLetter(typed) ? inCase(typed, upper) : typed) : null
  return { byCode, byKey }
}
