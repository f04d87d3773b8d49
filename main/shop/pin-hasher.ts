import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { PinHasher } from './ports.ts'

/** N=2^16, r=8, p=1 (64 MiB, some 100 ms): OWASP's next-to-strongest scrypt setting, and a till's PC can still do it. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20 }
const saltBytes = 16
const hashBytes = 32

const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt)
const Kept = z.tuple([z.literal('scrypt'), z.base64(), z.base64()])

/** `scrypt$salt$hash`, both base64. The store seals it besides: few digits alone do not withstand a search. */
export const scryptPins: PinHasher = {
  async hash(pin) {
    const salt = randomBytes(saltBytes)
    const hash = await derive(pin, salt, hashBytes, cost)
    return ['scrypt', salt.toString('base64'), hash.toString('base64')].join('$')
  },
  async verify(pin, kept) {
    const [, salt, hash] = Kept.parse(kept.split('$'))
    const tried = await derive(pin, Buffer.from(salt, 'base64'), hashBytes, cost)
    return timingSafeEqual(tried, Buffer.from(hash, 'base64'))
  },
}
