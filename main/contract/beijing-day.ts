export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
/** Beijing's offset from UTC. Days are counted in Beijing time, which WeChat Pay uses, wherever the computer is. */
export const beijingMs = 8 * hourMs

/** Returns the day of Beijing's calendar, counted from the epoch, that an instant lies in. */
export function beijingDay(at: number): number {
  return Math.floor((at + beijingMs) / dayMs)
}

/** Returns the first millisecond of a day, in epoch milliseconds. */
export function startOfDay(day: number): number {
  return day * dayMs - beijingMs
}

/** Returns a day as it is written in a calendar: `2026-11-23`. */
export function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** Reads such a date; `null` for one that is in no calendar. */
export function dayOfDate(date: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date) return null
  return at / dayMs
}
