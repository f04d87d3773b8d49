import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { ok } from '../contract/result.ts'
import type { Signer } from './credentials.ts'

/**
 * A signer whose merchant key is on this machine. The PEM is parsed once: parsing costs about as much as signing.
 * Throws when `privateKeyPem` is no RSA private key.
 */
export function createLocalSigner(privateKeyPem: string): Signer {
  const key = createPrivateKey(privateKeyPem)
  if (key.asymmetricKeyType !== 'rsa') {
    throw new TypeError(`a merchant key is an RSA key, not ${key.asymmetricKeyType}`)
  }
  return { sign: async (message) => ok(signature(message, key)) }
}

function signature(message: Uint8Array, key: KeyObject): string {
  return sign('sha256', message, key).toString('base64')
}
