import { codesInFiles } from './chain/codes-in-files.ts'
import { isOwnFault } from './check-own-fault.ts'
import { bookedButClosable } from './check-closed.ts'
import { isInTime, keyOf, type ModelCoupon } from './model-coupons.ts'
import type { Plan } from './plan.ts'
import type { ShownVerdict } from './screen.ts'
import type { PlayedShop } from './shop.ts'

/** Checks that a red verdict has a true reason. Returns what is wrong, in words that follow the verdict. */
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
    case 'honoured-at-other-till':
      return checkHonouredElsewhere(shop, shown)
    case 'redeemed-here-before':
      return checkRecall(shop, shown, coupon)
    // The shop's own rule, after which a coupon found redeemed is returned; and what this till gave itself
    // (check-presentations.ts).
    case 'offline-not-accepted':
    case 'honoured-here-before':
    // See check-chain.ts.
    case 'claimed-at-other-till':
    case 'resolved-here':
      return []
    default:
      return verdict.redemption === null ? [] : checkRefusal(shop, shown, coupon)
  }
}

/** A second read without another batch named is the same presentation, with the batch named first. */
function asPresented({ screen }: PlayedShop, shown: ShownVerdict): ShownVerdict {
  const first = screen.verdicts.find(({ verdict }) => verdict === shown.verdict) ?? shown
  return shown.presented.stockId === null ? { ...shown, presented: first.presented } : shown
}

/** A merchant's own code has the batch that a person names for it; a wrong one is that person's mistake. */
function isMisnamed(
  { plan }: PlayedShop,
  { presented }: ShownVerdict,
  { batch, code, stockId }: ModelCoupon,
): boolean {
  if (batch.codes === 'issued') return false
  // Where the settings name no batch for a code's form, they cannot name a wrong one.
  return (presented.stockId ?? namedFor(plan, code) ?? stockId) !== stockId
}

/** Returns the batch that the settings name for codes of this form, rightly or wrongly. */
export function namedFor({ batches }: Plan, code: string): string | null {
  const named = batches.find(({ shape }) => shape?.setting === 'named' && shape.pattern.test(code))
  return named?.stockId ?? null
}

/** The order's other coupons reduce what is left of its total. */
function checkThreshold(
  { screen }: PlayedShop,
  { presented, till, at }: ShownVerdict,
  coupon: ModelCoupon,
): string[] {
  const { totalFen } = presented
  const seen = screen.counters.findLast((entry) => entry.till === till && entry.at <= at)
  const deductedFen = seen?.view.order?.deductedFen ?? 0
  const { kind, thresholdFen } = coupon.batch
  // Nothing can be deducted from nothing, but goods can still be exchanged for their price.
  const leastFen = Math.max(thresholdFen ?? 0, kind === 'EXCHANGE' ? 0 : 1)
  const isEnough = totalFen !== null && totalFen - deductedFen >= leastFen
  return isEnough ? ['although the order is worth it'] : []
}

/** Checks that another till did redeem the coupon. */
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

/** Checks that another till told to give the discount before. */
function checkHonouredElsewhere(shop: PlayedShop, { till, at, payload }: ShownVerdict): string[] {
  const codes = codesInFiles(shop)
  const isGiven = shop.screen.counters.some(
    (seen) =>
      seen.till !== till &&
      seen.at <= at &&
      [seen.view.shown, ...seen.view.others].some((shown) => {
        const { instruction, redemption } = shown?.verdict ?? {}
        const code = redemption && codes.get(redemption.useRequestNo)
        return instruction === 'give' && code?.startsWith(`${payload} `)
      }),
  )
  return isGiven ? [] : ['although no other till gave the discount']
}

/** Checks that what this till remembers is true by the ledger, or by the person who decided it. */
function checkRecall(
  { gateway, decisions }: PlayedShop,
  { verdict, at }: ShownVerdict,
  coupon: ModelCoupon | undefined,
): string[] {
  const { useRequestNo = '', state } = verdict.redemption ?? {}
  const decision = decisions.of(useRequestNo)
  if (state === 'resolved' && decision)
    return decision.how === 'loss' ? ['although a person had said that it was not'] : []
  // A person who confirmed it without looking at the ledger is believed.
  if (decision?.isTrue === false) return []
  const isBooked = gateway.effects.some(
    (effect) => coupon !== undefined && effect.coupon === keyOf(coupon) && effect.at <= at,
  )
  return isBooked ? [] : ['although nobody redeemed it']
}

/** Checks what a refusal by WeChat Pay is based on, whether it came at once or turned a panel red later. */
export function checkRefusal(
  shop: PlayedShop,
  { verdict, at, till }: Pick<ShownVerdict, 'verdict' | 'at' | 'till'>,
  coupon: ModelCoupon | undefined,
): string[] {
  const { useRequestNo = '', state } = verdict.redemption ?? {}
  const { gateway } = shop
  const isReturned = gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
  // A till that lost the refusal with its records may have sent the request again since, to a coupon that had become valid.
  const isForgetful = shop.tills.some(({ id, hasLostTime }) => id === till && hasLostTime)
  const effect =
    !isReturned &&
    gateway.effects.find(
      (entry) => entry.useRequestNo === useRequestNo && !(isForgetful && entry.at > at),
    )
  if (effect && state !== 'review' && !bookedButClosable(shop).has(useRequestNo))
    return [`although ${useRequestNo} was booked`]
  const refusal = gateway.arrivals.findLast(
    (arrival) =>
      arrival.useRequestNo === useRequestNo &&
      arrival.answer !== 'used' &&
      arrival.wasProcessed &&
      arrival.at <= at,
  )
  // A redemption that was returned is not ours any more, which a till restored to an earlier state learns from a query.
  if (!refusal)
    return isReturned || isOwnFault(shop, useRequestNo)
      ? []
      : [`although nobody refused ${useRequestNo}`]
  const isOfDates = verdict.reason === 'outside-validity' && coupon?.condition === 'valid'
  if (!isOfDates) return []
  // Validity is judged when the request arrives, or at the scan time that it names, not when the panel is read again
  // later.
  const named = Date.parse(/"use_time":"([^"]+)"/.exec(refusal.body)?.[1] ?? '')
  const isPlausible = named <= refusal.at && named > refusal.at - longestWaitMs
  const whens = [refusal.at - marginMs, refusal.at + marginMs, ...(isPlausible ? [named] : [])]
  // Recorded under a wrong clock, and perhaps arrived: such a number keeps its bytes, and another scan gets another
  // number.
  const own = shop.tills.find(({ id }) => id === till)
  const wasCut = own?.read((file) => file.wasCut(useRequestNo)) === true
  if (!isPlausible && (wasCut || (gateway.openFates.get(useRequestNo) ?? 0) > 0)) return []
  const isValid = coupon.taken === null && whens.every((when) => isInTime(coupon, when))
  return isValid ? ['although it was valid'] : []
}

/** No outage of a plan is longer, so that a request that names an earlier time was recorded under a wrong clock. */
const longestWaitMs = 12 * 3_600_000
/** WeChat Pay tolerates a clock, and so a `use_time`, that is five minutes off. */
const marginMs = 6 * 60_000
