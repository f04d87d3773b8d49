import type { Till } from '../redemption/till.ts'

/** So long a POS waits for a sum; then it is told that the sum is not known. */
const patienceMs = 1500

/**
 * Resolves once `isPriced`, or after some time. The till learns what a batch is worth with its first coupon, a moment after
 * the coupon was redeemed.
 */
export async function whenPriced(
  till: Pick<Till, 'onCounter'>,
  isPriced: () => boolean,
): Promise<void> {
  if (isPriced()) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, patienceMs)
  const stop = till.onCounter(() => {
    if (isPriced()) resolve()
  })
  await promise
  clearTimeout(timer)
  stop()
}
