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
  presentation: PresentationView.omit({ verdict: true, isAged: true }),
  cashier: z.string().nullable(),
  totalFen: z.number().nullable(),
  verdict: Verdict.omit({ redemption: true, stocks: true }),
})
const OrderEnd = z.object({ orderNo: z.string() })

/** Rows of one transaction, and of two that wait for each other, are not this far apart. */
const toleranceMs = 1000
/** More than are told of one order, and of those that wait beside it, in its two minutes. */
const mostRows = 200

/** What a cashier was told last, as the audit trail has it: a restart shows it again. */
export class ToldQuery implements ToldLog {
  readonly #sealing: Sealing
  readonly #last

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#last = database.prepare(`
      SELECT use_request_no, at, event, evidence FROM audit
      WHERE event IN ('told', 'order-ended', 'order-rested') AND key_id = ? ORDER BY id DESC LIMIT ${mostRows}`)
  }

  /** Without a row that another version of the program wrote differently. */
  last(): LastTold[] {
    const rows = Rows.parse(this.#last.all(this.#sealing.keyId)).map((row) => ({
      ...row,
      json: JSON.parse(row.evidence ?? 'null') as unknown,
    }))
    const ends = rows.filter(({ event }) => event === 'order-ended')
    const ended = new Set(ends.map(orderOf))
    const rested = new Set(rows.filter(({ event }) => event === 'order-rested').map(orderOf))
    const found = new Map<string, LastTold>()
    /** By presentation: how often the clock was set back since it was told of first, and when that was at the latest. */
    const firstTold = new Map<string, { readonly steps: number; readonly at: number }>()
    let steps = 0
    let newerAt = Infinity
    for (const { use_request_no: useRequestNo, at, event, json } of rows) {
      if (at > newerAt + toleranceMs) steps += 1
      newerAt = at
      // Whatever was in sight then was wiped off.
      if (event === 'order-ended') break
      if (event === 'order-rested') continue
      const told = Evidence.safeParse(json).data
      // What is told later of an order that is over has nobody to be told to.
      if (told === undefined || ended.has(told.presentation.orderNo)) continue
      const { presentationNo, orderNo } = told.presentation
      const isRested = rested.has(orderNo)
      // Set back while the answer was awaited, the clock tells a scan that lies ahead of its first word.
      firstTold.set(presentationNo, { steps, at: Math.min(at, told.presentation.at) })
      if (!found.has(presentationNo)) found.set(presentationNo, { useRequestNo, told, isRested })
    }
    const scanOf = ({ told }: LastTold) =>
      firstTold.get(told.presentation.presentationNo) ?? { steps: 0, at: 0 }
    const [shown, ...others] = [...found.values()].toSorted((one, other) => {
      const [first, second] = [scanOf(one), scanOf(other)]
      const scannedLater = other.told.presentation.at - one.told.presentation.at
      // Set right while they waited, the clock tells the same of several.
      return first.steps - second.steps || second.at - first.at || scannedLater
    })
    if (shown === undefined) return []
    const { orderNo } = shown.told.presentation
    return [shown, ...others.filter(({ told }) => told.presentation.orderNo === orderNo)]
  }
}

function orderOf({ json }: { readonly json: unknown }): string | undefined {
  return OrderEnd.safeParse(json).data?.orderNo
}
