// The program of the head office's thread with a chain that is made up, for tests of its window (office-app.ts).
import { parentPort, workerData } from 'node:worker_threads'
import { OfficeOptions } from '../../main/engine/office-calls.ts'
import { serveOfficeThread } from '../../main/engine/serve-office-thread.ts'
import { seededOffice } from './seeded-office.ts'

if (parentPort === null) throw new Error('this is the program of a thread')
serveOfficeThread({
  userData: OfficeOptions.parse(workerData).userData,
  port: parentPort,
  openReader: async ({ folder }) => seededOffice(folder),
})
