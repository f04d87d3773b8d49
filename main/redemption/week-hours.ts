/** The days and hours of the week in which the coupons of a batch may be used, in Beijing time. */
export interface WeekHours {
  /** 0 is Sunday. */
  readonly days: readonly number[]
  /** Seconds of the day, both ends included; empty for the whole day. */
  readonly spans: readonly { readonly from: number; readonly to: number }[]
}

const beijingOffsetMs = 8 * 3_600_000
const dayMs = 86_400_000

/** Whether coupons may be used at `at` (epoch milliseconds). China has one time zone, and no summer time since 1991. */
export function isWithinWeekHours({ days, spans }: WeekHours, at: number): boolean {
  const local = at + beijingOffsetMs
  const second = Math.floor((local % dayMs) / 1000)
  if (!days.includes(new Date(local).getUTCDay())) return false
  return spans.length === 0 || spans.some(({ from, to }) => from <= second && second <= to)
}
