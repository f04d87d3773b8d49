import { z } from 'zod'

/*
 * What is put into the clipboard for a POS that can be told nothing else: by a pattern of the shop's choice, such as
 * `{amount}` or `券 {code4} -{amount}`.
 */

/**
 * `amount`: what this coupon takes off. `payable`: what the customer pays, and `total`: what the order came to; both only where
 * the total was entered. `code4`: the code's last four characters. `batch`: the name of its batch.
 */
export const copyFields = ['amount', 'payable', 'total', 'code4', 'batch'] as const
export type CopyField = (typeof copyFields)[number]

const maxPattern = 80
const sums: readonly CopyField[] = ['amount', 'payable']

function isCopyField(name: string): name is CopyField {
  return copyFields.some((field) => field === name)
}

/** Why a pattern cannot be used; `null` where it can. */
export function faultOfCopyPattern(
  pattern: string,
): 'no-sum' | 'unknown-field' | 'unprintable' | 'too-long' | null {
  if (pattern.length > maxPattern) return 'too-long'
  // A line break would be an Enter in the POS.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(pattern)) return 'unprintable'
  const names = fieldsIn(pattern)
  if (!names.every(isCopyField) || /[{}]/.test(pattern.replaceAll(field, '')))
    return 'unknown-field'
  return names.some((name) => sums.some((sum) => sum === name)) ? null : 'no-sum'
}

const field = /\{(\w+)\}/g

function fieldsIn(pattern: string): string[] {
  return [...pattern.matchAll(field)].map(([, name = '']) => name)
}

export const CopyDiscount = z.strictObject({
  /** `asked`: a person presses for it. `always`: whenever a discount is told to be given. */
  when: z.enum(['never', 'asked', 'always']).default('never'),
  pattern: z
    .string()
    .refine((pattern) => faultOfCopyPattern(pattern) === null)
    .default('{amount}'),
})
export type CopyDiscount = z.infer<typeof CopyDiscount>

/** What the page shows of it. */
export const DiscountCopyView = z.object({
  text: z.string(),
  /** It is in the clipboard, as far as the till knows. */
  isCopied: z.boolean(),
})
export type DiscountCopyView = z.infer<typeof DiscountCopyView>

/** Fills a pattern in. `null` where something that it names is not known: half a line would be a wrong one. */
export function fillCopyPattern(
  pattern: string,
  values: Readonly<Record<CopyField, string | null>>,
): string | null {
  const names = fieldsIn(pattern)
  if (!names.every((name) => isCopyField(name) && values[name] !== null)) return null
  return pattern.replaceAll(field, (whole, name: string) =>
    isCopyField(name) ? oneLine(values[name] ?? '') : whole,
  )
}

/** A batch's name comes from WeChat Pay: nothing of it may act as a key in the POS. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
