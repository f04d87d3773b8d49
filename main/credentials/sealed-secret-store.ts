import { randomBytes } from 'node:crypto'
import { renameSync } from 'node:fs'
import path from 'node:path'
import { err, ok, type Result } from '../contract/result.ts'
import { maxSecretBytes } from '../keychain/keytar-secret-store.ts'
import type { SecretFault, SecretName, SecretStore } from '../keychain/secret-store.ts'
import { readFileIfThere, writePrivateFile } from './private-file.ts'
import { fileKeyLength, seal, type SealedSecrets, unseal } from './sealed-file.ts'

/** Stands in the keychain where the secret itself would be: it is in the sealed file. */
const inFile = 'sealed:1'

/**
 * A keychain without its limit. What is over 2560 bytes (a 4096-bit merchant key) goes to `secrets.bin`, sealed with a
 * random key that is in the keychain: the file without the keychain opens nothing. Everything else stays in the
 * keychain itself.
 */
export function createSealedSecretStore(keychain: SecretStore, folder: string): SecretStore {
  const file = path.join(folder, 'secrets.bin')

  /** What the file holds; empty before it is first written. */
  async function open(): Promise<Result<{ secrets: SealedSecrets; key: Buffer }, SecretFault>> {
    const stored = await keychain.read('secrets-file-key')
    if (!stored.ok) return stored
    const sealed = readFileIfThere(file)
    if (stored.value === null) {
      if (sealed !== null) return err(damaged('its key is not in the keychain'))
      return ok({ secrets: {}, key: randomBytes(fileKeyLength) })
    }
    const key = Buffer.from(stored.value, 'base64')
    if (sealed === null) return ok({ secrets: {}, key })
    const secrets = unseal(sealed, key)
    return secrets === null ? err(damaged('it does not open')) : ok({ secrets, key })
  }

  /** A file that opens no more must not stand in the way of new secrets; it is kept for a person to look at. */
  async function openOrSetAside(): ReturnType<typeof open> {
    const opened = await open()
    if (opened.ok || opened.error.code !== 'damaged') return opened
    // A locked keychain may say "nothing there": only one that works is believed.
    const probed = await keychain.probe()
    if (!probed.ok) return probed
    renameSync(file, `${file}.bad`)
    return ok({ secrets: {}, key: randomBytes(fileKeyLength) })
  }

  async function change(
    edit: (secrets: SealedSecrets) => SealedSecrets,
  ): Promise<Result<null, SecretFault>> {
    const opened = await openOrSetAside()
    if (!opened.ok) return opened
    const { key, secrets } = opened.value
    // The key first: a file that nothing opens must never replace one that opens.
    const kept = await keychain.write('secrets-file-key', key.toString('base64'))
    if (!kept.ok) return kept
    writePrivateFile(file, seal(edit(secrets), key))
    return ok(null)
  }

  async function forget(name: SecretName): Promise<Result<null, SecretFault>> {
    const there = await keychain.read(name)
    if (!there.ok) return there
    if (there.value !== inFile) return ok(null)
    return change((secrets) => ({ ...secrets, [name]: undefined }))
  }

  return {
    kind: keychain.kind,
    probe: () => keychain.probe(),
    async read(name) {
      const there = await keychain.read(name)
      if (!there.ok || there.value !== inFile) return there
      const opened = await open()
      if (!opened.ok) return opened
      const value = opened.value.secrets[name]
      return value === undefined ? err(damaged(`it holds no ${name}`)) : ok(value)
    },
    async write(name, value) {
      if (Buffer.byteLength(value) <= maxSecretBytes) {
        const forgotten = await forget(name)
        return forgotten.ok ? keychain.write(name, value) : forgotten
      }
      const sealed = await change((secrets) => ({ ...secrets, [name]: value }))
      return sealed.ok ? keychain.write(name, inFile) : sealed
    },
    async remove(name) {
      const forgotten = await forget(name)
      return forgotten.ok ? keychain.remove(name) : forgotten
    },
  }
}

function damaged(what: string): SecretFault {
  return { code: 'damaged', detail: `secrets.bin: ${what}` }
}
