import { dateFormat } from '../../main/contract/format.ts'
import type { Language } from '../../main/contract/language.ts'

/*
 * The chain's times are Beijing's, wherever the office is: by them days and hours are counted, and by them a shop tells when.
 */
const timeZone = 'Asia/Shanghai'
const dayMs = 86_400_000
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const
const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const

/** Formats date and time to the second. */
export function formatDateTime(at: number, language: Language): string {
  return dateFormat(language, { ...date, ...clock, timeZone }).format(at)
}

/** Formats the time of day, with the date as well when it is more than 24 hours ago. */
export function formatInstant(at: number, now: number, language: Language): string {
  const isRecent = Math.abs(now - at) < dayMs
  const withDay = isRecent ? {} : ({ month: '2-digit', day: '2-digit' } as const)
  return dateFormat(language, { ...withDay, ...clock, timeZone }).format(at)
}

/** Formats a date with its year. */
export function formatDate(at: number, language: Language): string {
  return dateFormat(language, { ...date, timeZone }).format(at)
}
