const stx = '\u0002'
const etx = '\u0003'
const eot = 0x04
const fileSeparator = 0x1c
const firstPrintable = 0x20
const del = 0x7f
/** Ends a field of variable length in GS1 data. */
export const groupSeparator = '\u001D'

/** Removes STX and ETX, which some scanners put around the data, and a trailing separator that ends nothing. */
export function withoutFrame(text: string): string {
  const from = text.startsWith(stx) ? 1 : 0
  const to = text.endsWith(etx) || text.endsWith(groupSeparator) ? -1 : undefined
  return text.slice(from, to)
}

/**
 * Whether the text has a control character other than EOT and the separators FS, GS, RS and US, which data may carry
 * (ISO/IEC 15434).
 */
export function hasForeignControl(text: string): boolean {
  return codes(text).some(
    (code) => code === del || (code < firstPrintable && code < fileSeparator && code !== eot),
  )
}

export function isAscii(text: string): boolean {
  return codes(text).every((code) => code <= del)
}

function codes(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0)
}
