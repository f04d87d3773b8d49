import type { Redemption } from './redemption.ts'
import { createReturnBody } from './use-request.ts'

/**
 * Returns the change that starts a return: the outbox then sends `coupons/return` under a number of its own, with the
 * same bytes each time. The redemption keeps its own reason and time, because it stands until the return is confirmed.
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
