import { orderRestMs, type Orders } from './order.ts'
import type { LastTold } from './ports.ts'
import { type Presentation, presentationFrom } from './presentation.ts'
import type { CounterParts } from './redeem-at-counter-parts.ts'
import type { Stage } from './stage.ts'
import type { Tellings } from './tellings.ts'

interface Restored {
  readonly orders: Orders
  readonly stage: Stage
  readonly tellings: Tellings
}

/** Shows again what was shown before the program ended, as the audit trail has it. */
export function restoreCounter(
  parts: Pick<CounterParts, 'store' | 'clocks' | 'stocks' | 'view'>,
  { orders, stage, tellings }: Restored,
): void {
  const { store, clocks } = parts
  const [last, ...others] = store.told.last()
  if (last === undefined) return
  const { presentation: seen, totalFen, verdict: said } = last.told
  // Counted from the scan, because later verdicts may have been seen by nobody.
  const sinceScanMs = clocks.now() - seen.at
  const isRecent = sinceScanMs >= 0 && sinceScanMs < orderRestMs
  const isOrderAtHand = isRecent && !last.isRested && seen.orderNo !== ''
  const order = { orderNo: seen.orderNo, totalFen, trade: null, deductedBefore: 0 }
  if (isOrderAtHand) orders.resume(order, sinceScanMs)
  const toldAgain = ({ useRequestNo, told }: LastTold): Presentation =>
    presentationFrom(told, store.redemptions.find(useRequestNo), parts)
  const beside = others.toReversed().map((told) => toldAgain(told))
  const presentation = toldAgain(last)
  const ageMs = clocks.now() - said.at
  stage.restore(presentation, { isOfOrder: isOrderAtHand, ageMs, beside })
  // In the order of the scans, so that a later scan of the same coupon replaces the earlier one, as it did then.
  for (const shown of [...beside, presentation]) tellings.holdAgain(shown)
  stage.changed()
}
