import type { Language } from './language.ts'

const dates = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()

/** Returns a date format, cached for each language and form: making one takes longer than using it a hundred times. */
export function dateFormat(
  language: Language,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return kept(dates, language, options, () => new Intl.DateTimeFormat(language, options))
}

/** Returns a number format, cached likewise. */
export function numberFormat(
  language: Language,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  return kept(numbers, language, options, () => new Intl.NumberFormat(language, options))
}

/** Formats fen as yuan in the reader's language, without cents where there are none: 2000 -> "20元" / "¥20", -5 -> "-0.05元". */
export function formatFen(fen: number, language: Language): string {
  const yuan = numberFormat(language, {
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(Math.abs(fen) / 100)
  return `${fen < 0 ? '-' : ''}${language === 'zh-CN' ? `${yuan}元` : `¥${yuan}`}`
}

/** Formats fen as on a receipt, always with cents: 500 -> "¥5.00", -500 -> "-¥5.00". */
export function formatSum(fen: number, language: Language): string {
  const yuan = numberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(Math.abs(fen) / 100)
  return `${fen < 0 ? '-' : ''}¥${yuan}`
}

/** Formats date and time to the second, as in a record. */
export function formatDateTime(at: number, language: Language): string {
  return dateFormat(language, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(at)
}

function kept<F>(made: Map<string, F>, language: Language, options: object, make: () => F): F {
  const key = `${language} ${JSON.stringify(options)}`
  const format = made.get(key) ?? make()
  made.set(key, format)
  return format
}
