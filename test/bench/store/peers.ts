import Database from 'better-sqlite3'
import path from 'node:path'
import { better, defineQueue } from 'plainjob'
import { reserveLog } from '../../../main/store/database.ts'
import { createSealing } from '../../../main/store/sealing.ts'
import { usualLogBytes } from '../../../main/store/store.ts'
import { testDataKey } from '../../support/test-data-key.ts'

const silent = { error() {}, warn() {}, info() {}, debug() {} }
const jobType = 'use'
const unknownId = -1

export interface Job {
  readonly code: string
  readonly useRequestNo: string
  readonly body: string
  readonly recordedAt: number
}

/**
 * Opens the minimum that any store needs: one row, one commit, the same durability, and a log of the same initial
 * length.
 */
export function openBare(folder: string): {
  lookUp: () => void
  record: (body: Uint8Array) => void
  close: () => void
} {
  const file = path.join(folder, 'bare.db')
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  makeEqual(database, file)
  database.exec('CREATE TABLE job (id INTEGER PRIMARY KEY, body BLOB NOT NULL)')
  const insert = database.prepare('INSERT INTO job (body) VALUES (?)')
  const select = database.prepare('SELECT * FROM job WHERE id = ?')
  return {
    lookUp: () => void select.get(unknownId),
    record: (body) => void insert.run(body),
    close: () => database.close(),
  }
}

/**
 * Opens plainjob with what a till requires of a queue: its payload sealed with the same cipher, and an audit row beside
 * the job.
 */
export function openPlainjob(folder: string): {
  lookUp: () => void
  add: (job: Job) => void
  close: () => void
} {
  const file = path.join(folder, 'plainjob.db')
  const database = new Database(file)
  const sealing = createSealing(testDataKey)
  let sealedAs = ''
  const queue = defineQueue({
    connection: better(database),
    logger: silent,
    // As text, which its column and its types require.
    serializer: (job) =>
      sealing.seal(sealedAs, Buffer.from(JSON.stringify(job))).toString('base64'),
  })
  makeEqual(database, file)
  database.exec(`
    CREATE TABLE audit (
      id             INTEGER PRIMARY KEY,
      use_request_no TEXT NOT NULL,
      at             INTEGER NOT NULL,
      event          TEXT NOT NULL,
      evidence       TEXT
    ) STRICT`)
  const insertAudit = database.prepare(
    'INSERT INTO audit (use_request_no, at, event, evidence) VALUES (?, ?, ?, ?)',
  )
  const add = database.transaction((job: Job) => {
    // Bound to its row, as in our store.
    sealedAs = `job ${job.useRequestNo}`
    queue.add(jobType, job)
    insertAudit.run(job.useRequestNo, job.recordedAt, 'recorded', null)
  })
  return {
    lookUp: () => void queue.getJobById(unknownId),
    add: (job) => add(job),
    close: () => queue.close(),
  }
}

/**
 * Makes the conditions equal. plainjob sets NORMAL, which may lose a commit in a power cut; and both would let their
 * logs grow at first, which costs an extra file system operation at each commit. So it gets FULL, and a log at full
 * length beforehand, by the till's own method.
 */
function makeEqual(database: Database.Database, file: string): void {
  database.pragma('synchronous = FULL')
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('not FULL')
  reserveLog(database, file, usualLogBytes)
}
