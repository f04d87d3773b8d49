import { createKeytarSecretStore } from '../../keychain/keytar-secret-store.ts'
import { createMemorySecretStore } from '../../keychain/memory-secret-store.ts'
import type { SecretFault, SecretStore } from '../../keychain/secret-store.ts'

/**
 * The keychain, or memory where this desktop has none: practice keys protect nothing, and a newcomer without a keychain
 * must be able to train. Live mode has no such way out.
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
  return createMemorySecretStore()
}
