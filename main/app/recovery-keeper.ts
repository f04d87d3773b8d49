import { err, ok, type Result } from '../contract/result.ts'
import type { SecretFault, SecretStore } from '../keychain/secret-store.ts'
import type { RecoveryKeeper } from '../shop/ports.ts'

/** Keeps the hash of the owner's recovery code in the keychain. Fails when the keychain does. */
export async function openRecoveryKeeper(
  secrets: Pick<SecretStore, 'read' | 'write' | 'remove'>,
): Promise<Result<RecoveryKeeper, SecretFault>> {
  const kept = await secrets.read('owner-recovery')
  if (!kept.ok) return kept
  let hash = kept.value
  return ok({
    hash: () => hash,
    async keep(next) {
      const done =
        next === null
          ? await secrets.remove('owner-recovery')
          : await secrets.write('owner-recovery', next)
      if (!done.ok) return err({ code: 'not-kept' })
      hash = next
      return ok(null)
    },
  })
}
