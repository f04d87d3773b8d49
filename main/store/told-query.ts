import { z } from 'zod'
import { PresentationView, Verdict } from '../contract/counter.ts'
import type { LastTold } from '../redemption/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Rows = z.array(
  z.object({ use_request_no: z.string(), event: z.string(), evidence: z.string().nullable() }),
)
const Evidence = z.object({
  presentation: PresentationView.omit({ verdict: true, isAged: true }),
  cashier: z.string().nullable(),
  totalFen: z.number().nullable(),
  verdict: Verdict.omit({ redemption: true, stocks: true }),
})
const OrderEnd = z.object({ orderNo: z.string() })

/** More than are told of one order, and of those that wait beside it, in its two minutes. */
const mostRows = 200

/** What a cashier was told last, as the audit trail has it: a restart shows it again. */
export class ToldQuery {
  readonly #sealing: Sealing
  readonly #last

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#last = database.prepare(`
      SELECT use_request_no, event, evidence FROM audit
      WHERE event IN ('told', 'order-ended') AND key_id = ? ORDER BY id DESC LIMIT ${mostRows}`)
  }

  /** Without a row that another version of the program wrote differently. */
  last(): LastTold[] {
    const rows = Rows.parse(this.#last.all(this.#sealing.keyId)).map((row) => ({
      ...row,
      json: JSON.parse(row.evidence ?? 'null') as unknown,
    }))
    const ends = rows.filter(({ event }) => event === 'order-ended')
    const ended = new Set(ends.map(({ json }) => OrderEnd.safeParse(json).data?.orderNo))
    const found = new Map<string, LastTold>()
    for (const { use_request_no: useRequestNo, event, json } of rows) {
      // Whatever was in sight then was wiped off.
      if (event === 'order-ended') break
      const told = Evidence.safeParse(json).data
      // What is told later of an order that is over has nobody to be told to.
      if (told === undefined || ended.has(told.presentation.orderNo)) continue
      const { presentationNo } = told.presentation
      if (!found.has(presentationNo)) found.set(presentationNo, { useRequestNo, told })
    }
    const [shown, ...others] = [...found.values()].toSorted(
      (one, other) => other.told.presentation.at - one.told.presentation.at,
    )
    if (shown === undefined) return []
    const { orderNo } = shown.told.presentation
    return [shown, ...others.filter(({ told }) => told.presentation.orderNo === orderNo)]
  }
}
