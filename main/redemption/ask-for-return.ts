import type { Redemption } from './redemption.ts'
import { createReturnBody } from './use-request.ts'

/**
 * What changes when a coupon is to be returned: `coupons/return` goes out through the outbox under a number of its
 * own, with the same bytes each time. Reason and time of the redemption stay, for it stands until the return is confirmed.
 */
export function askForReturn(
  { couponCode }: Redemption,
  of: { readonly stockId: string; readonly returnRequestNo: string; readonly at: number },
): Partial<Redemption> {
  const { stockId, returnRequestNo, at } = of
  const body = createReturnBody({ couponCode, stockId, returnRequestNo })
  return {
    state: 'returning',
    stockId,
    couponReturn: { returnRequestNo, body, reason: null, refusedAt: null },
    undecidedAttempts: 0,
    waitedMs: 0,
    uncertain: false,
    nextAttemptAt: at,
  }
}
