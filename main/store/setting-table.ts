import { z } from 'zod'
import type { ShopSettings } from '../contract/shop-settings.ts'
import type { SettingsStore } from '../shop/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({ sealed: z.instanceof(Uint8Array) }).optional()
const name = 'shop'

/** The shop's settings, sealed: limits of what is honoured without an answer are not to be edited in the file. */
export class SettingTable implements SettingsStore {
  readonly #sealing: Sealing
  readonly #select
  readonly #save

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#select = database.prepare('SELECT sealed FROM setting WHERE name = ?')
    this.#save = database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)')
  }

  /** What does not open under this key counts as never set: a shop then begins with the careful defaults. */
  read(): unknown {
    const row = Row.parse(this.#select.get(name))
    if (!row) return undefined
    try {
      return JSON.parse(this.#sealing.open(identity, row.sealed).toString())
    } catch {
      return undefined
    }
  }

  write(settings: ShopSettings): void {
    this.#save.run(name, this.#sealing.seal(identity, Buffer.from(JSON.stringify(settings))))
  }
}

const identity = `setting ${name}`
