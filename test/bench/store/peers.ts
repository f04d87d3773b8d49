import Database from 'better-sqlite3'
import path from 'node:path'
import { buildDBClient, SqliteQueue } from 'liteque'
import { better, defineQueue, defineWorker, type Queue } from 'plainjob'

const silent = { error() {}, warn() {}, info() {}, debug() {} }
const jobType = 'use'

export interface Job {
  readonly code: string
  readonly useRequestNo: string
  readonly body: string
}

/** The floor under everything: one row, one commit, the same durability. */
export function openBare(folder: string): { record(body: Uint8Array): void; close(): void } {
  const database = new Database(path.join(folder, 'bare.db'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('CREATE TABLE job (id INTEGER PRIMARY KEY, body BLOB NOT NULL)')
  const insert = database.prepare('INSERT INTO job (body) VALUES (?)')
  return { record: (body) => void insert.run(body), close: () => database.close() }
}

export function openPlainjob(folder: string): {
  add(job: Job): void
  /** Until every job is done. */
  drain(): Promise<void>
  close(): void
} {
  const database = new Database(path.join(folder, 'plainjob.db'))
  const queue: Queue = defineQueue({ connection: better(database), logger: silent })
  // It sets NORMAL, which may lose a commit in a power cut.
  requireFull(database)
  let waiting = 0
  return {
    add(job) {
      queue.add(jobType, job)
      waiting += 1
    },
    async drain() {
      const { promise, resolve } = Promise.withResolvers<void>()
      const worker = defineWorker(jobType, () => Promise.resolve(), {
        queue,
        logger: silent,
        pollIntervall: 1,
        onCompleted() {
          waiting -= 1
          if (waiting === 0) resolve()
        },
      })
      const running = worker.start()
      await promise
      await worker.stop()
      await running
    },
    close: () => queue.close(),
  }
}

export function openLiteque(folder: string): { add(job: Job): Promise<void>; close(): void } {
  const client = buildDBClient(path.join(folder, 'liteque.db'), { runMigrations: true })
  // Its database is inside its query builder's session, which the types do not show.
  const session: unknown = Reflect.get(client, 'session')
  const database: unknown =
    typeof session === 'object' && session !== null ? Reflect.get(session, 'client') : undefined
  if (!(database instanceof Database)) throw new Error('liteque keeps its database elsewhere now')
  requireFull(database)
  const queue = new SqliteQueue<Job>(jobType, client, {
    defaultJobArgs: { numRetries: 3 },
    keepFailedJobs: true,
  })
  return {
    add: async (job) => void (await queue.enqueue(job)),
    close: () => database.close(),
  }
}

function requireFull(database: Database.Database): void {
  database.pragma('synchronous = FULL')
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('not FULL')
}
