import { err } from '../../main/contract/result.ts'
import { maxSecretBytes } from '../../main/keychain/keytar-secret-store.ts'
import { createMemorySecretStore } from '../../main/keychain/memory-secret-store.ts'
import type { SecretFault, SecretName, SecretStore } from '../../main/keychain/secret-store.ts'

export interface LimitedKeychain extends SecretStore {
  remove: SecretStore['remove']
  /** From now on every operation fails with this fault; `null`: operations succeed again. */
  fail(error: SecretFault | null): void
  readonly sizes: Map<SecretName, number>
}

/** Creates a keychain with Windows' size limit, whose faults a test can switch on. */
export function createLimitedKeychain(): LimitedKeychain {
  const inner = createMemorySecretStore()
  const sizes = new Map<SecretName, number>()
  let fault: SecretFault | null = null
  const unless = <T>(work: () => Promise<T>) =>
    fault === null ? work() : Promise.resolve(err(fault))
  return {
    kind: 'keychain',
    sizes,
    fail: (error) => {
      fault = error
    },
    probe: () => unless(() => inner.probe()),
    read: (name) => unless(() => inner.read(name)),
    remove: (name) => unless(() => inner.remove(name)),
    write: async (name, value) => {
      const bytes = Buffer.byteLength(value)
      if (bytes > maxSecretBytes) return err({ code: 'too-large', detail: `${bytes}` })
      sizes.set(name, bytes)
      return unless(() => inner.write(name, value))
    },
  }
}
