import type { Verdict } from '../../main/contract/counter.ts'
import { isToldAgain, numberOf, type PanelChange } from './panels.ts'
import type { PlannedBatch } from './plan/batches.ts'
import { minute } from './plan/time.ts'
import type { PlayedShop } from './shop.ts'

const restMs = 2 * minute

/** Checks the sums shown against the batch in WeChat Pay's books and the total typed for this customer. */
export function checkPrices(shop: PlayedShop, changes: readonly PanelChange[]): string[] {
  const { gateway } = shop
  const found: string[] = []
  /** What each panel last deducted from its order. */
  const deducted = new Map<string, { readonly orderNo: string; readonly fen: number }>()
  /** Which of an order's coupons were given before which. */
  const givenAt = new Map<string, number>()
  const firstPanels = new Map<string, string>()
  for (const change of changes) {
    const { panel, verdict } = change
    const { presentationNo, orderNo } = panel
    const number = numberOf(verdict)
    const first = firstPanels.get(number) ?? presentationNo
    firstPanels.set(number, first)
    const coupon = gateway.couponIn(gateway.bodyOf(number))
    const batch = coupon && pricedAs(shop, coupon.batch, verdict)
    // Whatever became known about the batch since.
    if (verdict.instruction === 'give' && batch && !isToldAgain(shop.screen.restarts, change)) {
      const { payable, deductFen } = verdict
      const said = `${presentationNo} tells to deduct ${deductFen} of ${payable?.totalFen}`
      if (deductFen !== deductionOf(batch, payable?.totalFen ?? null))
        // Its batch is not known to the till yet, or was described without its value.
        if (deductFen !== null || verdict.redemption?.stock?.discountFen != null)
          found.push(`${said} for a ${batch.kind} of ${batch.stockId}`)
      if (payable && payable.totalFen < (batch.thresholdFen ?? 0))
        found.push(`${said}, less than the batch asks for`)
      const beside = [...deducted].filter(
        ([key, of]) => key !== presentationNo && of.orderNo === orderNo,
      )
      const others = beside.reduce((sum, [, { fen }]) => sum + fen, 0)
      const ownAt = givenAt.get(presentationNo) ?? Infinity
      const before = beside
        .filter(([key]) => (givenAt.get(key) ?? Infinity) < ownAt)
        .reduce((sum, [, { fen }]) => sum + fen, 0)
      // A coupon that is presented again keeps the total of the order that it was scanned for.
      if (payable && first === presentationNo && isNews(change)) {
        const totals = totalsFor(shop, change, changes)
        // Priced anew by a corrected total, it comes before what was given after it.
        const left = (fen: number, less: number) => Math.max(0, fen - less) === payable.totalFen
        if (!totals.some((fen) => left(fen, others) || left(fen, before)))
          found.push(`${said}, and typed were ${totals.join(', ')} less ${others}`)
      }
    }
    const isGiven = ['give', 'already-given'].includes(verdict.instruction)
    const known = deducted.get(presentationNo)?.fen ?? 0
    const fen = verdict.instruction === 'give' ? (verdict.deductFen ?? 0) : isGiven ? known : 0
    deducted.set(presentationNo, { orderNo, fen })
    if (isGiven && !givenAt.has(presentationNo)) givenAt.set(presentationNo, change.index)
  }
  return found
}

/**
 * Returns the batch by which a coupon is priced. A shop that names an only batch has its coupons priced by it until
 * WeChat Pay names another; that more than one exists is the shop's mistake, which no till can know.
 */
export function pricedAs(
  { plan }: PlayedShop,
  own: PlannedBatch,
  { redemption }: Verdict,
): PlannedBatch {
  const { onlyStockId } = plan.settings
  const isGuessed = redemption?.state === 'pending' && redemption.stock?.stockId === onlyStockId
  if (!isGuessed || own.codes !== 'issued') return own
  const guessed = plan.batches.find(({ stockId }) => stockId === onlyStockId)
  return guessed?.codes === 'issued' ? guessed : own
}

function isNews({ verdict, before }: PanelChange): boolean {
  return JSON.stringify(before?.payable) !== JSON.stringify(verdict.payable)
}

/** Computes the deduction by WeChat Pay's own terms of the batch; `null` where it cannot be computed. */
export function deductionOf(batch: PlannedBatch, totalFen: number | null): number | null {
  if (batch.kind === 'NORMAL')
    return totalFen === null ? batch.discountFen : Math.min(totalFen, batch.discountFen)
  if (batch.kind !== 'DISCOUNT' || totalFen === null) return null
  return totalFen - Math.floor((totalFen * batch.payPercent + 50) / 100)
}

/** Returns the totals typed for a panel's customer until this moment. */
function totalsFor(
  { counters }: PlayedShop,
  { panel, at }: PanelChange,
  changes: readonly PanelChange[],
): readonly number[] {
  const { totals, nexts } = counters.of(panel.till)
  const touches = [
    ...totals.map((total) => total.at),
    ...changes.flatMap((change) => (change.panel.till === panel.till ? [change.panel.at] : [])),
  ].toSorted((one, other) => one - other)
  let from = Math.max(0, ...nexts.filter((next) => next <= panel.at))
  let last = from
  for (const touch of touches) {
    if (touch > panel.at) break
    if (touch < from) continue
    if (touch - last > restMs) from = touch
    last = touch
  }
  const until = Math.min(at, ...nexts.filter((next) => next > panel.at))
  return totals.flatMap((total) => (total.at >= from && total.at <= until ? [total.fen] : []))
}
