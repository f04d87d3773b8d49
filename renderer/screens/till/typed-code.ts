interface CodeForms {
  /** How long a coupon's code can be here. */
  readonly codeLengths: readonly number[]
  /** What the shop's codes may begin with, in front of the code itself. */
  readonly prefixes: readonly string[]
}

/** Whether a typed text can be a coupon's code by its length; main/redemption decides whether it is one. */
export function fitsLength(text: string, { codeLengths, prefixes }: CodeForms): boolean {
  const code = text.trim()
  // A web address carries its code.
  if (/^https?:/iu.test(code)) return true
  const prefix = prefixes.find((each) => each !== '' && code.startsWith(each)) ?? ''
  return [code.length, code.length - prefix.length].some((length) => codeLengths.includes(length))
}
