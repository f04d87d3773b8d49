import { describe, expect, test } from 'vitest'
import { agoOf, formatValidityDay } from '../../../renderer/format/ago.ts'
import { startTranslations } from '../../../renderer/i18n/translations.ts'
import { givenWords, isJustGiven } from '../../../renderer/screens/till/given-words.ts'

const now = new Date(2026, 10, 26, 14, 2, 30).getTime()
const second = 1000
const minute = 60 * second
const hour = 60 * minute

function beijing(text: string): number {
  return Date.parse(`${text}+08:00`)
}

describe('how long ago', () => {
  test.each([
    [0, { unit: 'now' }],
    [11 * second, { unit: 'seconds', count: 11 }],
    [59_999, { unit: 'seconds', count: 59 }],
    [minute, { unit: 'minutes', count: 1 }],
    [hour - 1, { unit: 'minutes', count: 59 }],
    [hour, { unit: 'clock', time: '13:02' }],
    [-minute, { unit: 'clock', time: '14:03' }],
  ])('%d ms is %o', (ms, ago) => {
    expect(agoOf(now - ms, now, 'en')).toEqual(ago)
  })

  test('names the day where it is another', () => {
    expect(agoOf(now - 48 * hour, now, 'zh-CN')).toEqual({ unit: 'clock', time: '11月24日 14:02' })
  })
})

describe('a date of a batch', () => {
  test('is said in Beijing time, with the year where it is another', () => {
    const today = beijing('2026-11-26T12:00:00')
    expect(formatValidityDay(beijing('2026-12-01T00:00:00'), today, 'zh-CN')).toBe('12月1日')
    expect(formatValidityDay(beijing('2026-12-01T00:00:00'), today, 'en')).toBe('Dec 1')
    expect(formatValidityDay(beijing('2025-11-20T23:59:59'), today, 'zh-CN')).toBe('2025年11月20日')
  })
})

describe('a discount that was given before', () => {
  const given = { at: now - 11 * second, by: '小王', fen: 2000 }
  const told = { given, at: now, reason: 'redeemed-here-before' } as const

  test('may be the same customer’s within the hour, at this till', () => {
    expect(isJustGiven(told)).toBe(true)
    expect(isJustGiven({ ...told, at: now + hour })).toBe(false)
    expect(isJustGiven({ ...told, reason: 'redeemed-at-other-till' })).toBe(false)
    expect(isJustGiven({ ...told, given: null })).toBe(false)
  })

  const translations = startTranslations('linux')
  const chinese = givenWords(translations.getFixedT('zh-CN', 'till'), 'zh-CN')
  const english = givenWords(translations.getFixedT('en', 'till'), 'en')

  test.each([
    ['小王', '11 秒前给过优惠（您给的） · 减 ¥20.00', 'Given 11 s ago, by you · ¥20.00 off'],
    ['小李', '11 秒前给过优惠（小王给的） · 减 ¥20.00', 'Given 11 s ago, by 小王 · ¥20.00 off'],
    [null, '11 秒前给过优惠（小王给的） · 减 ¥20.00', 'Given 11 s ago, by 小王 · ¥20.00 off'],
  ])('is said to %s with time and giver', (cashier, zh, en) => {
    expect(chinese.inFull(told, { cashier })).toBe(zh)
    expect(english.inFull(told, { cashier })).toBe(en)
  })

  test('names nobody where nobody was signed in, and the till where it was another', () => {
    const nobody = { ...told, given: { ...given, by: null, fen: null } }
    expect(english.inFull(nobody, { cashier: null })).toBe('Given 11 s ago')
    const elsewhere = {
      reason: 'redeemed-at-other-till',
      given: { at: now - 5 * minute, by: 'T2', fen: null },
      at: now,
    } as const
    expect(english.inFull(elsewhere, { cashier: 'T2' })).toBe('Given 5 min ago, at till T2')
  })

  test('is said by the clock afterwards', () => {
    expect(chinese.inShort(told)).toBe('之前给过（14:02）')
  })
})
