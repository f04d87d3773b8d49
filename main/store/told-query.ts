import { z } from 'zod'
import { PresentationView, Verdict } from '../contract/counter.ts'
import type { LastTold, ToldLog } from '../redemption/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Rows = z.array(
  z.object({
    use_request_no: z.string(),
    at: z.number(),
    event: z.string(),
    evidence: z.string().nullable(),
  }),
)
const Evidence = z.object({
  presentation: PresentationView.omit({ verdict: true, isAged: true, cashier: true, reads: true }),
  cashier: z.string().nullable(),
  totalFen: z.number().nullable(),
  verdict: Verdict.omit({ redemption: true, stocks: true }),
})
const Standings = z.array(z.object({ use_request_no: z.string(), kind: z.string().nullable() }))
const OrderEnd = z.object({ orderNo: z.string() })
const OrderTotal = z.object({ orderNo: z.string(), totalFen: z.number().nullable() })

/** A row that is later than the next one by more than this was written before the clock was set back. */
const toleranceMs = 1000
/** More rows than one order and those waiting beside it can have in the two minutes that an order lasts. */
const mostRows = 200
/** Some four thousand scans, which are read in some ten milliseconds. */
const mostOfOutage = 20_000

/** Reads from the audit trail what a cashier was told last, so that the till shows it again after a restart. */
export class ToldQuery implements ToldLog {
  readonly #sealing: Sealing
  readonly #last
  readonly #standings

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#last = database.prepare(`
      SELECT use_request_no, at, event, evidence FROM audit
      WHERE event IN ('told', 'order-ended', 'order-rested', 'order-total') AND key_id = ? ORDER BY id DESC LIMIT ${mostRows}`)
    this.#standings = database.prepare(`
      SELECT use_request_no, evidence ->> '$.verdict.shop.kind' AS kind FROM (
        SELECT id, use_request_no, event, evidence FROM audit WHERE key_id = ? ORDER BY id DESC LIMIT ${mostOfOutage})
      WHERE event = 'told' AND use_request_no <> '' ORDER BY id DESC`)
  }

  heldForShop(): ReadonlySet<string> {
    const last = new Map<string, string | null>()
    for (const { use_request_no: number, kind } of Standings.parse(
      this.#standings.all(this.#sealing.keyId),
    ))
      if (!last.has(number)) last.set(number, kind)
    return new Set([...last].flatMap(([number, kind]) => (kind === 'held' ? number : [])))
  }

  /** See `ToldLog`. Leaves out rows that another version of the program wrote in another form. */
  last(): LastTold[] {
    const rows = Rows.parse(this.#last.all(this.#sealing.keyId)).map((row) => ({
      ...row,
      json: JSON.parse(row.evidence ?? 'null') as unknown,
    }))
    const ends = rows.filter(({ event }) => event === 'order-ended')
    const ended = new Set(ends.map(orderOf))
    const rested = new Set(rows.filter(({ event }) => event === 'order-rested').map(orderOf))
    const found = new Map<string, LastTold>()
    /** By order: the total that was typed after what was told last. */
    const totals = new Map<string, number | null>()
    /** By presentation: when it was told of first, and how often the clock was set back since. */
    const firstTold = new Map<string, { readonly steps: number; readonly at: number }>()
    let steps = 0
    let newerAt = Infinity
    /** Whether a row is older than the end of an order, which cleared the screen: nothing before it is shown again. */
    let isCleared = false
    for (const { use_request_no: useRequestNo, at, event, json } of rows) {
      if (at > newerAt + toleranceMs) steps += 1
      newerAt = at
      if (event === 'order-ended') isCleared = true
      if (event === 'order-ended' || event === 'order-rested') continue
      const total = event === 'order-total' ? OrderTotal.safeParse(json).data : undefined
      if (total !== undefined && !totals.has(total.orderNo))
        totals.set(total.orderNo, total.totalFen)
      if (event === 'order-total') continue
      const told = Evidence.safeParse(json).data
      // What became known after the end of an order is for nobody at the counter.
      if (told === undefined || ended.has(told.presentation.orderNo)) continue
      const { presentationNo, orderNo } = told.presentation
      // Also an order that nobody had ended: it rested, perhaps while the program was not running.
      if (isCleared) ended.add(orderNo)
      if (isCleared) continue
      const isRested = rested.has(orderNo)
      // If the clock was set back between the scan and its first verdict, the scan seems to be later than the verdict.
      firstTold.set(presentationNo, { steps, at: Math.min(at, told.presentation.at) })
      const totalFen = totals.has(orderNo) ? (totals.get(orderNo) ?? null) : told.totalFen
      totals.set(orderNo, totalFen)
      if (!found.has(presentationNo))
        found.set(presentationNo, { useRequestNo, told: { ...told, totalFen }, isRested })
    }
    const scanOf = ({ told }: LastTold) =>
      firstTold.get(told.presentation.presentationNo) ?? { steps: 0, at: 0 }
    const inSight = [...found.values()].filter(({ told }) => !ended.has(told.presentation.orderNo))
    const [shown, ...others] = inSight.toSorted((one, other) => {
      const [first, second] = [scanOf(one), scanOf(other)]
      const scannedLater = other.told.presentation.at - one.told.presentation.at
      // If the clock was corrected while several waited, their first verdicts may have the same time.
      return first.steps - second.steps || second.at - first.at || scannedLater
    })
    if (shown === undefined) return []
    const { orderNo } = shown.told.presentation
    return [shown, ...others.filter(({ told }) => told.presentation.orderNo === orderNo)]
  }
}

function orderOf({ json }: { readonly json: unknown }): string | null {
  return OrderEnd.safeParse(json).data?.orderNo ?? null
}
