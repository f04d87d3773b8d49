import { randomInt } from 'node:crypto'

/** Digits and capitals without those that are taken for another on paper: 0 and O, 1, I and L, U and V. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const length = 16
const groupLength = 4

/** Returns 16 random characters (77 bits, which nobody guesses) in groups of four: `K7QM-2HXD-94TB-WEFP`. */
export function makeRecoveryCode(): string {
  return Array.from({ length }, (_, at) => {
    const character = alphabet[randomInt(alphabet.length)] ?? ''
    return at > 0 && at % groupLength === 0 ? `-${character}` : character
  }).join('')
}

/** Returns the characters of a code as somebody typed it, however spaced; `null` when it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const characters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
  const isCode =
    characters.length === length && Array.from(characters).every((each) => alphabet.includes(each))
  return isCode ? characters : null
}
