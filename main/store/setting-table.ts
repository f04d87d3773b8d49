import { z } from 'zod'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({ sealed: z.instanceof(Uint8Array) }).optional()

/**
 * One named value of the till, encrypted, because nobody should change in the file what may be honoured without a
 * reply, or what the till has learnt about WeChat Pay.
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

  /** Returns the value, unchecked; `null` when it was never set or cannot be decrypted, so that the defaults apply. */
  read(): unknown {
    const row = Row.parse(this.#select.get(this.#name))
    if (!row) return null
    try {
      return JSON.parse(this.#sealing.open(this.#identity, row.sealed).toString())
    } catch {
      return null
    }
  }

  /** On disk when it returns. */
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
