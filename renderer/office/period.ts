import { beijingDay, dateOfDay, dayOfDate, startOfDay } from '../../main/contract/beijing-day.ts'
import type { OfficeFilter } from '../../main/contract/office.ts'

export const periods = ['today', 'yesterday', 'days7', 'days30', 'days90'] as const

/** A period that moves with the calendar, or two dates of it, both included. */
export type Period = (typeof periods)[number] | { readonly from: string; readonly to: string }

/** What is looked at, as a person chose it. */
export interface Sight extends Pick<OfficeFilter, 'shopId' | 'stockId' | 'hour'> {
  readonly period: Period
}

export const firstSight: Sight = { period: 'today', shopId: null, stockId: null, hour: null }

/** The most days that two dates may have between them. */
const mostDays = 400

/** Days before today that a period begins and ends. */
const daysBack = {
  today: [0, 0],
  yesterday: [1, 1],
  days7: [6, 0],
  days30: [29, 0],
  days90: [89, 0],
}

/** The filter for what is looked at on the day of `now`. */
export function filterOf({ period, ...rest }: Sight, now: number): OfficeFilter {
  const today = beijingDay(now)
  if (typeof period === 'string') {
    const [first = 0, last = 0] = daysBack[period]
    return { ...rest, from: startOfDay(today - first), until: startOfDay(today - last + 1) }
  }
  const range = readDates(period) ?? { first: today, last: today }
  return { ...rest, from: startOfDay(range.first), until: startOfDay(range.last + 1) }
}

/** Two dates as days; `null` where they are none, are the wrong way round, or too far apart. */
export function readDates({
  from,
  to,
}: {
  readonly from: string
  readonly to: string
}): { readonly first: number; readonly last: number } | null {
  const first = dayOfDate(from)
  const last = dayOfDate(to)
  if (first === null || last === null || last < first || last - first > mostDays) return null
  return { first, last }
}

/** The dates with which choosing dates begins: those that are shown. */
export function datesOf(filter: OfficeFilter): { readonly from: string; readonly to: string } {
  return {
    from: dateOfDay(beijingDay(filter.from)),
    to: dateOfDay(beijingDay(filter.until - 1)),
  }
}
