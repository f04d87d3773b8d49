import type { Language } from '../../main/contract/language.ts'
import { dateFormat } from '../../main/contract/format.ts'
import { formatClock } from './time.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** How long ago something was: seconds, then minutes, then the time by the clock. */
export type Ago =
  | { readonly unit: 'now' }
  | { readonly unit: 'seconds' | 'minutes'; readonly count: number }
  | { readonly unit: 'clock'; readonly time: string }

/** `now` must come from the same clock as `at`: the page's own may be off from the till's. */
export function agoOf(at: number, now: number, language: Language): Ago {
  const age = now - at
  if (age >= 0 && age < secondMs) return { unit: 'now' }
  if (age >= 0 && age < minuteMs) return { unit: 'seconds', count: Math.floor(age / secondMs) }
  if (age >= 0 && age < hourMs) return { unit: 'minutes', count: Math.floor(age / minuteMs) }
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  const time = isToday ? formatClock(at, language) : dayAndClock(at, language)
  return { unit: 'clock', time }
}

/** Formats a date of a batch as its coupons say it, in Beijing time: with the year where it is another than now. */
export function formatValidityDay(at: number, now: number, language: Language): string {
  const timeZone = 'Asia/Shanghai'
  const yearOf = (instant: number): string =>
    dateFormat('en', { year: 'numeric', timeZone }).format(instant)
  const isThisYear = yearOf(at) === yearOf(now)
  return dateFormat(language, {
    ...(isThisYear ? {} : { year: 'numeric' }),
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    timeZone,
  }).format(at)
}

function dayAndClock(at: number, language: Language): string {
  return dateFormat(language, {
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at)
}
