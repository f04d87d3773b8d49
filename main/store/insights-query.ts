import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { beijingMs, dayMs, hourMs } from '../contract/beijing-day.ts'
import { type Insights, settleSpansMs } from '../contract/insights.ts'
import type { Database } from './database.ts'
import type { HistoryIndex } from './history-index.ts'

const Days = z.array(z.object({ day: z.number() }))
const Sums = z.array(
  z.object({
    day: z.number(),
    hour: z.number(),
    stock_id: z.string(),
    state: z.string(),
    reason: z.string(),
    span: z.number(),
    count: z.number(),
  }),
)
const Outages = z.array(
  z.object({ from: z.number(), until: z.number().nullable(), attempts: z.number() }),
)

const outagesShown = 50

/** States that count as redeemed: a coupon that was returned had been redeemed before. */
const redeemedStates = ['redeemed', 'returning', 'returned']
const openStates = ['pending', 'review']

/** SQL that computes which of `settleSpansMs` the time to settle falls in; -1 while the redemption is not settled. */
const spanOf = [
  'CASE WHEN settled_at IS NULL THEN -1',
  ...settleSpansMs.map((ms, at) =>
    ms === null ? `ELSE ${at} END` : `WHEN settled_at - recorded_at <= ${ms} THEN ${at}`,
  ),
].join(' ')

/** The owner's figures, computed from sums by day. The sums of a day are kept until one of its redemptions changes. */
export class InsightsQuery {
  readonly #index: HistoryIndex
  readonly #missing
  readonly #sum
  readonly #sums
  readonly #outages

  constructor(database: Database, index: HistoryIndex) {
    this.#index = index
    this.#missing = database.prepare(`
      WITH RECURSIVE days (day) AS (SELECT @first UNION ALL SELECT day + 1 FROM days WHERE day < @last)
      SELECT day FROM days WHERE day NOT IN (SELECT day FROM day_summed) ORDER BY day DESC`)
    const forget = database.prepare('DELETE FROM day_sum WHERE day = ?')
    // Selected by the row numbers of the day, so that the rest of the file is not read.
    const add = database.prepare(`
      INSERT INTO day_sum
      SELECT @day, ((recorded_at + ${beijingMs}) / ${hourMs}) % 24 AS hour, ifnull(stock_id, ''), state,
        CASE WHEN state IN ('refused', 'review', 'resolved') THEN ifnull(reason, '') ELSE '' END, ${spanOf} AS span,
        count(*)
      FROM redemption
      WHERE rowid IN (SELECT id FROM history_entry WHERE recorded_at >= @from AND recorded_at < @from + ${dayMs})
      GROUP BY 2, 3, 4, 5, 6`)
    const done = database.prepare('INSERT OR IGNORE INTO day_summed VALUES (?)')
    this.#sum = database.transaction((day: number) => {
      forget.run(day)
      add.run({ day, from: day * dayMs - beijingMs })
      done.run(day)
    })
    this.#sums = database.prepare('SELECT * FROM day_sum WHERE day BETWEEN ? AND ?')
    this.#outages = database.prepare(`
      SELECT began_at AS "from", ended_at AS "until", attempts FROM outage
      WHERE ifnull(ended_at, began_at) >= ? ORDER BY id DESC LIMIT ${outagesShown}`)
  }

  /**
   * Returns the figures of the last `days` days up to `now`, epoch milliseconds; `stocks` maps a batch's id to the
   * number of its redemptions. Days that were never summed, or that changed since, are summed first, and the till does
   * its own work between two of them.
   */
  async read(
    days: number,
    now: number,
  ): Promise<Omit<Insights, 'stocks'> & { readonly stocks: Map<string, number> }> {
    while (this.#index.follow()) await setImmediate()
    const last = Math.floor((now + beijingMs) / dayMs)
    const first = last - days + 1
    for (const { day } of Days.parse(this.#missing.all({ first, last }))) {
      this.#sum.immediate(day)
      await setImmediate()
    }
    const from = first * dayMs - beijingMs
    return {
      from,
      until: now,
      ...addUp(Sums.parse(this.#sums.all(first, last)), first, days),
      outages: Outages.parse(this.#outages.all(from)),
    }
  }
}

function addUp(sums: z.infer<typeof Sums>, first: number, length: number) {
  const days = Array.from({ length }, (_, at) => ({
    at: (first + at) * dayMs - beijingMs,
    redeemed: 0,
    refused: 0,
    open: 0,
  }))
  const hours = Array.from({ length: 24 }, () => 0)
  const settled = settleSpansMs.map(() => 0)
  const stocks = new Map<string, number>()
  const refusals = new Map<string, number>()
  for (const { day, hour, stock_id, state, reason, span, count } of sums) {
    const daySums = days[day - first]
    if (!daySums) continue
    if (redeemedStates.includes(state)) {
      daySums.redeemed += count
      hours[hour] = (hours[hour] ?? 0) + count
      stocks.set(stock_id, (stocks.get(stock_id) ?? 0) + count)
      if (span >= 0) settled[span] = (settled[span] ?? 0) + count
    } else if (openStates.includes(state)) daySums.open += count
    else if (state === 'refused') {
      daySums.refused += count
      refusals.set(reason, (refusals.get(reason) ?? 0) + count)
    }
  }
  return {
    days,
    hours,
    settled,
    stocks,
    refusals: [...refusals]
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((a, b) => b.count - a.count),
  }
}
