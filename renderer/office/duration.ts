import type { TFunction } from 'i18next'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long something lasted, in one unit. */
export function durationText(ms: number, t: TFunction<'office'>): string {
  if (ms < minuteMs) return t('duration.short')
  if (ms < 2 * hourMs) return t('duration.minutes', { count: Math.floor(ms / minuteMs) })
  if (ms < 2 * dayMs) return t('duration.hours', { count: Math.floor(ms / hourMs) })
  return t('duration.days', { count: Math.floor(ms / dayMs) })
}
