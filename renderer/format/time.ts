import type { Language } from '../../main/contract/language.ts'
import { dateFormat } from '../../main/contract/format.ts'

export { formatDateTime } from '../../main/contract/format.ts'

const day = 24 * 60 * 60 * 1000

/** Formats the time of day, with the date as well when it is more than 24 hours ago. */
export function formatInstant(at: number, now: number, language: Language): string {
  const isRecent = Math.abs(now - at) < day
  return dateFormat(language, {
    ...(isRecent ? {} : { month: '2-digit', day: '2-digit' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(at)
}

/** Formats hours and minutes, for the clock. */
export function formatClock(at: number, language: Language): string {
  return dateFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at)
}

/** Formats month and day in Beijing time, by which the figures are counted. */
export function formatDay(at: number, language: Language): string {
  return dateFormat(language, {
    month: 'numeric',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  }).format(at)
}
