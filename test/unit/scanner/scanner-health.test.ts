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
  test('has no note while all is well', () => {
    expect(notes([scan(), misread, scan(), typed, scan()])).toEqual([])
  })

  test('has "not heard" after several typed codes in a row, until a scan is read', () => {
    expect(notes([scan(), typed, typed])).toEqual(['not-heard'])
    expect(notes([typed, typed, scan()])).toEqual([])
  })

  test('has "reading badly" after several misreads among the last ten', () => {
    expect(notes([misread, misread, scan(), misread])).toEqual(['reading-badly'])
    expect(notes([misread, misread, misread, ...Array.from({ length: 8 }, () => scan())])).toEqual(
      [],
    )
  })

  test('has "drifting slow" after five scans at nearly twice the known pace', () => {
    expect(notes(Array.from({ length: 5 }, () => scan(22)))).toEqual(['drifting-slow'])
    expect(notes(Array.from({ length: 5 }, () => scan(14)))).toEqual([])
    expect(notes(Array.from({ length: 4 }, () => scan(22)))).toEqual([])
    const uncalibrated = [10, 10, 10, 10, 10, 22, 22, 22].map(scan)
    expect(notes(uncalibrated, 0, healthAtStart)).toEqual(['drifting-slow'])
  })

  test('has a note when keys go to another window', () => {
    expect(notes([{ kind: 'focus', inFront: false }])).toEqual(['window-not-in-front'])
    expect(notes([{ kind: 'lock', capsLock: true }])).toEqual(['caps-lock-on'])
    const taken: HealthEvent = { kind: 'rejected', at: 0, rejected: { why: 'input-method' } }
    expect(notes([taken], 30_000)).toEqual(['input-method-on'])
    expect(notes([taken], 90_000)).toEqual([])
    expect(notes([taken, scan()])).toEqual([])
  })

  test('depends on the cable and not on the window for a serial scanner', () => {
    const behind = afterEvent(calibrated, { kind: 'focus', inFront: false })
    const locked = afterEvent(behind, { kind: 'lock', capsLock: true })
    expect(notesOf(locked, 0, 'off')).toEqual(['window-not-in-front', 'caps-lock-on'])
    expect(notesOf(locked, 0, 'connected')).toEqual([])
    expect(notesOf(locked, 0, 'absent')).toEqual(['not-connected'])
    expect(notesOf(locked, 0, 'unavailable')).toEqual(['not-connected'])
    expect(notes([typed, { kind: 'attached' }, typed])).toEqual([])
  })

  test('every note and every reason has its text', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { health, rejected } = catalogues[language].scanner
      expect(Object.keys(health).toSorted()).toEqual([...healthNotes].toSorted())
      expect(Object.keys(rejected).toSorted()).toEqual([...misreads].toSorted())
    }
  })
})
