// The program of the head office's thread (start-office-thread.ts).
import { parentPort, workerData } from 'node:worker_threads'
import { alertText } from '../app/office/alert-text.ts'
import { createSealedSecretStore } from '../credentials/sealed-secret-store.ts'
import { createKeytarSecretStore } from '../keychain/keytar-secret-store.ts'
import { OfficeOptions } from './office-calls.ts'
import { serveOfficeThread } from './serve-office-thread.ts'

if (parentPort === null) throw new Error('this is the program of a thread')

serveOfficeThread({
  userData: OfficeOptions.parse(workerData).userData,
  port: parentPort,
  async openReader({ folder, language, onFault }) {
    const { openOffice } = await import('../office/open-office.ts')
    const keychain = createKeytarSecretStore({
      // Apart from the secrets of a till that may be on the same computer.
      service: 'Hexiao Till (office)',
      load: async () => (await import('keytar')).default,
    })
    return openOffice({
      folder,
      secrets: createSealedSecretStore(keychain, folder),
      clock: Date.now,
      text: (alert, event) => alertText(alert, event, language()),
      onFault,
    })
  },
})
