// Prints what the live till keeps in the keychain of this session, as JSON: a test looks for it everywhere else.
import { createKeytarSecretStore } from '../../main/keychain/keytar-secret-store.ts'
import type { SecretName } from '../../main/keychain/secret-store.ts'

const names: readonly SecretName[] = [
  'merchant-private-key',
  'merchant-private-key-b',
  'api-v3-key',
  'secrets-file-key',
  'data-key',
]
const secrets = createKeytarSecretStore({
  service: 'Hexiao Till',
  load: async () => (await import('keytar')).default,
})
const kept: Record<string, string> = {}
for (const name of names) {
  const read = await secrets.read(name)
  if (!read.ok) throw new Error(`${name}: ${read.error.code}`)
  if (read.value !== null) kept[name] = read.value
}
process.stdout.write(JSON.stringify(kept))
