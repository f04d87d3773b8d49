import type { Verdict } from '../../main/contract/counter.ts'
import { isToldAgain, numberOf, type Word } from './panels.ts'
import type { PlannedBatch } from './plan/batches.ts'
import { minute } from './plan/time.ts'
import type { PlayedShop } from './shop.ts'

const restMs = 2 * minute

/** Sums that were told, against the batch in WeChat Pay's books and what was typed for this customer. */
export function checkPrices(shop: PlayedShop, words: readonly Word[]): string[] {
  const { gateway } = shop
  const found: string[] = []
  /** What each panel took off its order last. */
  const deducted = new Map<string, { readonly orderNo: string; readonly fen: number }>()
  const firstPanels = new Map<string, string>()
  for (const word of words) {
    const { panel, verdict } = word
    const { presentationNo, orderNo } = panel
    const number = numberOf(verdict)
    const first = firstPanels.get(number) ?? presentationNo
    firstPanels.set(number, first)
    const coupon = gateway.couponIn(gateway.bodyOf(number))
    const batch = coupon && pricedAs(shop, coupon.batch, verdict)
    // Whatever has become known of the batch meanwhile.
    if (verdict.instruction === 'give' && batch && !isToldAgain(shop.screen.restarts, word)) {
      const { payable, deductFen } = verdict
      const said = `${presentationNo} tells to deduct ${deductFen} of ${payable?.totalFen}`
      if (deductFen !== deductionOf(batch, payable?.totalFen ?? null))
        // Not known to the till so far, or without its value.
        if (deductFen !== null || verdict.redemption?.stock?.discountFen != null)
          found.push(`${said} for a ${batch.kind} of ${batch.stockId}`)
      if (payable && payable.totalFen < (batch.thresholdFen ?? 0))
        found.push(`${said}, less than the batch asks for`)
      const others = [...deducted]
        .filter(([key, of]) => key !== presentationNo && of.orderNo === orderNo)
        .reduce((sum, [, { fen }]) => sum + fen, 0)
      // A coupon that comes back keeps the total of the order that it was scanned for.
      if (payable && first === presentationNo && isNews(word)) {
        const totals = totalsFor(shop, word, words)
        if (!totals.some((fen) => Math.max(0, fen - others) === payable.totalFen))
          found.push(`${said}, and typed were ${totals.join(', ')} less ${others}`)
      }
    }
    const isGiven = ['give', 'already-given'].includes(verdict.instruction)
    const known = deducted.get(presentationNo)?.fen ?? 0
    const fen = verdict.instruction === 'give' ? (verdict.deductFen ?? 0) : isGiven ? known : 0
    deducted.set(presentationNo, { orderNo, fen })
  }
  return found
}

/**
 * A shop that names its only batch has its coupons priced by it until WeChat Pay has named another: that there is another
 * is the shop's mistake, and no till can know.
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

function isNews({ verdict, before }: Word): boolean {
  return JSON.stringify(before?.payable) !== JSON.stringify(verdict.payable)
}

/** By the batch as WeChat Pay keeps it; `null` where nobody can compute it. */
export function deductionOf(batch: PlannedBatch, totalFen: number | null): number | null {
  if (batch.kind === 'NORMAL')
    return totalFen === null ? batch.discountFen : Math.min(totalFen, batch.discountFen)
  if (batch.kind !== 'DISCOUNT' || totalFen === null) return null
  return totalFen - Math.floor((totalFen * batch.payPercent + 50) / 100)
}

/** What was typed for the customer of a panel until it said this. */
function totalsFor(
  { counters }: PlayedShop,
  { panel, at }: Word,
  words: readonly Word[],
): readonly number[] {
  const { totals, nexts } = counters.of(panel.till)
  const touches = [
    ...totals.map((total) => total.at),
    ...words.flatMap((word) => (word.panel.till === panel.till ? [word.panel.at] : [])),
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
