import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { PinHasher } from './ports.ts'

/** N=2^16, r=8, p=1 (64 MiB): OWASP's second strongest scrypt setting, about 100 ms on a shop's PC. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20 }
const saltBytes = 16
const hashBytes = 32

const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt)
const StoredHash = z.tuple([z.literal('scrypt'), z.base64(), z.base64()])

/**
 * Hashes are `scrypt$salt$hash`, both parts in base64; `verify` throws on any other text. The store encrypts them
 * besides: a PIN has so few digits that its hash alone can be searched through.
 */
export const scryptPins: PinHasher = {
  async hash(pin) {
    const salt = randomBytes(saltBytes)
    const hash = await derive(pin, salt, hashBytes, cost)
    return ['scrypt', salt.toString('base64'), hash.toString('base64')].join('$')
  },
  async verify(pin, stored) {
    const [, salt, hash] = StoredHash.parse(stored.split('$'))
    const tried = await derive(pin, Buffer.from(salt, 'base64'), hashBytes, cost)
    return timingSafeEqual(tried, Buffer.from(hash, 'base64'))
  },
}
