import type { Arrival } from './model-ledger.ts'
import type { PlayedShop } from './shop.ts'

/**
 * Whether an error that looks like a settings fault may end this coupon: it got a doubtful error again after another
 * coupon was confirmed in between, or it was tried up to its cap.
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
  const isAtCap =
    own.length >= caps.undecidedAttempts || lastAt - firstAt > caps.waitedMs * mostOfIt
  return wasOtherConfirmed || isAtCap || wasKnown(shop, own[0])
}

/**
 * Whether the coupon got this error under an earlier number while others did not: then it is the coupon's own, whatever
 * the settings are now.
 */
function wasKnown(shop: PlayedShop, first: Arrival | undefined): boolean {
  if (first === undefined) return false
  const earlier = shop.gateway.arrivals.find(
    ({ coupon, at, answer }) => coupon === first.coupon && at < first.at && answer === first.answer,
  )
  return earlier !== undefined && isOwnFault(shop, earlier.useRequestNo)
}

/** Share of the cap that must have passed; the till measures by its own clock, which may be set meanwhile. */
const mostOfIt = 0.8

/** Whether it is unclear if the error is about the coupon or the settings. */
function isDoubtful(answer: string): boolean {
  return /^(NO_?AUTH|PARAM_ERROR|INVALID_REQUEST|RULE_?LIMIT|bare .*)$/.test(answer)
}
