import { deductionOf, pricedAs } from './check-prices.ts'
import { numberOf, type PanelChange } from './panels.ts'
import type { PlayedShop } from './shop.ts'

/** Checks that coupons honoured without a reply and not decided yet never exceed the shop's limits. */
export function checkHonoured(shop: PlayedShop, changes: readonly PanelChange[]): string[] {
  const { plan, screen, gateway, tills } = shop
  const { limits } = plan.settings.offline
  const found: string[] = []
  const honoured = new Map<string, Honoured>()
  const filed = new Map(
    tills.map((till) => {
      const rows = till.read((file) => file.rows()).filter((row) => row.honoured)
      return [till.id, new Set(rows.map(({ useRequestNo }) => useRequestNo))]
    }),
  )
  for (const { panel, verdict, at } of changes) {
    const useRequestNo = numberOf(verdict)
    const { redemption } = verdict
    const { till } = panel
    // Not honoured any more under another total, which the cashier is told.
    if (verdict.instruction === 'not-yet') honoured.delete(`${till} ${useRequestNo}`)
    if (verdict.instruction !== 'give' || redemption?.state !== 'pending') continue
    // Valued by WeChat Pay's books; a coupon of unknown value counts as the largest possible one.
    const batch = gateway.couponIn(gateway.bodyOf(useRequestNo))?.batch
    const isKnown = batch !== undefined && verdict.deductFen !== null
    const valueFen = isKnown
      ? deductionOf(pricedAs(shop, batch, verdict), verdict.payable?.totalFen ?? null)
      : verdict.deductFen
    const fen = valueFen ?? limits.singleFen
    // A total typed later may correct its price.
    const isNew = !honoured.has(`${till} ${useRequestNo}`)
    honoured.set(`${till} ${useRequestNo}`, { till, useRequestNo, fen, at })
    const open = [...honoured.values()].filter(
      (entry) => entry.till === till && isUndecided(entry, at) && !isLost(entry, at),
    )
    const sum = open.reduce((fens, entry) => fens + entry.fen, 0)
    if (isNew && (open.length > limits.open || sum > limits.openFen))
      found.push(`${till} honours ${useRequestNo}: ${open.length} for ${sum} fen are open then`)
  }
  return found

  function isUndecided({ till, useRequestNo }: Honoured, at: number): boolean {
    const last = screen.rows.findLast(
      (row) => row.till === till && row.view.useRequestNo === useRequestNo && row.at <= at,
    )
    return last === undefined || ['pending', 'review', 'returning'].includes(last.view.state)
  }

  /** Whether it was honoured in the till's lost time, so that it is in no file. */
  function isLost(entry: Honoured, at: number): boolean {
    const isForgotten = screen.forgotten.some(
      (gap) => gap.till === entry.till && gap.at >= entry.at && gap.at <= at,
    )
    return isForgotten && filed.get(entry.till)?.has(entry.useRequestNo) !== true
  }
}

interface Honoured {
  readonly at: number
  readonly till: string
  readonly useRequestNo: string
  readonly fen: number
}
