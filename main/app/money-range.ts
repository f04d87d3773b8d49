import { beijingDay, dateOfDay, dayOfDate, startOfDay } from '../contract/beijing-day.ts'
import type { Money, MoneyRange } from '../contract/money.ts'

const daysOfWeek = 7
/** 1970-01-01, day 0, was a Thursday: days are counted from Monday. */
const thursday = 3

/** Returns the days of a range, by the till's clock `now`, epoch milliseconds. */
export function daysOf(range: MoneyRange, now: number): NonNullable<Money['days']> {
  const today = beijingDay(now)
  const [first, last] = firstAndLast(range, today)
  return {
    first: dateOfDay(first),
    last: dateOfDay(last),
    from: startOfDay(first),
    until: startOfDay(last + 1),
  }
}

function firstAndLast(range: MoneyRange, today: number): readonly [number, number] {
  switch (range) {
    case 'today':
      return [today, today]
    case 'yesterday':
      return [today - 1, today - 1]
    case 'week':
      return [today - ((today + thursday) % daysOfWeek), today]
    case 'month':
      return [dayOfDate(`${dateOfDay(today).slice(0, 8)}01`) ?? today, today]
    default:
      return [dayOfDate(range.from) ?? today, dayOfDate(range.to) ?? today]
  }
}
