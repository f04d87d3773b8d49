import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** Length of the data key, which the caller keeps in the keychain. */
export const dataKeyBytes = 32

const nonceBytes = 12
const tagBytes = 16
/** 128 bits are enough to tell the codes of a shop apart, and halve the index. */
const fingerprintBytes = 16
const macBytes = 16
/** How many ciphers or HMACs are made at once: right after waiting for the disk, making a single one is slow. */
const madeAtOnce = 64
const algorithm = 'aes-256-gcm'
/** Without it Node accepts a tag of 4 bytes too, which can be guessed. */
const tag = { authTagLength: tagBytes }

/**
 * Encrypts ("seals") what a thief of the profile folder must not read. Four keys are derived from the data key with
 * HKDF-SHA-256: one encrypts, one computes the fingerprints of codes, one authenticates the audit chain, and one the rows.
 */
export interface Sealing {
  /** Identifies the key without revealing it, so that rows of another key are recognised without decrypting them. */
  readonly keyId: string
  /** Returns nonce (12 bytes), ciphertext and tag (16 bytes). Only `open` with the same identity decrypts them. */
  seal(identity: string, plain: Uint8Array): Buffer
  /** Decrypts. Throws when the bytes were sealed under another key or identity, or were changed. */
  open(identity: string, sealed: Uint8Array): Buffer
  /** Returns 16 bytes by which a code is found again. They differ under every key. */
  fingerprint(code: string): Buffer
  /** Returns 16 bytes that nobody without the key can compute for this content. */
  mac(content: string): Buffer
  /** Returns the digest (32 bytes) of an audit row that follows the link `previous`. */
  link(previous: Uint8Array, row: string): Buffer
}

export function createSealing(dataKey: Uint8Array): Sealing {
  if (dataKey.length !== dataKeyBytes)
    throw new RangeError(`a data key must have ${dataKeyBytes} bytes`)
  const sealKey = derive(dataKey, 'seal')
  const recallKey = derive(dataKey, 'recall')
  const chainKey = derive(dataKey, 'chain')
  const rowKey = derive(dataKey, 'row')
  const nextCipher = makeAhead(() => {
    const nonce = randomBytes(nonceBytes)
    return { nonce, cipher: createCipheriv(algorithm, sealKey, nonce, tag) }
  })
  const nextRecallHmac = makeAhead(() => createHmac('sha256', recallKey))
  const nextChainHmac = makeAhead(() => createHmac('sha256', chainKey))
  const nextRowHmac = makeAhead(() => createHmac('sha256', rowKey))
  let lastFingerprint = { code: '', bytes: Buffer.alloc(0) }
  return {
    keyId: createHmac('sha256', chainKey).update('key id').digest('hex').slice(0, 16),
    seal(identity, plain) {
      const { nonce, cipher } = nextCipher()
      cipher.setAAD(Buffer.from(identity))
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(identity, sealed) {
      const bytes = Buffer.from(sealed)
      const nonce = bytes.subarray(0, nonceBytes)
      const decipher = createDecipheriv(algorithm, sealKey, nonce, tag)
      decipher.setAAD(Buffer.from(identity))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      return Buffer.concat([
        decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
        decipher.final(),
      ])
    },
    fingerprint(code) {
      // A scan needs the fingerprint of its code twice: to look it up and to record it.
      if (code !== lastFingerprint.code) {
        const bytes = nextRecallHmac().update(code).digest().subarray(0, fingerprintBytes)
        lastFingerprint = { code, bytes }
      }
      return lastFingerprint.bytes
    },
    mac: (content) => nextRowHmac().update(content).digest().subarray(0, macBytes),
    link: (previous, row) => nextChainHmac().update(previous).update(row).digest(),
  }
}

/** Returns a function like `make` that makes several at once and returns each of them once. */
function makeAhead<T>(make: () => T): () => T {
  const ready: T[] = []
  return () => {
    const next = ready.pop()
    if (next !== undefined) return next
    for (let count = 1; count < madeAtOnce; count += 1) ready.push(make())
    return make()
  }
}

/** Returns a key object, because plain bytes would be converted to one at each use. */
function derive(dataKey: Uint8Array, purpose: string): KeyObject {
  const info = `hexiao-till ${purpose} 1`
  const bytes = hkdfSync('sha256', dataKey, new Uint8Array(0), info, dataKeyBytes)
  return createSecretKey(Buffer.from(bytes))
}
