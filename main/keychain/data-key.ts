import { randomBytes } from 'node:crypto'
import { ok, type Result } from '../contract/result.ts'
import type { SecretError, SecretStore } from './secret-store.ts'

const bytes = 32

/** The key that seals the till's database: read from the keychain, made there when it was never set. */
export async function readOrCreateDataKey(
  secrets: SecretStore,
): Promise<Result<Uint8Array, SecretError>> {
  const kept = await secrets.read('data-key')
  if (!kept.ok) return kept
  if (kept.value !== null) return ok(Buffer.from(kept.value, 'base64'))
  const fresh = randomBytes(bytes)
  const written = await secrets.write('data-key', fresh.toString('base64'))
  return written.ok ? ok(fresh) : written
}
