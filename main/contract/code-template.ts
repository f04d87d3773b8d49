const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const classes: Readonly<Record<string, string>> = {
  '#': digits,
  '@': letters,
  '?': digits + letters,
}

/** The form of the codes that WeChat Pay itself issues. */
const issuedTemplate = '#'.repeat(22)

/** Returns how long coupon codes are: WeChat Pay's own, and the merchant's own of these templates. Shortest first. */
export function codeLengthsOf(templates: readonly string[]): number[] {
  const lengths = [issuedTemplate, ...templates].map(({ length }) => length)
  return [...new Set(lengths)].toSorted((one, other) => one - other)
}

/** Returns the characters that one character of a template stands for; any but `#`, `@` and `?` stands for itself. */
export function charactersOf(sign: string): string {
  return classes[sign] ?? sign
}

/** Whether a code exists that fits both templates. */
export function overlap(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  return Array.from(one).every((sign, at) => {
    const others = charactersOf(other.charAt(at))
    return Array.from(charactersOf(sign)).some((character) => others.includes(character))
  })
}

/** Whether codes that WeChat Pay issued may fit the template, and would be taken for the merchant's own. */
export function fitsIssuedCodes(template: string): boolean {
  return overlap(template, issuedTemplate)
}
