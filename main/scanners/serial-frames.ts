import type { AttachedRead } from '../contract/attached-scanner.ts'
import { maxAttachedLength } from '../contract/payload-length.ts'

/** Where a scanner sends no terminator, this much silence ends a scan. */
export const silenceMs = 200
/** Bytes that come this soon after a scan was ended by silence may be the rest of it. */
const remainderMs = 1000

const carriageReturn = 0x0d
const lineFeed = 0x0a
const tab = 0x09
const terminators: readonly number[] = [carriageReturn, lineFeed, tab]
/** From here on bytes are not printable ASCII, which codes consist of. */
const firstInvalid = 0x7f

export interface SerialFrames {
  /** Takes bytes that arrived at this time (ms). Returns the scans that they complete. */
  bytes(chunk: Uint8Array, at: number): AttachedRead[]
  /** To be called when nothing has come for `silenceMs`. */
  silence(at: number): AttachedRead[]
  /** Whether a scan has begun and not ended. */
  isOpen(): boolean
  /** To be called when the port is gone: a scan that has begun is reported as broken off. */
  close(): AttachedRead[]
}

/**
 * Divides the bytes of a serial scanner into scans. A wrong code is worse than a missed one, so what may be the rest of a
 * scan is reported as broken off: of one that silence ended, or that began before the port was opened.
 */
export function createSerialFrames(openedAt: number): SerialFrames {
  let frame: number[] = []
  let startedAt = openedAt
  /** A frame that begins by then may be the rest of a scan. */
  let remainderUntil = openedAt + silenceMs

  function finish(at: number, ended: 'terminator' | 'silence'): AttachedRead[] {
    const codes = frame
    const isRemainder = startedAt <= remainderUntil
    frame = []
    if (ended === 'silence') remainderUntil = at + remainderMs
    else remainderUntil = Number.NEGATIVE_INFINITY
    if (codes.length === 0) return []
    if (isRemainder) return [faultRead('broken-off')]
    if (codes.length > maxAttachedLength) return [faultRead('too-long')]
    if (codes.some((code) => code >= firstInvalid)) return [faultRead('unreadable-key')]
    const text = String.fromCodePoint(...codes)
    return [{ kind: 'text', source: 'serial', text, aim: null, ended }]
  }

  return {
    isOpen: () => frame.length > 0,
    bytes(chunk, at) {
      const reads: AttachedRead[] = []
      for (const byte of chunk) {
        if (terminators.includes(byte)) {
          reads.push(...finish(at, 'terminator'))
          continue
        }
        if (frame.length === 0) startedAt = at
        // A longer one is refused, whatever follows.
        if (frame.length <= maxAttachedLength) frame.push(byte)
      }
      return reads
    },
    silence: (at) => (frame.length > 0 ? finish(at, 'silence') : []),
    close() {
      const isOpen = frame.length > 0
      frame = []
      return isOpen ? [faultRead('broken-off')] : []
    },
  }
}

function faultRead(why: 'broken-off' | 'too-long' | 'unreadable-key'): AttachedRead {
  return { kind: 'fault', source: 'serial', why }
}
