import { z } from 'zod'
import type { StockChoices } from '../redemption/ports.ts'
import type { Database } from './database.ts'

const Row = z.object({ stock_id: z.string() }).optional()

/** The batch that was chosen last where a merchant's own code fits several batches. */
export class StockChoiceTable implements StockChoices {
  readonly #select
  readonly #upsert

  constructor(database: Database) {
    this.#select = database.prepare('SELECT stock_id FROM stock_choice WHERE among = ?')
    this.#upsert = database.prepare('INSERT OR REPLACE INTO stock_choice VALUES (?, ?)')
  }

  find(among: readonly string[]): string | null {
    return Row.parse(this.#select.get(keyOf(among)))?.stock_id ?? null
  }

  save(among: readonly string[], stockId: string): void {
    this.#upsert.run(keyOf(among), stockId)
  }
}

function keyOf(among: readonly string[]): string {
  return among.toSorted().join(' ')
}
