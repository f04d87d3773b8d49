import { randomBytes } from 'node:crypto'
import { ok, type Result } from '../contract/result.ts'
import type { SecretFault, SecretStore } from './secret-store.ts'

const keyBytes = 32

/**
 * Returns the 32-byte key that encrypts coupon codes and request bodies in the database. Creates and stores one when the
 * keychain has none; fails when the keychain does.
 */
export async function readOrCreateDataKey(
  secrets: SecretStore,
): Promise<Result<Uint8Array, SecretFault>> {
  const kept = await secrets.read('data-key')
  if (!kept.ok) return kept
  if (kept.value !== null) return ok(Buffer.from(kept.value, 'base64'))
  const fresh = randomBytes(keyBytes)
  const written = await secrets.write('data-key', fresh.toString('base64'))
  return written.ok ? ok(fresh) : written
}
