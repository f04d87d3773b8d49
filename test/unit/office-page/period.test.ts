import { expect, test } from 'vitest'
import { dayMs } from '../../../main/contract/beijing-day.ts'
import { filterOf, firstSight, readDates } from '../../../renderer/office/period.ts'

/** Half an hour after midnight in Beijing, and still the day before in London. */
const now = Date.parse('2026-11-28T00:30:00+08:00')

test('days are Beijing’s, and today is the one that has begun there', () => {
  expect(filterOf(firstSight, now)).toMatchObject({
    from: Date.parse('2026-11-28T00:00:00+08:00'),
    until: Date.parse('2026-11-29T00:00:00+08:00'),
  })
  const yesterday = filterOf({ ...firstSight, period: 'yesterday' }, now)
  expect(yesterday.until).toBe(Date.parse('2026-11-28T00:00:00+08:00'))
  const week = filterOf({ ...firstSight, period: 'days7' }, now)
  expect(week.until - week.from).toBe(7 * dayMs)
})

test('two dates are both included, and those that are none are not taken', () => {
  const dates = filterOf({ ...firstSight, period: { from: '2026-11-01', to: '2026-11-02' } }, now)
  expect(dates.until - dates.from).toBe(2 * dayMs)
  expect(readDates({ from: '2026-11-02', to: '2026-11-01' })).toBeNull()
  expect(readDates({ from: '2026-02-30', to: '2026-03-01' })).toBeNull()
  expect(readDates({ from: '2020-01-01', to: '2026-01-01' })).toBeNull()
})
