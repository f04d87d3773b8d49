import type { AttachedRead } from '../contract/attached-scanner.ts'
import { maxAttachedLength } from '../contract/payload-length.ts'

/** HID usage page and usage of a bar code scanner (USB HID Point of Sale Usage Tables 1.02). */
export const scannerUsage = { usagePage: 0x8c, usage: 0x02 } as const

/** The number of the report that carries scanned data. */
const scannedDataReport = 2
/** Bytes of a report after its number: length, identifier, data, and at the end whether another report follows. */
const reportBytes = 63
const continuationAt = 62
const identifierBytes = 3
/** `]` begins an AIM symbology identifier. */
const identifierMark = 0x5d
/** From here on bytes are not printable ASCII, which codes consist of. */
const firstInvalid = 0x7f

/** The reports of one scan follow each other within a few ms. After this long a report may belong to another scan. */
const continuationMs = 500

export interface HidPosReader {
  /** Takes one input report, its number first, that arrived at this time (ms). Returns the scans that it completes. */
  report(report: Uint8Array, at: number): AttachedRead[]
}

/**
 * Assembles scans from the reports of a HID-POS scanner. Behind its number a report holds the length of its data, an AIM
 * identifier at byte 1 (Honeywell, Youjie) or 2 (Zebra, Datalogic), the data, and a byte 62 that is not 0 while another
 * report follows. The layout is that of the library @point-of-sale/webhid-barcode-scanner 1.2.2; it has not been tried on
 * such a scanner.
 */
export function createHidPosReader(): HidPosReader {
  let begun: { readonly aim: string; readonly codes: readonly number[] } | null = null
  let latestAt = Number.NEGATIVE_INFINITY
  return {
    report(report, at) {
      if (report[0] !== scannedDataReport) return []
      const before = begun
      const isLate = before !== null && at - latestAt > continuationMs
      begun = null
      latestAt = at
      const part = parseReport(report.subarray(1))
      if (part === null) return [faultRead('unreadable-key')]
      // It may continue the scan that was begun or be another one: both are dropped.
      if (isLate) return [faultRead('broken-off')]
      const code = {
        aim: before?.aim ?? String.fromCodePoint(...part.identifier),
        codes: [...(before?.codes ?? []), ...part.data],
      }
      if (!part.isContinued) return readOf(code.aim, code.codes)
      if (code.codes.length > maxAttachedLength) return [faultRead('too-long')]
      begun = code
      return []
    },
  }
}

/** The scan as a text; nothing for an empty one. */
function readOf(aim: string, codes: readonly number[]): AttachedRead[] {
  if (codes.length > maxAttachedLength) return [faultRead('too-long')]
  if (codes.some((code) => code >= firstInvalid)) return [faultRead('unreadable-key')]
  // Scanners may be set to add a suffix.
  const text = String.fromCodePoint(...codes).replace(/[\r\n\t]+$/u, '')
  return text === '' ? [] : [{ kind: 'text', source: 'hid', text, aim, ended: 'terminator' }]
}

/** The content of one report. */
interface ReportContent {
  readonly identifier: readonly number[]
  readonly data: readonly number[]
  readonly isContinued: boolean
}

/** `null` for a report that is not of this layout. */
function parseReport(body: Uint8Array): ReportContent | null {
  if (body.length < reportBytes) return null
  const length = body[0] ?? 0
  const identifierAt = [1, 2].find((at) => body[at] === identifierMark)
  if (identifierAt === undefined) return null
  const from = identifierAt + identifierBytes
  if (from + length > continuationAt) return null
  return {
    identifier: [...body.subarray(identifierAt, from)],
    data: [...body.subarray(from, from + length)],
    isContinued: body[continuationAt] !== 0,
  }
}

function faultRead(why: 'broken-off' | 'too-long' | 'unreadable-key'): AttachedRead {
  return { kind: 'fault', source: 'hid', why }
}
