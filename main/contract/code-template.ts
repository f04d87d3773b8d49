const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const classes: Readonly<Record<string, string>> = {
  '#': digits,
  '@': letters,
  '?': digits + letters,
}

/** What WeChat Pay's own codes look like. */
const issuedTemplate = '#'.repeat(22)

/** The characters that a sign of a template stands for; a sign that is none stands for itself. */
export function charactersOf(sign: string): string {
  return classes[sign] ?? sign
}

/** Whether there are codes that both templates fit. */
export function overlap(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  return Array.from(one).every((sign, at) => {
    const others = charactersOf(other.charAt(at))
    return Array.from(charactersOf(sign)).some((character) => others.includes(character))
  })
}

/** Whether WeChat Pay's own codes fit it too: they are then taken for the merchant's. */
export function fitsIssuedCodes(template: string): boolean {
  return overlap(template, issuedTemplate)
}
