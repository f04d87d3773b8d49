import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** Bytes of the data key, which the caller keeps in the keychain. */
export const dataKeyBytes = 32

const nonceBytes = 12
const tagBytes = 16
/** 128 bits keep the codes of any shop apart, in half the index. */
const fingerprintBytes = 16
/** Made together: right after a wait for the disk, to make a single one costs three times as much as to use it. */
const madeAtOnce = 64
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
  const nextCipher = madeAhead(() => {
    const nonce = randomBytes(nonceBytes)
    return { nonce, cipher: createCipheriv(algorithm, sealKey, nonce) }
  })
  const nextRecallHmac = madeAhead(() => createHmac('sha256', recallKey))
  const nextChainHmac = madeAhead(() => createHmac('sha256', chainKey))
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
      const decipher = createDecipheriv(algorithm, sealKey, bytes.subarray(0, nonceBytes))
      decipher.setAAD(Buffer.from(identity))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      return Buffer.concat([
        decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
        decipher.final(),
      ])
    },
    fingerprint(code) {
      // A scan is looked up and then recorded: the same code twice.
      if (code !== lastFingerprint.code) {
        const bytes = nextRecallHmac().update(code).digest().subarray(0, fingerprintBytes)
        lastFingerprint = { code, bytes }
      }
      return lastFingerprint.bytes
    },
    link: (previous, row) => nextChainHmac().update(previous).update(row).digest(),
  }
}

/** Each handed out once. */
function madeAhead<T>(make: () => T): () => T {
  const ready: T[] = []
  return () => {
    const next = ready.pop()
    if (next !== undefined) return next
    for (let count = 1; count < madeAtOnce; count += 1) ready.push(make())
    return make()
  }
}

/** As a key object: bytes would be read in as a key anew at each use. */
function derive(dataKey: Uint8Array, purpose: string): KeyObject {
  const info = `hexiao-till ${purpose} 1`
  const bytes = hkdfSync('sha256', dataKey, new Uint8Array(0), info, dataKeyBytes)
  return createSecretKey(Buffer.from(bytes))
}
