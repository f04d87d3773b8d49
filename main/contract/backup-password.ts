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
/** Guesses, as a power of two. */
const strongBits = 70

/** Returns how strong a password is. An estimate: it knows patterns, and no person's birthday. */
export function strengthOf(password: string): PasswordStrength {
  const characters = Array.from(password.normalize('NFKC'))
  if (characters.length < backupPasswordLength.least) return 'short'
  const free = freeCharacters(
    unitOf(characters.join('').toLowerCase().replaceAll(commonPieces, '')),
  )
  if (free.length < fewestFree || new Set(free).size < fewestDifferent) return 'weak'
  return free.length * Math.log2(alphabetOf(characters.join(''))) >= strongBits ? 'strong' : 'good'
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

/** How many characters somebody has to try in each place. */
function alphabetOf(text: string): number {
  const kinds = [
    [/[0-9]/, 10],
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[^0-9a-zA-Z\u0080-\u{10ffff}]/u, 32],
    // Of the characters that everybody writes, as a guesser would order them.
    [/[\u0080-\u{10ffff}]/u, 500],
  ] as const
  return kinds.reduce((sum, [kind, count]) => (kind.test(text) ? sum + count : sum), 0)
}
