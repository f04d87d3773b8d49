import type { Arrival } from './model-ledger.ts'
import type { PlayedShop } from './shop.ts'

/**
 * What looks like a fault of the settings may end a coupon that got a doubtful answer again after another was confirmed
 * in between; and one that was tried up to its cap.
 */
export function isOwnFault(shop: PlayedShop, useRequestNo: string): boolean {
  const { gateway, plan } = shop
  const { caps } = plan.settings
  const own = gateway.arrivals.filter((arrival) => arrival.useRequestNo === useRequestNo)
  const { code = '', at: firstAt = 0 } = own[0] ?? {}
  const lastAt = own.at(-1)?.at ?? 0
  const doubted = own.filter(({ answer }) => isDoubtful(answer))
  const [from, until] = [doubted[0]?.at ?? lastAt, doubted.at(-1)?.at ?? firstAt]
  const wasOtherConfirmed = gateway.arrivals.some(
    ({ at, answer, code: other }) => answer === 'used' && other !== code && at > from && at < until,
  )
  const isAtCap = own.length >= caps.spent || lastAt - firstAt > caps.waitedMs * mostOfIt
  return wasOtherConfirmed || isAtCap || wasKnown(shop, own[0])
}

/** Others did not get it when this coupon did, under an earlier number: whatever the settings are now, it is its own. */
function wasKnown(shop: PlayedShop, first: Arrival | undefined): boolean {
  if (first === undefined) return false
  const earlier = shop.gateway.arrivals.find(
    ({ coupon, at, answer }) => coupon === first.coupon && at < first.at && answer === first.answer,
  )
  return earlier !== undefined && isOwnFault(shop, earlier.useRequestNo)
}

/** Times are the till's, whose clock may be set meanwhile. */
const mostOfIt = 0.8

/** Says not whether it means the coupon or the settings. */
function isDoubtful(answer: string): boolean {
  return /^(NO_?AUTH|PARAM_ERROR|INVALID_REQUEST|RULE_?LIMIT|bare .*)$/.test(answer)
}
