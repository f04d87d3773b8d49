/** In characters. The shortest is what remains hard to guess at scrypt's cost; the longest keeps hashing it cheap. */
export const backupPasswordLength = { least: 12, most: 128 } as const

/** How hard a password is to guess by somebody who has a backup and much time. The first two are refused. */
export const passwordStrengths = ['short', 'weak', 'good', 'strong'] as const
export type PasswordStrength = (typeof passwordStrengths)[number]

/** What guessing programs try first, in the lower case. */
const commonPieces =
  /password|passw0rd|qwertyuiop|qwerty|asdfgh|zxcvbn|iloveyou|admin|welcome|woaini|weixin|wechat|hexiao|(?:19|20)\d\d/g
/** Below this many characters that are not foreseen by those before them, a password is weak. */
const fewestFree = 9
const fewestDifferent = 6
/** Guesses, as powers of two. At scrypt's cost the lower is centuries of one computer. */
const goodBits = 34
const strongBits = 60
/** What a letter adds in the middle of a word: programs guess words, and not letters. */
const bitsOfWordLetter = 2.8

/** Returns how strong a password is. An estimate: it knows patterns, and no person's birthday. */
export function strengthOf(password: string): PasswordStrength {
  const characters = Array.from(password.normalize('NFKC'))
  if (characters.length < backupPasswordLength.least) return 'short'
  const free = freeCharacters(
    unitOf(characters.join('').toLowerCase().replaceAll(commonPieces, '')),
  )
  if (free.length < fewestFree || new Set(free).size < fewestDifferent) return 'weak'
  const bits = bitsOf(free.join(''))
  if (bits < goodBits) return 'weak'
  return bits < strongBits ? 'good' : 'strong'
}

/** Whether a password may protect backups. */
export function isGoodBackupPassword(password: string): boolean {
  const strength = strengthOf(password)
  return strength !== 'short' && strength !== 'weak' && password.length <= backupPasswordLength.most
}

/** `abcabcabc` is `abc` written three times. */
function unitOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1)
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text)
      return text.slice(0, length)
  return text
}

/** Without those that go on as the two before them did: `aaaa`, `1234`, `9876`. */
function freeCharacters(text: string): string[] {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  return Array.from(text).filter((_, at) => {
    const [before, last, present] = [points[at - 2], points[at - 1], points[at]]
    if (before === undefined || last === undefined || present === undefined) return true
    const step = last - before
    return Math.abs(step) > 1 || present - last !== step
  })
}

/** How many bits somebody has to guess, of a text in the lower case. */
function bitsOf(text: string): number {
  const words = text.match(/[a-z]{5,}/g) ?? []
  const inWords = words.join('').length
  const rest = Array.from(text.replaceAll(/[a-z]{5,}/g, ''))
  const others = rest.map((character) => Math.log2(alphabetOf(character)))
  return inWords * bitsOfWordLetter + others.reduce((sum, bits) => sum + bits, 0)
}

/** Of how many characters like this one people choose. */
function alphabetOf(character: string): number {
  if (/[0-9a-z]/.test(character)) return 36
  // Characters beyond ASCII: those that everybody writes.
  return (character.codePointAt(0) ?? 0) > 0x7f ? 500 : 20
}
