import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { type Result, err } from '../contract/result.ts'
import type { HandOverFault } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { readEntries, textOfEntries } from './hand-over-entry.ts'

/** The first bytes of a hand-over file: its kind and the version of its format. */
const magicShape = /^HXTILL([0-9A-Z])\n$/
const magic = Buffer.from('HXTILL2\n')
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const tag = { authTagLength: tagBytes }
const keyBytes = 32
/**
 * The exponent of scrypt's N = 2^17, OWASP's minimum: 128 MiB and some tenths of a second for each guess at a password.
 */
export const defaultScryptCost = 17
/** Limits of the exponent in a file that is opened: a made-up one must not use up this computer's memory. */
const costs = { least: 10, most: 18 }

/**
 * Returns a hand-over file that the password opens. Its parts and their lengths in bytes: magic (8), cost (1), salt
 * (16), nonce (12), ciphertext, tag (16). Encrypted with AES-256-GCM under a key that scrypt derives from the password;
 * magic and cost are authenticated as well. Version 1 lacked the cost, and its entries the count of hand-overs.
 */
export function sealHandOver(
  entries: readonly Redemption[],
  password: string,
  cost = defaultScryptCost,
): Uint8Array {
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const head = Buffer.concat([magic, Uint8Array.of(cost)])
  const cipher = createCipheriv('aes-256-gcm', keyOf(password, salt, cost), nonce, tag)
  cipher.setAAD(head)
  const sealed = [
    cipher.update(textOfEntries(entries), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]
  return new Uint8Array(Buffer.concat([head, salt, nonce, ...sealed]))
}

/** Returns the redemptions in a hand-over file. Fails on a wrong password and on any other file; never throws. */
export function openHandOver(
  file: Uint8Array,
  password: string,
): Result<Redemption[], HandOverFault> {
  const bytes = Buffer.from(file)
  const [, version] = magicShape.exec(bytes.toString('latin1', 0, magic.length)) ?? []
  if (version === undefined) return err({ code: 'no-hand-over' })
  if (version !== '1' && version !== '2') return err({ code: 'newer-version' })
  const headBytes = magic.length + (version === '1' ? 0 : 1)
  const start = headBytes + saltBytes + nonceBytes
  if (bytes.length < start + tagBytes) return err({ code: 'no-hand-over' })
  const cost = version === '1' ? defaultScryptCost : bytes.readUInt8(magic.length)
  if (cost < costs.least || cost > costs.most) return err({ code: 'unreadable' })
  const salt = bytes.subarray(headBytes, headBytes + saltBytes)
  const nonce = bytes.subarray(headBytes + saltBytes, start)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(password, salt, cost), nonce, tag)
  decipher.setAAD(bytes.subarray(0, headBytes))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  const opened = decipher.update(bytes.subarray(start, -tagBytes))
  try {
    decipher.final()
  } catch {
    // A changed bit and a wrong password cannot be told apart.
    return err({ code: 'wrong-password' })
  }
  return readEntries(opened.toString('utf8'), version === '1' ? 1 : 2)
}

function keyOf(password: string, salt: Uint8Array, cost: number): Buffer {
  // Twice the 128 * N * r bytes that scrypt needs.
  const options = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 * 128 * 8 * 2 ** cost }
  return scryptSync(password.normalize('NFKC'), salt, keyBytes, options)
}
