import { ok } from '../contract/result.ts'
import type { SecretName, SecretStore } from './secret-store.ts'

/** Secrets in memory, gone when the process ends: for practice keys on a desktop without a keychain. Never fails. */
export function createMemorySecretStore(): SecretStore {
  const secrets = new Map<SecretName, string>()
  return {
    kind: 'memory',
    probe: () => Promise.resolve(ok(null)),
    read: (name) => Promise.resolve(ok(secrets.get(name) ?? null)),
    write: (name, value) => {
      secrets.set(name, value)
      return Promise.resolve(ok(null))
    },
    remove: (name) => {
      secrets.delete(name)
      return Promise.resolve(ok(null))
    },
  }
}
