import { z } from 'zod'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({ sealed: z.instanceof(Uint8Array) }).optional()

/**
 * One value of the till, sealed: limits of what is honoured without an answer, and what was learnt of WeChat Pay, are
 * not to be edited in the file.
 */
export class SettingTable<T> {
  readonly #sealing: Sealing
  readonly #name: string
  readonly #select
  readonly #save

  constructor(database: Database, sealing: Sealing, name: string) {
    this.#sealing = sealing
    this.#name = name
    this.#select = database.prepare('SELECT sealed FROM setting WHERE name = ?')
    this.#save = database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)')
  }

  /** What does not open under this key counts as never set: a shop then begins with the careful defaults. */
  read(): unknown {
    const row = Row.parse(this.#select.get(this.#name))
    if (!row) return null
    try {
      return JSON.parse(this.#sealing.open(this.#identity, row.sealed).toString())
    } catch {
      return null
    }
  }

  write(value: T): void {
    this.#save.run(
      this.#name,
      this.#sealing.seal(this.#identity, Buffer.from(JSON.stringify(value))),
    )
  }

  get #identity(): string {
    return `setting ${this.#name}`
  }
}
