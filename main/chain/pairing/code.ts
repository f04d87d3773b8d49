import { randomInt } from 'node:crypto'
import { pairingAlphabet, pairingLength, plainPairingCode } from '../../contract/chain.ts'

const codePattern = new RegExp(`^[${pairingAlphabet}]{${pairingLength}}$`)

/** Returns a new code: 30 characters, eight times, each by chance (39 bits). */
export function createPairingCode(): string {
  return Array.from(
    { length: pairingLength },
    () => pairingAlphabet[randomInt(pairingAlphabet.length)] ?? '',
  ).join('')
}

/** Returns what a person typed as it is compared; `null` where it cannot be a code. */
export function readPairingCode(typed: string): string | null {
  const plain = plainPairingCode(typed)
  return codePattern.test(plain) ? plain : null
}
