import { randomBytes } from 'node:crypto'

const chainKeyBytes = 32

/** Returns a new key that the tills of a shop seal their claims and records with: 32 bytes, base64. */
export function freshChainKey(): string {
  return randomBytes(chainKeyBytes).toString('base64')
}
