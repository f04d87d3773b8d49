import type { Language } from '../../main/contract/language.ts'
import { numberFormat } from '../../main/contract/format.ts'

export { formatFen, formatSum } from '../../main/contract/format.ts'

/**
 * Formats a discount by the percentage left to pay, as the language names it: 88 -> "8.8" (折, tenths to pay) / "12" (%
 * off).
 */
export function formatRate(payPercent: number, language: Language): string {
  const rate = language === 'zh-CN' ? payPercent / 10 : 100 - payPercent
  return numberFormat(language, { maximumFractionDigits: 2 }).format(rate)
}

const mostYuan = 1_000_000

/** Parses what a person typed as yuan. Returns fen; `null` unless it is a sum above zero with at most two decimals. */
export function parseYuan(text: string): number | null {
  if (!/^\d{1,7}(?:\.\d{0,2})?$/.test(text)) return null
  const fen = Math.round(Number(text) * 100)
  return fen > 0 && fen <= mostYuan * 100 ? fen : null
}

/**
 * The characters of fields for numbers. Point and comma are among them everywhere: left out, they would make 205 of 20.5,
 * where a field that does not take them can say so.
 */
export function isAmountChar(char: string): boolean {
  return /^[\d.,]$/.test(char)
}

/** Reads a number that is shown in units of `per` stored ones: whole, or with two decimals of yuan. `null` for other text. */
export function readAmount(text: string, per: 1 | 100): number | null {
  const form = per === 1 ? /^\d{1,7}$/ : /^\d{1,7}(?:\.\d{1,2})?$/
  return form.test(text) ? Math.round(Number(text) * per) : null
}

/** What keeps a text from being a sum; `null` where it is one. */
export type SumFault = 'form' | 'zero' | 'tooLarge'

/** Returns why a typed text is no sum, to say what to do about it. */
export function faultOfYuan(text: string): SumFault | null {
  if (parseYuan(text) !== null) return null
  if (/^(?:0+(?:\.0{0,2})?)$/.test(text)) return 'zero'
  return /^\d+(?:\.\d{0,2})?$/.test(text) ? 'tooLarge' : 'form'
}

/** Whether a text may become a sum with the next digit, so that nothing is wrong with it yet. */
export function isBegunSum(text: string): boolean {
  return /^(?:0(?:\.0?)?)?$/.test(text)
}
