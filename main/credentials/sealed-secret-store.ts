import { randomBytes } from 'node:crypto'
import { renameSync } from 'node:fs'
import path from 'node:path'
import { err, ok, type Result } from '../contract/result.ts'
import { maxSecretBytes } from '../keychain/keytar-secret-store.ts'
import type { SecretFault, SecretName, SecretStore } from '../keychain/secret-store.ts'
import { readFileIfThere, writePrivateFile } from './private-file.ts'
import { fileKeyLength, seal, type SealedSecrets, unseal } from './sealed-file.ts'

/** Stored in the keychain in place of a secret that is in the file. */
const inFileMarker = 'sealed:1'

/**
 * A secret store without the keychain's size limit. Secrets over 2560 bytes (a 4096-bit merchant key) are encrypted into
 * `secrets.bin` with a random key that is in the keychain, so that the file alone is of no use. All others are in the
 * keychain itself.
 */
export function createSealedSecretStore(keychain: SecretStore, folder: string): SecretStore {
  const file = path.join(folder, 'secrets.bin')

  /** The secrets in the file, none before it is first written, and its key. */
  async function openFile(): Promise<Result<{ secrets: SealedSecrets; key: Buffer }, SecretFault>> {
    const stored = await keychain.read('secrets-file-key')
    if (!stored.ok) return stored
    const sealed = readFileIfThere(file)
    if (stored.value === null) {
      if (sealed !== null) return err(damaged('the key of the file is not in the keychain'))
      return ok({ secrets: {}, key: randomBytes(fileKeyLength) })
    }
    const key = Buffer.from(stored.value, 'base64')
    if (sealed === null) return ok({ secrets: {}, key })
    const secrets = unseal(sealed, key)
    return secrets === null ? err(damaged('the file cannot be decrypted')) : ok({ secrets, key })
  }

  /** A damaged file is renamed to `.bad` and replaced, so that it does not keep new secrets from being stored. */
  async function openOrReplaceFile(): ReturnType<typeof openFile> {
    const opened = await openFile()
    if (opened.ok || opened.error.code !== 'damaged') return opened
    // A locked keychain may return no key for an intact file, so it must pass its probe first.
    const probed = await keychain.probe()
    if (!probed.ok) return probed
    renameSync(file, `${file}.bad`)
    return ok({ secrets: {}, key: randomBytes(fileKeyLength) })
  }

  async function rewriteFile(
    edit: (secrets: SealedSecrets) => SealedSecrets,
  ): Promise<Result<null, SecretFault>> {
    const opened = await openOrReplaceFile()
    if (!opened.ok) return opened
    const { key, secrets } = opened.value
    // The key before the file, so that the file on the disk can always be decrypted.
    const written = await keychain.write('secrets-file-key', key.toString('base64'))
    if (!written.ok) return written
    writePrivateFile(file, seal(edit(secrets), key))
    return ok(null)
  }

  /** Removes the secret from the file, if it is in there. */
  async function removeFromFile(name: SecretName): Promise<Result<null, SecretFault>> {
    const there = await keychain.read(name)
    if (!there.ok) return there
    if (there.value !== inFileMarker) return ok(null)
    return rewriteFile((secrets) => ({ ...secrets, [name]: undefined }))
  }

  return {
    kind: keychain.kind,
    probe: () => keychain.probe(),
    async read(name) {
      const there = await keychain.read(name)
      if (!there.ok || there.value !== inFileMarker) return there
      const opened = await openFile()
      if (!opened.ok) return opened
      const value = opened.value.secrets[name]
      return value === undefined ? err(damaged(`${name} is not in the file`)) : ok(value)
    },
    async write(name, value) {
      if (Buffer.byteLength(value) <= maxSecretBytes) {
        const removed = await removeFromFile(name)
        return removed.ok ? keychain.write(name, value) : removed
      }
      const sealed = await rewriteFile((secrets) => ({ ...secrets, [name]: value }))
      return sealed.ok ? keychain.write(name, inFileMarker) : sealed
    },
    async remove(name) {
      const removed = await removeFromFile(name)
      return removed.ok ? keychain.remove(name) : removed
    },
  }
}

function damaged(what: string): SecretFault {
  return { code: 'damaged', detail: `secrets.bin: ${what}` }
}
