import { z } from 'zod'
import { StockView } from '../contract/redemption-view.ts'
import type { StockFacts } from '../redemption/gateway.ts'
import type { Stocks } from '../redemption/ports.ts'
import type { Database } from './database.ts'

const Facts = StockView.extend({
  couponCodeMode: z.string().nullable().default(null),
  availableFrom: z.number().nullable().default(null),
  availableUntil: z.number().nullable().default(null),
  weekHours: z
    .object({
      days: z.array(z.number()),
      spans: z.array(z.object({ from: z.number(), to: z.number() })),
    })
    .nullable()
    .default(null),
})
const RowOf = z.object({ view: z.string(), fetched_at: z.number() })
const Row = RowOf.optional()

/** Batches as WeChat Pay last described them. */
export class StockTable implements Stocks {
  readonly #select
  readonly #all
  readonly #save

  /** `beforeDescribed` is called in the transaction that saves a batch, before it. */
  constructor(database: Database, beforeDescribed: (stock: StockFacts, at: number) => void) {
    this.#select = database.prepare('SELECT view, fetched_at FROM stock WHERE stock_id = ?')
    this.#all = database.prepare('SELECT view, fetched_at FROM stock ORDER BY stock_id')
    const upsert = database.prepare('INSERT OR REPLACE INTO stock VALUES (?, ?, ?)')
    this.#save = database.transaction((stock: StockFacts, at: number) => {
      beforeDescribed(stock, at)
      upsert.run(stock.stockId, JSON.stringify(stock), at)
    })
  }

  find(stockId: string): StockFacts | null {
    const row = Row.parse(this.#select.get(stockId))
    return row === undefined ? null : Facts.parse(JSON.parse(row.view))
  }

  all(): StockFacts[] {
    return z
      .array(RowOf)
      .parse(this.#all.all())
      .map(({ view }) => Facts.parse(JSON.parse(view)))
  }

  fetchedAt(stockId: string): number | null {
    return Row.parse(this.#select.get(stockId))?.fetched_at ?? null
  }

  save(stock: StockFacts, at: number): void {
    this.#save.immediate(stock, at)
  }
}
