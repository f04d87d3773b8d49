import { describe, expect, test } from 'vitest'
import { catalogues } from '../../../main/contract/words/index.ts'
import { misreads } from '../../../main/contract/counter.ts'
import {
  afterEvent,
  healthAtStart,
  healthNotes,
  notesOf,
  type HealthEvent,
  type ScannerHealth,
} from '../../../renderer/scanner/health/scanner-health.ts'

const calibrated: ScannerHealth = { ...healthAtStart, usualPaceMs: 10 }

function notes(events: readonly HealthEvent[], now = 0, from = calibrated): readonly string[] {
  return notesOf(events.reduce(afterEvent, from), now)
}
function scan(msPerChar = 10): HealthEvent {
  return { kind: 'scan', at: 0, scan: { msPerChar } }
}
const misread: HealthEvent = { kind: 'rejected', at: 0, rejected: { why: 'lost-key' } }
const typed: HealthEvent = { kind: 'typed', at: 0 }

describe('the health of the scanner', () => {
  test('needs no words while all is well', () => {
    expect(notes([scan(), misread, scan(), typed, scan()])).toEqual([])
  })

  test('codes typed in a row: it is not heard, until it is', () => {
    expect(notes([scan(), typed, typed])).toEqual(['not-heard'])
    expect(notes([typed, typed, scan()])).toEqual([])
  })

  test('several misread among the last ten: reading badly', () => {
    expect(notes([misread, misread, scan(), misread])).toEqual(['reading-badly'])
    expect(notes([misread, misread, misread, ...Array.from({ length: 8 }, () => scan())])).toEqual(
      [],
    )
  })

  test('five scans at nearly twice the known pace: drifting slow', () => {
    expect(notes(Array.from({ length: 5 }, () => scan(22)))).toEqual(['drifting-slow'])
    expect(notes(Array.from({ length: 5 }, () => scan(14)))).toEqual([])
    expect(notes(Array.from({ length: 4 }, () => scan(22)))).toEqual([])
    const uncalibrated = [10, 10, 10, 10, 10, 22, 22, 22].map(scan)
    expect(notes(uncalibrated, 0, healthAtStart)).toEqual(['drifting-slow'])
  })

  test('keys that go elsewhere', () => {
    expect(notes([{ kind: 'focus', inFront: false }])).toEqual(['window-not-in-front'])
    expect(notes([{ kind: 'lock', capsLock: true }])).toEqual(['caps-lock-on'])
    const taken: HealthEvent = { kind: 'rejected', at: 0, rejected: { why: 'input-method' } }
    expect(notes([taken], 30_000)).toEqual(['input-method-on'])
    expect(notes([taken], 90_000)).toEqual([])
    expect(notes([taken, scan()])).toEqual([])
  })

  test('a scanner on a cable of its own needs no window in front, but its cable', () => {
    const behind = afterEvent(calibrated, { kind: 'focus', inFront: false })
    const locked = afterEvent(behind, { kind: 'lock', capsLock: true })
    expect(notesOf(locked, 0, 'off')).toEqual(['window-not-in-front', 'caps-lock-on'])
    expect(notesOf(locked, 0, 'connected')).toEqual([])
    expect(notesOf(locked, 0, 'absent')).toEqual(['not-connected'])
    expect(notesOf(locked, 0, 'unavailable')).toEqual(['not-connected'])
    expect(notes([typed, { kind: 'attached' }, typed])).toEqual([])
  })

  test('every note and every reason has its words', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { health, rejected } = catalogues[language].scanner
      expect(Object.keys(health).toSorted()).toEqual([...healthNotes].toSorted())
      expect(Object.keys(rejected).toSorted()).toEqual([...misreads].toSorted())
    }
  })
})
