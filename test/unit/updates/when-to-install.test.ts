import { describe, expect, test } from 'vitest'
import { refusalToInstall, type Trade } from '../../../main/updates/when-to-install.ts'

const minute = 60_000
/** Four in the morning in China. */
const four = Date.parse('2026-11-26T04:10:00+08:00')
const noon = Date.parse('2026-11-26T12:10:00+08:00')
const trade = { waiting: 0, isShiftOpen: false, touchedAt: four - 60 * minute } satisfies Trade

describe('a new version is installed', () => {
  test.each([
    ['by itself at its hour', 'hour', {}, four, null],
    ['by itself at its hour, with a forgotten shift', 'hour', { isShiftOpen: true }, four, null],
    ['by itself at no other hour', 'hour', { touchedAt: 0 }, noon, 'trading'],
    ['by itself never while something waits', 'hour', { waiting: 1 }, four, 'queue-waits'],
    [
      'by itself never within half an hour of a customer',
      'hour',
      { touchedAt: four - 29 * minute },
      four,
      'trading',
    ],
    ['by itself half an hour later', 'hour', { touchedAt: four - 30 * minute }, four, null],
    [
      'by itself never under a clock that was set back',
      'hour',
      { touchedAt: four + minute },
      four,
      'trading',
    ],
    ['for a person at any hour', 'person', { touchedAt: noon - minute }, noon, null],
    ['for a person not while a shift is open', 'person', { isShiftOpen: true }, noon, 'shift-open'],
    [
      'for a person not while something waits',
      'person',
      { waiting: 2, isShiftOpen: true },
      noon,
      'queue-waits',
    ],
    [
      'for a person not in front of a customer',
      'person',
      { touchedAt: noon - 4900 },
      noon,
      'trading',
    ],
  ] as const)('%s', (_what, by, change, now, refusal) => {
    expect(refusalToInstall(by, { ...trade, ...change }, 4, now)).toBe(refusal)
  })

  test('at an hour of China, wherever the computer thinks it is', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const now = Date.parse(`2026-11-26T${String(hour).padStart(2, '0')}:59:59+08:00`)
      const at = { ...trade, touchedAt: now - 60 * minute }
      expect(refusalToInstall('hour', at, hour, now)).toBeNull()
      expect(refusalToInstall('hour', at, (hour + 1) % 24, now)).toBe('trading')
    }
  })
})
