import { describe, expect, test } from 'vitest'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { createScanListener, type KeyEvent } from '../../../renderer/scanner/scan-listener.ts'
import { defaultScannerProfile } from '../../../renderer/scanner/scanner-profile.ts'
import { playScan, usbScanner } from '../../bench/corpus/scanner-model.ts'
import { keyEvent } from '../../bench/scanner/key-event.ts'
import { VirtualClock } from '../../bench/scanner/virtual-clock.ts'

const code = '1009998888777766665555'
const strokes = playScan(code, 1000, usbScanner, () => 0.5).strokes
const unterminated = playScan(code, 1000, { ...usbScanner, terminator: 'none' }, () => 0.5).strokes

function listening() {
  const clock = new VirtualClock()
  const heard: string[] = []
  const rejected: string[] = []
  const listener = createScanListener({
    profile: { ...defaultScannerProfile, terminator: 'none' },
    isWholeCode: () => false,
    clock: {
      now: () => clock.now,
      after(ms, call) {
        const id = clock.set(call, ms, false)
        return () => clock.clear(id)
      },
    },
    onScan: (scan) => heard.push(scan.text),
    onRejected: ({ why }) => rejected.push(why),
  })
  return { clock, heard, rejected, listener }
}

function event(stroke: KeyStroke, withheld: string[] = []): KeyEvent {
  return {
    ...keyEvent(stroke, 0),
    preventDefault: () => void withheld.push(`${stroke.type} ${stroke.key}`),
  }
}

describe('the listener', () => {
  test('ends a scan without terminator by its clock', () => {
    const { clock, heard, listener } = listening()
    for (const stroke of unterminated) {
      clock.advance(stroke.at)
      listener.key(event(stroke))
    }
    expect(heard).toEqual([])
    clock.advance(clock.now + 400)
    expect(heard).toEqual([code])
  })

  test('does not take a stall for silence, although its timer runs first', () => {
    const { clock, heard, rejected, listener } = listening()
    for (const [at, stroke] of unterminated.entries()) {
      if (at === 20) clock.stall(stroke.at + 700)
      else clock.advance(stroke.at)
      listener.key(event(stroke))
    }
    clock.advance(clock.now + 400)
    expect({ heard, rejected }).toEqual({ heard: [code], rejected: [] })
  })

  test("hides a scan's Enter and most of its keys from the page, and no key of a person", () => {
    const { listener } = listening()
    const withheld: string[] = []
    for (const stroke of strokes) listener.key(event(stroke, withheld))
    expect(withheld).toContain('keydown Enter')
    expect(withheld).toContain('keyup Enter')
    expect(withheld.filter((each) => each.startsWith('keydown'))).toHaveLength(code.length + 1 - 2)
  })

  test('ignores keys that a script made', () => {
    const { clock, heard, listener } = listening()
    for (const stroke of strokes) listener.key({ ...event(stroke), isTrusted: false })
    clock.advance(5000)
    expect(heard).toEqual([])
  })

  test('does nothing more once stopped', () => {
    const { clock, heard, listener } = listening()
    for (const stroke of unterminated) listener.key(event(stroke))
    listener.stop()
    clock.advance(5000)
    expect(heard).toEqual([])
  })
})
