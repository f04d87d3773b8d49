import { isOwnFault } from './check-own-fault.ts'
import { closedUnasked } from './check-closed.ts'
import { isInTime, keyOf, type ModelCoupon } from './model-coupons.ts'
import type { Plan } from './plan.ts'
import type { ShownVerdict } from './screen.ts'
import type { PlayedShop } from './shop.ts'

/** Whether a cashier who was told "no" was told so for a reason that is one. Each of what is wrong follows the verdict. */
export function checkRed(shop: PlayedShop, seen: ShownVerdict): string[] {
  const shown = asPresented(shop, seen)
  const { verdict, presented } = shown
  const coupon = shop.gateway.coupons.presented(presented.payload, presented.stockId)
  if (verdict.reason.startsWith('not-saved'))
    return verdict.redemption ? ['although it was recorded'] : []
  switch (verdict.reason) {
    case 'outside-known-window':
      return coupon && !isMisnamed(shop, shown, coupon) && isInTime(coupon, shown.at)
        ? ['although it was valid']
        : []
    case 'nothing-left-to-pay':
    case 'below-threshold':
      return coupon && !isMisnamed(shop, shown, coupon) ? checkThreshold(shop, shown, coupon) : []
    case 'redeemed-at-other-till':
      return checkPeer(shop, shown, coupon)
    case 'redeemed-here-before':
      return checkRecall(shop, shown, coupon)
    // The shop's own rule; what turns out redeemed is returned. And what the till itself gave (check-presentations.ts).
    case 'offline-not-accepted':
    case 'honoured-here-before':
    case 'resolved-here':
      return []
    default:
      return verdict.redemption === null ? [] : checkRefusal(shop, shown, coupon)
  }
}

/** Read twice without another batch being said: that is one presentation, of the batch that was said with it. */
function asPresented({ screen }: PlayedShop, shown: ShownVerdict): ShownVerdict {
  const first = screen.verdicts.find(({ verdict }) => verdict === shown.verdict) ?? shown
  return shown.presented.stockId === null ? { ...shown, presented: first.presented } : shown
}

/** A merchant's own code goes with the batch that somebody names for it: a wrong one is that person's mistake. */
function isMisnamed(
  { plan }: PlayedShop,
  { presented }: ShownVerdict,
  { batch, code, stockId }: ModelCoupon,
): boolean {
  if (batch.codes === 'issued') return false
  // Of a shape for which the settings name no batch, nobody can name a wrong one there.
  return (presented.stockId ?? namedFor(plan, code) ?? stockId) !== stockId
}

/** The batch that the settings name for codes of this shape, rightly or not. */
export function namedFor({ batches }: Plan, code: string): string | null {
  const named = batches.find(({ shape }) => shape?.setting === 'named' && shape.pattern.test(code))
  return named?.stockId ?? null
}

/** An order's other coupons leave less of it. */
function checkThreshold(
  { screen }: PlayedShop,
  { presented, till, at }: ShownVerdict,
  coupon: ModelCoupon,
): string[] {
  const { totalFen } = presented
  const seen = screen.counters.findLast((entry) => entry.till === till && entry.at <= at)
  const deductedFen = seen?.view.order?.deductedFen ?? 0
  const { kind, thresholdFen } = coupon.batch
  // Of nothing nothing can be taken off; goods for a price of their own are another matter.
  const leastFen = Math.max(thresholdFen ?? 0, kind === 'EXCHANGE' ? 0 : 1)
  const isEnough = totalFen !== null && totalFen - deductedFen >= leastFen
  return isEnough ? ['although the order is worth it'] : []
}

/** What another till told must be so. */
function checkPeer(
  { gateway }: PlayedShop,
  shown: ShownVerdict,
  coupon: ModelCoupon | undefined,
): string[] {
  const isBooked = gateway.effects.some(
    (effect) =>
      coupon !== undefined &&
      effect.coupon === keyOf(coupon) &&
      effect.till !== shown.till &&
      effect.at <= shown.at,
  )
  return isBooked ? [] : ['although no other till redeemed it']
}

/** What this till remembers must be so: by the ledger, or by whoever decided it. */
function checkRecall(
  { gateway, decisions }: PlayedShop,
  { verdict, at }: ShownVerdict,
  coupon: ModelCoupon | undefined,
): string[] {
  const { useRequestNo = '', state } = verdict.redemption ?? {}
  const decision = decisions.of(useRequestNo)
  if (state === 'resolved' && decision)
    return decision.how === 'loss' ? ['although a person had said that it was not'] : []
  // Whoever said that it was redeemed without a look at the ledger is believed.
  if (decision?.isTrue === false) return []
  const isBooked = gateway.effects.some(
    (effect) => coupon !== undefined && effect.coupon === keyOf(coupon) && effect.at <= at,
  )
  return isBooked ? [] : ['although nobody redeemed it']
}

/** What a red of WeChat Pay's own rests on, whether it was the first word or a panel turned red later. */
export function checkRefusal(
  shop: PlayedShop,
  { verdict, at }: Pick<ShownVerdict, 'verdict' | 'at'>,
  coupon: ModelCoupon | undefined,
): string[] {
  const { useRequestNo = '', state } = verdict.redemption ?? {}
  const { gateway } = shop
  const isReturned = gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
  const effect = !isReturned && gateway.effects.find((entry) => entry.useRequestNo === useRequestNo)
  if (effect && state !== 'review' && !closedUnasked(shop).has(useRequestNo))
    return [`although ${useRequestNo} was booked`]
  const refusal = gateway.arrivals.findLast(
    (arrival) =>
      arrival.useRequestNo === useRequestNo &&
      arrival.answer !== 'used' &&
      arrival.wasProcessed &&
      arrival.at <= at,
  )
  // What was given back is not ours any more: a till that was restored to before that learns it from the coupon.
  if (!refusal)
    return isReturned || isOwnFault(shop, useRequestNo)
      ? []
      : [`although nobody refused ${useRequestNo}`]
  const isOfDates = verdict.reason === 'outside-validity' && coupon?.condition === 'valid'
  if (!isOfDates) return []
  // It is judged when it arrives, or by the time of the scan that it names; not when the word is read again later.
  const named = Date.parse(/"use_time":"([^"]+)"/.exec(refusal.body)?.[1] ?? '')
  const isPlausible = named <= refusal.at && named > refusal.at - longestWaitMs
  const whens = [refusal.at - marginMs, refusal.at + marginMs, ...(isPlausible ? [named] : [])]
  // Recorded under a wrong clock, and perhaps arrived already: such a number keeps its bytes, and a scan more gets another.
  if (!isPlausible && (gateway.openFates.get(useRequestNo) ?? 0) > 0) return []
  const isValid = coupon.taken === null && whens.every((when) => isInTime(coupon, when))
  return isValid ? ['although it was valid'] : []
}

/** WeChat Pay lets a clock be off by five minutes, and a `use_time` with it. */
/** No outage of a plan is longer: a request that names an earlier time was recorded under a wrong clock. */
const longestWaitMs = 12 * 3_600_000
const marginMs = 6 * 60_000
