import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { parseJson } from '../contract/json.ts'
import type { CouponKey } from '../redemption/shop-lock.ts'

/** Length of the chain key: every till of a chain has the same one, in its keychain; no server has it. */
export const chainKeyBytes = 32

const nonceBytes = 12
const tagBytes = 16
const hashBytes = 16
const algorithm = 'aes-256-gcm'
const tag = { authTagLength: tagBytes }

/** Hides from the shop's server, and from whoever takes it, which coupons its messages are about. */
export interface ChainSealing {
  /** 32 hexadecimal digits for a coupon, the same at every till of the chain. */
  coupon(key: CouponKey): string
  /** 32 hexadecimal digits for a request number. */
  number(useRequestNo: string): string
  /** Encrypts JSON. Only `open` with the same subject decrypts it, so that no message passes for another. */
  seal(subject: string, value: unknown): Uint8Array
  /** Returns what was sealed, unchecked; `null` where it was sealed under another key or subject, or was changed. */
  open(subject: string, sealed: Uint8Array): unknown
}

export function createChainSealing(chainKey: Uint8Array): ChainSealing {
  if (chainKey.length !== chainKeyBytes)
    throw new RangeError(`a chain key must have ${chainKeyBytes} bytes`)
  const sealKey = derive(chainKey, 'seal')
  const couponKey = derive(chainKey, 'coupon')
  const numberKey = derive(chainKey, 'number')
  return {
    coupon: (key) => keyedHash(couponKey, couponText(key)),
    number: (useRequestNo) => keyedHash(numberKey, useRequestNo),
    seal: (subject, value) => sealBytes(sealKey, subject, Buffer.from(JSON.stringify(value))),
    open(subject, sealed) {
      const plain = openBytes(sealKey, subject, sealed)
      return plain && parseJson(plain.toString('utf8'))
    },
  }
}

/** AES-256-GCM, bound to the subject. */
export function sealBytes(key: KeyObject, subject: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce, tag)
  cipher.setAAD(Buffer.from(subject))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** `null` where it was sealed under another key or subject, or was changed. */
export function openBytes(key: KeyObject, subject: string, sealed: Uint8Array): Buffer | null {
  const bytes = Buffer.from(sealed)
  if (bytes.length < nonceBytes + tagBytes) return null
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), tag)
  decipher.setAAD(Buffer.from(subject))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    const body = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
    return Buffer.concat([body, decipher.final()])
  } catch {
    // The tag does not fit.
    return null
  }
}

/** What a coupon's hash is of. A line feed separates code and batch, because no code contains one. */
export function couponText({ couponCode, stockId }: CouponKey): string {
  return stockId === null ? couponCode : `${couponCode}\n${stockId}`
}

/** 32 hexadecimal digits. */
export function keyedHash(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest().subarray(0, hashBytes).toString('hex')
}

/** Derives the key of one purpose. */
export function derive(key: Uint8Array, purpose: string): KeyObject {
  const info = `hexiao-till chain ${purpose} 1`
  const bytes = hkdfSync('sha256', key, new Uint8Array(0), info, chainKeyBytes)
  return createSecretKey(Buffer.from(bytes))
}
