// The program of the head office's thread (start-office-thread.ts).
import { parentPort, workerData } from 'node:worker_threads'
import { noReader } from '../app/office/no-reader.ts'
import { OfficeOptions } from './office-calls.ts'
import { serveOfficeThread } from './serve-office-thread.ts'

if (parentPort === null) throw new Error('this is the program of a thread')

serveOfficeThread({
  userData: OfficeOptions.parse(workerData).userData,
  port: parentPort,
  openReader: async () => noReader(Date.now()),
})
