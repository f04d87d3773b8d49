const stx = '\u0002'
const etx = '\u0003'
const eot = 0x04
const fileSeparator = 0x1c
const firstPrintable = 0x20
const del = 0x7f
/** Ends a field of variable length in GS1 data. */
export const groupSeparator = '\u001D'

/** What a scanner may put before and behind the data: STX and ETX, spaces, and the separator that FNC1 becomes. */
const before = new Set([stx, groupSeparator, ' '])
const behind = new Set([etx, groupSeparator, ' '])

/**
 * Removes what stands around the data and means nothing there: STX and ETX, spaces, and group separators, which separate nothing at
 * either end.
 */
export function withoutFrame(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && before.has(text.charAt(from))) from += 1
  while (to > from && behind.has(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

/** Begins every message after ISO/IEC 15434, which ends with RS and EOT. */
const messageHeader = '[)>'

/**
 * Whether the text has a control character that no data carries. Data may carry the separators FS, GS, RS, US and EOT (ISO/IEC
 * 15434), but inside: at the end of anything but a message of that standard they are the scanner's own.
 */
export function hasForeignControl(text: string): boolean {
  const all = codes(text)
  if (all.some((code) => isControl(code) && !isSeparator(code))) return true
  if (text.startsWith(messageHeader)) return false
  return [all[0], all.at(-1)].some((code) => code !== undefined && isSeparator(code))
}

function isControl(code: number): boolean {
  return code < firstPrintable || code === del
}

function isSeparator(code: number): boolean {
  return code === eot || (code >= fileSeparator && code < firstPrintable)
}

export function isAscii(text: string): boolean {
  return codes(text).every((code) => code <= del)
}

function codes(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0)
}
