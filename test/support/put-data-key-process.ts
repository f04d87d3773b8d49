// Stores the tests' data key where a training till looks for its own, so that it can open a file that a bench has
// filled.
import { createKeytarSecretStore } from '../../main/keychain/keytar-secret-store.ts'
import { testDataKey } from './test-data-key.ts'

const secrets = createKeytarSecretStore({
  service: 'Hexiao Till (training)',
  load: async () => (await import('keytar')).default,
})
const written = await secrets.write('data-key', Buffer.from(testDataKey).toString('base64'))
if (!written.ok) throw new Error(written.error.code)
