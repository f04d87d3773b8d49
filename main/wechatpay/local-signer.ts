import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { err, ok } from '../contract/result.ts'
import type { Signer } from './credentials.ts'

/**
 * A signer whose merchant key is on this machine. A PEM is parsed once: parsing costs about as much as signing.
 * Throws when `privateKey` is no RSA private key.
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
        // A key too short for the digest; OpenSSL's message is of no use to anybody here.
        return err('signing-failed')
      }
    },
  }
}
