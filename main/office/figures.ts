import type { OfficeDatabase } from './office-database.ts'
import type { Figures } from './fold.ts'

/** The columns of figures in the file, with their names in the program. */
export const figureColumns = [
  ['redeemed', 'redeemed'],
  ['refused', 'refused'],
  ['discount_fen', 'discountFen'],
  ['open', 'open'],
  ['open_fen', 'openFen'],
  ['losses', 'losses'],
  ['loss_fen', 'lossFen'],
  ['returned', 'returned'],
] as const satisfies readonly (readonly [string, keyof Figures])[]

/** In `figures_by_shop`: all shops together. */
export const wholeChain = 0
/** In `figures_by_hour`: all hours of the day together. */
export const wholeDay = 24

export interface Bucket {
  readonly shop: number
  readonly day: number
  readonly hour: number
  readonly stock: string
}

interface Change extends Bucket {
  readonly by: number[]
}

/** Gathers what changes in the figures, so that each row is written once for many records. */
export class FigureChanges {
  readonly #changes = new Map<string, Change>()
  readonly #byShop
  readonly #byHour

  constructor(database: OfficeDatabase) {
    const columns = figureColumns.map(([column]) => column)
    const upsert = (table: string): string => `
      INSERT INTO ${table} (shop, day, hour, stock, ${columns.join()}) VALUES (?, ?, ?, ?${', ?'.repeat(columns.length)})
      ON CONFLICT DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join()}`
    this.#byShop = database.prepare(upsert('figures_by_shop'))
    this.#byHour = database.prepare(upsert('figures_by_hour'))
  }

  /** Replaces what one redemption counts for. */
  change({ shop, day, hour, stock }: Bucket, before: Figures | null, after: Figures): void {
    const key = `${shop} ${day} ${hour} ${stock}`
    let known = this.#changes.get(key)
    if (known === undefined) {
      known = { shop, day, hour, stock, by: figureColumns.map(() => 0) }
      this.#changes.set(key, known)
    }
    for (const [index, [, name]] of figureColumns.entries())
      known.by[index] = (known.by[index] ?? 0) + after[name] - (before?.[name] ?? 0)
  }

  /** Writes what was gathered, in the transaction of the caller. */
  flush(): void {
    const gathered = [...this.#changes.values()]
    this.#changes.clear()
    for (const { shop, day, hour, stock, by } of gathered) {
      if (by.every((each) => each === 0)) continue
      this.#byShop.run(shop, day, hour, stock, ...by)
      this.#byShop.run(wholeChain, day, hour, stock, ...by)
      this.#byHour.run(shop, day, hour, stock, ...by)
      this.#byHour.run(shop, day, wholeDay, stock, ...by)
    }
  }

  /** Forgets what was gathered in a transaction that was rolled back. */
  drop(): void {
    this.#changes.clear()
  }
}
