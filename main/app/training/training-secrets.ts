import { createKeytarSecretStore } from '../../keychain/keytar-secret-store.ts'
import { createMemorySecretStore } from '../../keychain/memory-secret-store.ts'
import type { SecretFault, SecretStore } from '../../keychain/secret-store.ts'

/** One for the whole run, so that a till which is opened anew finds the keys that its records were sealed with. */
const memory = createMemorySecretStore()

/**
 * Returns the keychain, or memory on a desktop without one, after telling `onFallback`. For practice keys alone, which
 * protect nothing: live keys are never kept in memory.
 */
export async function openTrainingSecrets(
  onFallback: (error: SecretFault) => void,
): Promise<SecretStore> {
  const keychain = createKeytarSecretStore({
    service: 'Hexiao Till (training)',
    load: async () => (await import('keytar')).default,
  })
  const probed = await keychain.probe()
  if (probed.ok) return keychain
  onFallback(probed.error)
  return memory
}
