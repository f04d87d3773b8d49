import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

/** The exponent of scrypt's N = 2^17, OWASP's minimum: 128 MiB and some tenths of a second for each guess. */
export const defaultEscrowCost = 17
/** Limits of the exponent in a file that is opened: a made-up one must not use up this computer's memory. */
const costs = { least: 10, most: 18 } as const

const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const keyBytes = 32
const tag = { authTagLength: tagBytes }

/** The till's data key, encrypted under a password. It goes into every backup, and opens for nobody without that. */
export const KeyEscrow = z.strictObject({
  /** The exponent of scrypt's N. */
  cost: z.int().min(costs.least).max(costs.most),
  /** base64, of 16 random bytes for each password that is chosen. */
  salt: z.base64().length(24),
  /** base64: nonce (12 bytes), the data key (32), tag (16). */
  sealed: z.base64().length(80),
})
export type KeyEscrow = z.infer<typeof KeyEscrow>

/** Encrypts the data key under this password, with AES-256-GCM under a key that scrypt derives from it. */
export async function makeEscrow(
  password: string,
  dataKey: Uint8Array,
  cost = defaultEscrowCost,
): Promise<KeyEscrow> {
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const key = await derive(password, salt, cost)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, tag)
  const sealed = Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
  return { cost, salt: salt.toString('base64'), sealed: sealed.toString('base64') }
}

/** Returns the data key; `null` for a wrong password, which takes as long as a right one. */
export async function openEscrow(escrow: KeyEscrow, password: string): Promise<Buffer | null> {
  const key = await derive(password, Buffer.from(escrow.salt, 'base64'), escrow.cost)
  const sealed = Buffer.from(escrow.sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), tag)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  const opened = decipher.update(sealed.subarray(nonceBytes, -tagBytes))
  try {
    decipher.final()
    return opened
  } catch {
    return null
  }
}

/** On a thread of Node's own, so that scans go on meanwhile. */
function derive(password: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  // Twice the 128 * N * r bytes that scrypt needs.
  const options = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 * 128 * 8 * 2 ** cost }
  scrypt(password.normalize('NFKC'), salt, keyBytes, options, (fault, key) => {
    if (fault === null) resolve(key)
    else reject(fault)
  })
  return promise
}
