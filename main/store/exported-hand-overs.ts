import { z } from 'zod'
import type { ExportedHandOver } from '../redemption/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'
import { storeFaultOf } from './store-fault.ts'

const Sealed = z.object({ at: z.number(), sealed: z.instanceof(Uint8Array) })
const Exports = z.array(z.object({ id: z.number(), at: z.number(), count: z.number() }))
const Unsealed = z.array(Sealed.extend({ id: z.number() }))

/**
 * What this till handed over, kept so that a file that was lost can be written again. It is a hand-over file, and
 * encrypted once more under the data key: its password is a person's, and can be guessed.
 */
export class ExportedHandOvers {
  readonly #sealing: Sealing
  readonly #insert
  readonly #list
  readonly #select

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#insert = database.prepare('INSERT INTO hand_over (at, count, sealed) VALUES (?, ?, ?)')
    // Ordered by id and not by time, because a clock may have been set back.
    this.#list = database.prepare('SELECT id, at, count FROM hand_over ORDER BY id DESC')
    this.#select = database.prepare('SELECT at, sealed FROM hand_over WHERE id = ?')
    this.#sealEarlier(database)
  }

  add(at: number, count: number, file: Uint8Array): void {
    this.#insert.run(at, count, this.#sealing.seal(identity(at), file))
  }

  list(): ExportedHandOver[] {
    return Exports.parse(this.#list.all())
  }

  /** Returns the file; `null` when there is none, or something other than the till changed it. */
  find(id: number): Uint8Array | null {
    const row = Sealed.optional().parse(this.#select.get(id))
    if (row === undefined) return null
    try {
      return new Uint8Array(this.#sealing.open(identity(row.at), row.sealed))
    } catch {
      return null
    }
  }

  /** Earlier versions kept the files as they are. Their bytes are overwritten, also in the write-ahead log. */
  #sealEarlier(database: Database): void {
    const earlier = Unsealed.parse(
      database
        .prepare(
          "SELECT id, at, sealed FROM hand_over WHERE substr(sealed, 1, 6) = CAST('HXTILL' AS BLOB)",
        )
        .all(),
    )
    if (earlier.length === 0) return
    const update = database.prepare('UPDATE hand_over SET sealed = ? WHERE id = ?')
    database.pragma('secure_delete = ON')
    try {
      database.transaction(() => {
        for (const { id, at, sealed } of earlier)
          update.run(this.#sealing.seal(identity(at), sealed), id)
      })()
      database.pragma('wal_checkpoint(TRUNCATE)')
    } catch (error) {
      // A till whose disk is full opens all the same, and seals them another time.
      if (storeFaultOf(error) === null) throw error
    } finally {
      database.pragma('secure_delete = OFF')
    }
  }
}

function identity(at: number): string {
  return `hand-over ${at}`
}
