import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'

/** Bytes of the data key, which the caller keeps in the keychain. */
export const dataKeyBytes = 32

const nonceBytes = 12
const tagBytes = 16
/** 128 bits keep the codes of any shop apart, in half the index. */
const fingerprintBytes = 16
const noncesAtOnce = 64
const algorithm = 'aes-256-gcm'

/**
 * Seals what a stolen profile folder must not tell. Three keys are derived from the data key (HKDF-SHA-256): one seals,
 * one fingerprints codes for recall, one authenticates the audit chain.
 */
export interface Sealing {
  /** Names the key without telling it: a row sealed under another key is known as such before it is opened. */
  readonly keyId: string
  /** nonce (12 bytes), ciphertext, tag (16 bytes); bound to its row and column. */
  seal(identity: string, plain: Uint8Array): Buffer
  /** Throws on a seal that was made under another key, for another place, or was changed. */
  open(identity: string, sealed: Uint8Array): Buffer
  /** The same code gives the same fingerprint under this key alone. */
  fingerprint(code: string): Buffer
  /** The link of the audit chain that follows `previous`. */
  link(previous: Uint8Array, row: string): Buffer
}

export function createSealing(dataKey: Uint8Array): Sealing {
  if (dataKey.length !== dataKeyBytes) throw new RangeError(`a data key has ${dataKeyBytes} bytes`)
  const sealKey = derive(dataKey, 'seal')
  const recallKey = derive(dataKey, 'recall')
  const chainKey = derive(dataKey, 'chain')
  const nextNonce = createNonces()
  return {
    keyId: createHmac('sha256', chainKey).update('key id').digest('hex').slice(0, 16),
    seal(identity, plain) {
      const nonce = nextNonce()
      const cipher = createCipheriv(algorithm, sealKey, nonce)
      cipher.setAAD(Buffer.from(identity))
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(identity, sealed) {
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv(algorithm, sealKey, bytes.subarray(0, nonceBytes))
      decipher.setAAD(Buffer.from(identity))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      return Buffer.concat([
        decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
        decipher.final(),
      ])
    },
    fingerprint: (code) =>
      createHmac('sha256', recallKey).update(code).digest().subarray(0, fingerprintBytes),
    link: (previous, row) => createHmac('sha256', chainKey).update(previous).update(row).digest(),
  }
}

/** Each used once. Drawn many at a time: to ask the system for twelve bytes costs more than to seal a body. */
function createNonces(): () => Uint8Array {
  const pool = Buffer.alloc(noncesAtOnce * nonceBytes)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += nonceBytes
    return pool.subarray(used - nonceBytes, used)
  }
}

/** As a key object: bytes would be read in as a key anew at each use. */
function derive(dataKey: Uint8Array, purpose: string): KeyObject {
  const info = `hexiao-till ${purpose} 1`
  const bytes = hkdfSync('sha256', dataKey, new Uint8Array(0), info, dataKeyBytes)
  return createSecretKey(Buffer.from(bytes))
}
