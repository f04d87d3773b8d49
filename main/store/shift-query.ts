import { z } from 'zod'
import type { Database } from './database.ts'
import type { HistoryIndex } from './history-index.ts'

const Groups = z.array(
  z.object({
    stockId: z.string(),
    cashier: z.string().nullable(),
    redeemed: z.number(),
    returned: z.number(),
    refused: z.number(),
    open: z.number(),
    /** The known discounts of the redeemed ones, in fen. */
    givenFen: z.number(),
    /** How many discounts were given whose sum is not known. */
    givenUnknown: z.number(),
  }),
)
const Sum = z.object({ count: z.number(), fen: z.number() })
const Honoured = z.object({
  count: z.number(),
  fen: z.number(),
  openCount: z.number(),
  openFen: z.number(),
})

/** Coupons whose customers got no discount for them; see `ShiftReport`. */
const Ungiven = z.object({
  notGiven: z.number(),
  released: z.number(),
  returnRefused: z.number(),
})

/** The figures of a `ShiftReport`, before names and values of batches are added. */
export interface ShiftFigures {
  readonly groups: z.infer<typeof Groups>
  readonly honoured: z.infer<typeof Sum>
  readonly honouredOpen: z.infer<typeof Sum>
  readonly losses: z.infer<typeof Sum>
  readonly ungiven: z.infer<typeof Ungiven>
}

/** Counts what a till recorded within a time range, by batch, cashier and outcome. */
export class ShiftQuery {
  readonly #index: HistoryIndex
  readonly #groups
  readonly #honoured
  readonly #losses
  readonly #ungiven

  constructor(database: Database, index: HistoryIndex) {
    this.#index = index
    const within = `rowid IN (SELECT id FROM history_entry WHERE recorded_at >= @from AND recorded_at <= @until)`
    this.#groups = database.prepare(`
      SELECT ifnull(stock_id, '') AS stockId, cashier,
        count(*) FILTER (WHERE state IN ('redeemed', 'returning')) AS redeemed,
        count(*) FILTER (WHERE state = 'returned') AS returned,
        count(*) FILTER (WHERE state = 'refused') AS refused,
        count(*) FILTER (WHERE state IN ('pending', 'review')) AS open,
        ifnull(sum(given_fen) FILTER (WHERE state IN ('redeemed', 'returning')), 0) AS givenFen,
        count(*) FILTER (
          WHERE state IN ('redeemed', 'returning') AND given_at IS NOT NULL AND given_fen IS NULL
        ) AS givenUnknown
      FROM redemption WHERE ${within} GROUP BY 1, 2 ORDER BY redeemed DESC`)
    this.#honoured = database.prepare(`
      SELECT count(*) AS count, ifnull(sum(stake_fen), 0) AS fen,
        count(*) FILTER (WHERE state IN ('pending', 'review')) AS openCount,
        ifnull(sum(stake_fen) FILTER (WHERE state IN ('pending', 'review')), 0) AS openFen
      FROM redemption WHERE ${within} AND honoured = 1`)
    this.#losses = database.prepare(`
      SELECT count(*) AS count, ifnull(sum(ifnull(given_fen, stake_fen)), 0) AS fen FROM redemption
      WHERE ${within} AND resolution = 'loss'`)
    this.#ungiven = database.prepare(`
      SELECT count(*) FILTER (WHERE state = 'redeemed' AND given_at IS NULL) AS notGiven,
        count(*) FILTER (WHERE released_at IS NOT NULL) AS released,
        count(*) FILTER (WHERE state = 'redeemed' AND return_refused_at IS NOT NULL) AS returnRefused
      FROM redemption WHERE ${within}`)
  }

  /** `from` and `until` are epoch milliseconds, both included. */
  read(from: number, until: number): ShiftFigures {
    while (this.#index.follow());
    const range = { from, until }
    const honoured = Honoured.parse(this.#honoured.get(range))
    return {
      groups: Groups.parse(this.#groups.all(range)),
      honoured: { count: honoured.count, fen: honoured.fen },
      honouredOpen: { count: honoured.openCount, fen: honoured.openFen },
      losses: Sum.parse(this.#losses.get(range)),
      ungiven: Ungiven.parse(this.#ungiven.get(range)),
    }
  }
}
