import { nkeys } from '@nats-io/transport-node'

/** A till's own key pair for the shop's server, in NATS' form. */
export interface TillKey {
  /** Public: the name under which the server lets this till in. */
  readonly key: string
  /** Secret, for the keychain. */
  readonly seed: string
}

export function createTillKey(): TillKey {
  const pair = nkeys.createUser()
  return { key: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) }
}

/** Returns the public key of a seed. Throws on what is no seed. */
export function keyOf(seed: string): string {
  return nkeys.fromSeed(new TextEncoder().encode(seed)).getPublicKey()
}
