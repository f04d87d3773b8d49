import { maxAttachedLength, type AttachedRead } from '../contract/attached-scanner.ts'

/** A serial line has no other end of a message than a terminator or silence. */
export const silenceMs = 200
/** What comes so soon after a piece without an end, or after the port was opened, may be the rest of a scan. */
const restMs = 1000

const carriageReturn = 0x0d
const lineFeed = 0x0a
const tab = 0x09
const terminators: readonly number[] = [carriageReturn, lineFeed, tab]
const firstForeign = 0x7f

export interface SerialFrames {
  /** Takes bytes as they arrive, at the time that they arrived, ms. */
  bytes(chunk: Uint8Array, at: number): AttachedRead[]
  /** Nothing came for `silenceMs`. */
  silence(at: number): AttachedRead[]
  /** Is there a beginning that waits for its end? */
  isOpen(): boolean
  /** The port is gone; what was begun is not continued. */
  close(): AttachedRead[]
}

/**
 * Cuts the bytes of a serial scanner into texts. A wrong code is worse than a missed one: the rest of a scan whose
 * beginning ended in silence, or was sent before the port was open, is refused.
 */
export function createSerialFrames(openedAt: number): SerialFrames {
  let frame: number[] = []
  let startedAt = openedAt
  /** Until then a frame may be a rest. */
  let doubtUntil = openedAt + silenceMs

  function finish(at: number, ended: 'terminator' | 'silence'): AttachedRead[] {
    const codes = frame
    const isRest = startedAt <= doubtUntil
    frame = []
    if (ended === 'silence') doubtUntil = at + restMs
    else doubtUntil = Number.NEGATIVE_INFINITY
    if (codes.length === 0) return []
    if (isRest) return [fault('broken-off')]
    if (codes.length > maxAttachedLength) return [fault('too-long')]
    if (codes.some((code) => code >= firstForeign)) return [fault('unreadable-key')]
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
        // Beyond this only the length matters.
        if (frame.length <= maxAttachedLength) frame.push(byte)
      }
      return reads
    },
    silence: (at) => (frame.length > 0 ? finish(at, 'silence') : []),
    close() {
      const isOpen = frame.length > 0
      frame = []
      return isOpen ? [fault('broken-off')] : []
    },
  }
}

function fault(why: 'broken-off' | 'too-long' | 'unreadable-key'): AttachedRead {
  return { kind: 'fault', source: 'serial', why }
}
