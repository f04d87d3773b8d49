import { createPublicKey, verify } from 'node:crypto'

/** The name of the signature beside a feed: base64 of Ed25519 over the feed's bytes. */
export function signatureOf(feedName: string): string {
  return `${feedName}.sig`
}

/** Some line breaks around 64 bytes in base64. */
export const maxSignatureBytes = 200

/**
 * Whether the maintainers signed this feed. It names the version and the SHA-512 of each file, so that a file which fits
 * it is theirs too, wherever it was fetched from (docs/decisions/0053). Throws on a key that is none.
 */
export function isSignedFeed(feed: string, signature: string, publicKeyPem: string): boolean {
  const key = createPublicKey(publicKeyPem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the update key is no Ed25519 key')
  return verify(null, Buffer.from(feed, 'utf8'), key, Buffer.from(signature.trim(), 'base64'))
}
