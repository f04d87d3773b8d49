import { bookedButClosable } from './check-closed.ts'
import { isOwnFault } from './check-own-fault.ts'
import { keyOf } from './model-coupons.ts'
import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

/** Checks the state of each redemption in a file against the ledger. */
export function checkRows(
  shop: PlayedShop,
  till: SimulatedTill,
  rows: readonly RowInFile[],
): string[] {
  const found: string[] = []
  for (const { useRequestNo, state, attempts, honoured, reason, body } of rows) {
    if (body === null && isOpen.has(state)) found.push(`${useRequestNo} is erased and ${state}`)
    // A person decided it without looking.
    const isWronged = shop.decisions.of(useRequestNo)?.isTrue === false
    // One request that got its reply: a person has nothing to decide, unless the discount was given.
    const isStopped = stopped.has(reason ?? '')
    const isDecided = attempts === 1 && !honoured && !isStopped && !till.hasLostTime
    if (state === 'review' && isDecided && !mayBeEarlierAttempts(shop, till, rows, useRequestNo))
      found.push(`${useRequestNo} is in review needlessly`)
    if (state === 'refused' && honoured)
      found.push(`${useRequestNo} is a loss that no person was told of`)
    const isBooked = shop.gateway.effects.some((effect) => effect.useRequestNo === useRequestNo)
    const isReturned = shop.gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
    const isOurs = isBooked && !isReturned
    if (state === 'pending' || state === 'returning') found.push(`${useRequestNo} is stuck`)
    if (state === 'redeemed' && !isOurs && !till.hasLostTime && !isWronged)
      found.push(`${useRequestNo} is redeemed only in the file`)
    // Confirmed wrongly and then returned, it undid somebody else's redemption of the coupon.
    const coupon = shop.gateway.couponIn(shop.gateway.bodyOf(useRequestNo))
    const wasAnothers =
      isWronged && shop.gateway.returns.some((entry) => coupon && entry.coupon === keyOf(coupon))
    if (state === 'returned' && !isReturned && !wasAnothers)
      found.push(`${useRequestNo} is returned only in the file`)
    // It may have been returned in lost time, by this till or by the one that handed it over.
    const isForgotten = shop.tills.some(({ hasLostTime }) => hasLostTime)
    const isHeld = isBooked && !(isReturned && isForgotten)
    if (state === 'refused' && isHeld && !bookedButClosable(shop).has(useRequestNo))
      found.push(`${useRequestNo} is refused but was booked`)
    const wasHeard = shop.gateway.arrivals.some(
      (arrival) => arrival.useRequestNo === useRequestNo && arrival.wasProcessed,
    )
    const wasAnswered = shop.gateway.arrivals.some((entry) => entry.useRequestNo === useRequestNo)
    if (state === 'refused' && wasAnswered && !wasHeard && !isOwnFault(shop, useRequestNo))
      found.push(`${useRequestNo} is refused and only the settings were at fault`)
    if (state === 'cancelled' && isBooked) found.push(`${useRequestNo} is cancelled but was booked`)
    // Refused for the wrong time in its bytes, which an earlier attempt had too: it was renewed under another number.
    const isOfItsTime =
      reason === 'clock-wrong' &&
      shop.gateway.arrivals.some(
        (entry) => entry.useRequestNo === useRequestNo && /^RULE_?LIMIT$/.test(entry.answer),
      )
    const isOpenFate = !isOfItsTime && (shop.gateway.openFates.get(useRequestNo) ?? 0) > 0
    // A reply about one attempt does not settle an earlier attempt with an unknown outcome.
    if (state === 'cancelled' && isOpenFate)
      found.push(`${useRequestNo} is cancelled although an attempt of it may have had its effect`)
  }
  return found
}

const isOpen = new Set(['pending', 'returning', 'review'])

/** Taken over and not sent, because the till has or had the coupon under another number. */
const stopped = new Set([
  'redeemed-here-before',
  'being-returned',
  'waiting-here-already',
  'in-review-here',
  'returned-here-before',
])

/**
 * Whether "used by another order" may be caused by an attempt that this row does not count: one under the number that
 * it replaced, or one of the till that handed it over.
 */
function mayBeEarlierAttempts(
  { gateway }: PlayedShop,
  { id }: SimulatedTill,
  rows: readonly RowInFile[],
  useRequestNo: string,
): boolean {
  if (!useRequestNo.startsWith(`${id}-`)) return true
  const couponOf = (number: string) => /"coupon_code":"([^"]+)"/.exec(gateway.bodyOf(number))?.[1]
  return rows.some(
    (row) =>
      row.reason === 'clock-wrong' &&
      row.attempts > 1 &&
      couponOf(row.useRequestNo) === couponOf(useRequestNo),
  )
}
