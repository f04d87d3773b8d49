import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { err, ok } from '../contract/result.ts'
import type { Signer } from './credentials.ts'

/**
 * A signer with the merchant key in memory. A PEM is parsed here, once, because parsing costs about as much as signing.
 * Throws when `privateKey` is not an RSA private key.
 */
export function createLocalSigner(privateKey: string | KeyObject): Signer {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey
  if (key.type !== 'private' || key.asymmetricKeyType !== 'rsa') {
    throw new TypeError(`a merchant key is an RSA key, not ${key.asymmetricKeyType}`)
  }
  return {
    async sign(message) {
      try {
        return ok(sign('sha256', message, key).toString('base64'))
      } catch {
        // A key too short for the digest, say. OpenSSL's message would not help anybody.
        return err({ code: 'signing-failed' })
      }
    },
  }
}
