import { maxAttachedLength, type AttachedRead } from '../contract/attached-scanner.ts'

/** HID usage page and usage of a bar code scanner (USB HID Point of Sale Usage Tables 1.02). */
export const scannerUsage = { usagePage: 0x8c, usage: 0x02 } as const

/** Report of scanned data. */
const scannedData = 2
/** Bytes of a report after its number: length, identifier, data, and the last says that another one follows. */
const reportBytes = 63
const moreAt = 62
const identifierBytes = 3
/** `]` begins an AIM symbology identifier. */
const identifierMark = 0x5d
const firstForeign = 0x7f

/** The rest of a code comes within a few ms; later it is the beginning of another. */
const restMs = 500

export interface HidPosReader {
  /** Takes one input report, its number first, at the time that it arrived, ms. */
  report(report: Uint8Array, at: number): AttachedRead[]
}

/**
 * Puts the codes of a HID-POS scanner together from its reports: length, identifier at 1 (Honeywell, Youjie) or at 2
 * (Zebra, Datalogic), data behind it, byte 62 other than 0 while more follows. The layout is that of the published
 * library @point-of-sale/webhid-barcode-scanner 1.2.2; no such scanner has been at hand.
 */
export function createHidPosReader(): HidPosReader {
  let begun: { readonly aim: string; readonly codes: readonly number[] } | null = null
  let latestAt = Number.NEGATIVE_INFINITY
  return {
    report(report, at) {
      if (report[0] !== scannedData) return []
      const before = begun
      const isLate = before !== null && at - latestAt > restMs
      begun = null
      latestAt = at
      const part = dataOf(report.subarray(1))
      if (part === null) return [fault('unreadable-key')]
      // The rest of what was begun, or a code of its own: nobody can say.
      if (isLate) return [fault('broken-off')]
      const code = {
        aim: before?.aim ?? String.fromCodePoint(...part.identifier),
        codes: [...(before?.codes ?? []), ...part.data],
      }
      if (!part.more) return whole(code.aim, code.codes)
      if (code.codes.length > maxAttachedLength) return [fault('too-long')]
      begun = code
      return []
    },
  }
}

function whole(aim: string, codes: readonly number[]): AttachedRead[] {
  if (codes.length > maxAttachedLength) return [fault('too-long')]
  if (codes.some((code) => code >= firstForeign)) return [fault('unreadable-key')]
  // A scanner's suffix.
  const text = String.fromCodePoint(...codes).replace(/[\r\n\t]+$/u, '')
  return text === '' ? [] : [{ kind: 'text', source: 'hid', text, aim, ended: 'terminator' }]
}

interface Part {
  readonly identifier: readonly number[]
  readonly data: readonly number[]
  readonly more: boolean
}

/** `null` where the report is not of this layout. */
function dataOf(body: Uint8Array): Part | null {
  if (body.length < reportBytes) return null
  const length = body[0] ?? 0
  const identifierAt = [1, 2].find((at) => body[at] === identifierMark)
  if (identifierAt === undefined) return null
  const from = identifierAt + identifierBytes
  if (from + length > moreAt) return null
  return {
    identifier: [...body.subarray(identifierAt, from)],
    data: [...body.subarray(from, from + length)],
    more: body[moreAt] !== 0,
  }
}

function fault(why: 'broken-off' | 'too-long' | 'unreadable-key'): AttachedRead {
  return { kind: 'fault', source: 'hid', why }
}
