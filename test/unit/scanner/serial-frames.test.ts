import { describe, expect, test } from 'vitest'
import type { AttachedRead } from '../../../main/contract/attached-scanner.ts'
import { createSerialFrames, silenceMs } from '../../../main/scanners/serial-frames.ts'

const code = '1059458812345678901234'
/** Long after the port was opened, ms. */
const later = 10_000

function bytes(of: string): Uint8Array {
  return new TextEncoder().encode(of)
}

function text(of: string, ended: 'terminator' | 'silence' = 'terminator'): AttachedRead {
  return { kind: 'text', source: 'serial', text: of, aim: null, ended }
}

const brokenOff = { kind: 'fault', source: 'serial', why: 'broken-off' }

describe('bytes of a serial scanner', () => {
  test.each(['\r', '\n', '\r\n', '\t'])('end a code with %j', (end) => {
    expect(createSerialFrames(0).bytes(bytes(`${code}${end}`), later)).toEqual([text(code)])
  })

  test('make one code however they are split', () => {
    for (let cut = 1; cut < code.length; cut += 1) {
      const frames = createSerialFrames(0)
      expect(frames.bytes(bytes(code.slice(0, cut)), later)).toEqual([])
      expect(frames.isOpen()).toBe(true)
      expect(frames.bytes(bytes(`${code.slice(cut)}\r`), later + 20)).toEqual([text(code)])
      expect(frames.isOpen()).toBe(false)
    }
  })

  test('make two codes when two arrive at once', () => {
    const frames = createSerialFrames(0)
    expect(frames.bytes(bytes(`${code}\r\nABCD\r\n`), later)).toEqual([text(code), text('ABCD')])
  })

  test('are marked as ended by silence, and what follows soon is rejected as their rest', () => {
    const frames = createSerialFrames(0)
    frames.bytes(bytes('10594588'), later)
    const silentAt = later + silenceMs
    expect(frames.silence(silentAt)).toEqual([text('10594588', 'silence')])
    expect(frames.bytes(bytes('12345678901234\r'), silentAt + 300)).toEqual([brokenOff])
    expect(frames.bytes(bytes(`${code}\r`), silentAt + 2000)).toEqual([text(code)])
  })

  test('are rejected when they were on their way as the port was opened', () => {
    expect(createSerialFrames(later).bytes(bytes('78901234\r'), later + 5)).toEqual([brokenOff])
  })

  test('are rejected when the port is lost in the middle of them', () => {
    const frames = createSerialFrames(0)
    frames.bytes(bytes('10594588'), later)
    expect(frames.close()).toEqual([brokenOff])
    expect(createSerialFrames(0).close()).toEqual([])
  })

  test('are rejected when a wrong baud rate garbles them, or when they are too many', () => {
    const garbage = Uint8Array.of(0xf8, 0x80, 0x78, 0x0d)
    expect(createSerialFrames(0).bytes(garbage, later)).toMatchObject([{ why: 'unreadable-key' }])
    const long = bytes(`${'1'.repeat(5000)}\r`)
    expect(createSerialFrames(0).bytes(long, later)).toMatchObject([{ why: 'too-long' }])
  })
})
