import type { PlayedShop } from './shop.ts'

/**
 * What looks like a fault of the settings may end a coupon that got a doubtful answer again after another was confirmed
 * in between; and one that was tried up to its cap.
 */
export function isOwnFault({ gateway, plan }: PlayedShop, useRequestNo: string): boolean {
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
  return wasOtherConfirmed || isAtCap
}

/** Times are the till's, whose clock may be set meanwhile. */
const mostOfIt = 0.8

/** Says not whether it means the coupon or the settings. */
function isDoubtful(answer: string): boolean {
  return /^(NO_?AUTH|PARAM_ERROR|INVALID_REQUEST|RULE_?LIMIT|bare .*)$/.test(answer)
}
