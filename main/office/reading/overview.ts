import { z } from 'zod'
import { beijingDay, startOfDay } from '../../contract/beijing-day.ts'
import type { OfficeFilter, OfficeOverview, OfficeScope } from '../../contract/office.ts'
import { figureColumns, wholeChain, wholeDay } from '../figures.ts'
import type { Figures } from '../fold.ts'
import type { OfficeDatabase } from '../office-database.ts'
import type { Names } from './names.ts'

const sums = figureColumns.map(([column, name]) => `total(${column}) AS ${name}`).join()
const zeros: Figures = {
  redeemed: 0,
  refused: 0,
  discountFen: 0,
  open: 0,
  openFen: 0,
  losses: 0,
  lossFen: 0,
  returned: 0,
}
const Counted = z.object({
  redeemed: z.number(),
  refused: z.number(),
  discountFen: z.number(),
  open: z.number(),
  openFen: z.number(),
  losses: z.number(),
  lossFen: z.number(),
  returned: z.number(),
})
const Grouped = z.array(
  Counted.extend({ part: z.union([z.number(), z.string()]) }).transform(({ part, ...figures }) => ({
    part,
    figures,
  })),
)
type Part = 'hour' | 'day' | 'stock' | 'shop'

/** Reads figures from the tables that add them up. A day that the time touches counts whole. */
export class OverviewQuery {
  readonly #database: OfficeDatabase
  readonly #stocks

  constructor(database: OfficeDatabase) {
    this.#database = database
    this.#stocks = database
      .prepare(
        // One step for each batch, whatever the number of rows.
        `WITH RECURSIVE stock (id) AS (
          SELECT min(stock) FROM figures_by_shop WHERE shop = ${wholeChain}
          UNION ALL SELECT (SELECT min(stock) FROM figures_by_shop WHERE shop = ${wholeChain} AND stock > id) FROM stock
          WHERE id IS NOT NULL)
        SELECT id FROM stock WHERE id <> ''`,
      )
      .pluck()
  }

  scope({ shops }: Names): OfficeScope {
    return {
      shops: [...shops.values()].map(({ code, name }) => ({ shopId: code, name })),
      stocks: z
        .array(z.string())
        .parse(this.#stocks.all())
        .map((stockId) => ({ stockId, name: null })),
    }
  }

  overview(filter: OfficeFilter, names: Names): OfficeOverview {
    const [first, last] = daysOf(filter)
    const hours = new Map(
      this.#by('hour', filter, names).map(({ part, figures }) => [part, figures]),
    )
    const days = new Map(this.#by('day', filter, names).map(({ part, figures }) => [part, figures]))
    const stocks = this.#by('stock', filter, names)
    const total = added(stocks.map(({ figures }) => figures))
    return {
      total,
      shops: this.#shops(filter, names, total),
      stocks: stocks
        .map(({ part, figures }) => ({ stockId: String(part), name: null, figures }))
        .toSorted((a, b) => b.figures.redeemed - a.figures.redeemed),
      hours: Array.from({ length: 24 }, (_, hour) => hours.get(hour) ?? zeros),
      days: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
        at: startOfDay(first + index),
        figures: days.get(first + index) ?? zeros,
      })),
    }
  }

  #shops(filter: OfficeFilter, names: Names, total: Figures): OfficeOverview['shops'] {
    const tills = new Map<number, number>()
    for (const { shop } of names.tills.values()) tills.set(shop, (tills.get(shop) ?? 0) + 1)
    const figures = new Map<number | string, Figures>()
    if (filter.shopId === null)
      for (const each of this.#by('shop', filter, names)) figures.set(each.part, each.figures)
    else figures.set(names.shopOf(filter.shopId) ?? -1, total)
    return [...names.shops]
      .filter(([, { code }]) => filter.shopId === null || code === filter.shopId)
      .map(([id, { code, name }]) => ({
        shopId: code,
        name,
        tills: tills.get(id) ?? 0,
        figures: figures.get(id) ?? zeros,
      }))
      .toSorted((a, b) => b.figures.redeemed - a.figures.redeemed)
  }

  #by(part: Part, filter: OfficeFilter, names: Names): z.infer<typeof Grouped> {
    const [first, last] = daysOf(filter)
    const wanted: [string, number | string][] =
      part === 'shop'
        ? [['hour', filter.hour ?? wholeDay]]
        : [['shop', filter.shopId === null ? wholeChain : (names.shopOf(filter.shopId) ?? -1)]]
    if (part !== 'shop' && filter.hour !== null) wanted.push(['hour', filter.hour])
    if (filter.stockId !== null) wanted.push(['stock', filter.stockId])
    const table = part === 'shop' ? 'figures_by_hour' : 'figures_by_shop'
    const where = wanted.map(([column]) => `${column} = ?`).join(' AND ')
    const sql = `SELECT ${part} AS part, ${sums} FROM ${table} WHERE ${where} AND day BETWEEN ? AND ? GROUP BY ${part}`
    const values = wanted.map(([, value]) => value)
    return Grouped.parse(this.#database.prepare(sql).all(...values, first, last))
  }
}

/** The first and the last day. */
function daysOf({ from, until }: OfficeFilter): [number, number] {
  return [beijingDay(from), beijingDay(until - 1)]
}

function added(all: readonly Figures[]): Figures {
  const sum = { ...zeros }
  for (const each of all) for (const [, name] of figureColumns) sum[name] += each[name]
  return sum
}
