import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { type Result, err } from '../contract/result.ts'
import type { HandOverError } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { readEntries, textOfEntries } from './hand-over-entry.ts'

/** First bytes of a hand-over file: what it is, and its version. */
const magicShape = /^HXTILL([0-9A-Z])\n$/
const magic = Buffer.from('HXTILL2\n')
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const keyBytes = 32
/** scrypt's N as a power of two. OWASP's least: 128 MiB, some tenths of a second for each guess. */
export const usualCost = 17
/** Of what a file may ask for: it must not cost this computer its memory. */
const costs = { least: 10, most: 20 }

/**
 * magic (8), cost (1), salt (16), nonce (12), ciphertext, tag (16): AES-256-GCM under a key that scrypt makes of the
 * password; magic and cost are authenticated with it. Version 1 had no cost in it, and no count of hand-overs.
 */
export function sealHandOver(
  entries: readonly Redemption[],
  password: string,
  cost = usualCost,
): Uint8Array {
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const head = Buffer.concat([magic, Uint8Array.of(cost)])
  const cipher = createCipheriv('aes-256-gcm', keyOf(password, salt, cost), nonce)
  cipher.setAAD(head)
  const sealed = [
    cipher.update(textOfEntries(entries), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]
  return new Uint8Array(Buffer.concat([head, salt, nonce, ...sealed]))
}

/** Whatever the file holds, it throws nothing. */
export function openHandOver(
  file: Uint8Array,
  password: string,
): Result<Redemption[], HandOverError> {
  const bytes = Buffer.from(file)
  const [, version] = magicShape.exec(bytes.toString('latin1', 0, magic.length)) ?? []
  if (version === undefined) return err({ code: 'no-hand-over' })
  if (version !== '1' && version !== '2') return err({ code: 'newer-version' })
  const headBytes = magic.length + (version === '1' ? 0 : 1)
  const start = headBytes + saltBytes + nonceBytes
  if (bytes.length < start + tagBytes) return err({ code: 'no-hand-over' })
  const cost = version === '1' ? usualCost : bytes.readUInt8(magic.length)
  if (cost < costs.least || cost > costs.most) return err({ code: 'unreadable' })
  const salt = bytes.subarray(headBytes, headBytes + saltBytes)
  const nonce = bytes.subarray(headBytes + saltBytes, start)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(password, salt, cost), nonce)
  decipher.setAAD(bytes.subarray(0, headBytes))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  const opened = decipher.update(bytes.subarray(start, -tagBytes))
  try {
    decipher.final()
  } catch {
    // One bit changed anywhere, or another password: the two cannot be told apart.
    return err({ code: 'wrong-password' })
  }
  return readEntries(opened.toString('utf8'), version === '1' ? 1 : 2)
}

function keyOf(password: string, salt: Uint8Array, cost: number): Buffer {
  // Twice what scrypt needs: 128 bytes for each of N and r.
  const options = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 * 128 * 8 * 2 ** cost }
  return scryptSync(password.normalize('NFKC'), salt, keyBytes, options)
}
