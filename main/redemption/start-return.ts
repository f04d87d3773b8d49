import { err, ok, type Result } from '../contract/result.ts'
import type { Clock, Random } from './ports.ts'
import type { Redemption } from './redemption.ts'
import { createRequestNumber, createReturnBody } from './use-request.ts'

/** Why a redemption cannot be returned. */
export type NoReturn =
  /** Erased after its time: of the code only the end is left, which names no coupon. */
  | 'erased'
  /** A return names the batch, and this one's is not known. */
  | 'stock-unknown'

/** What a redemption becomes when its return is begun: the request is fixed now, and the outbox sends it. */
export function startReturn(
  { couponCode, stockId, body: sent }: Redemption,
  parts: { readonly tillId: string; readonly clock: Clock; readonly random: Random },
): Result<Partial<Redemption> & { readonly state: 'returning' }, NoReturn> {
  if (sent.length === 0) return err('erased')
  if (stockId === null) return err('stock-unknown')
  const returnRequestNo = createRequestNumber(parts.tillId, parts.clock, parts.random)
  return ok({
    state: 'returning',
    giveBack: {
      returnRequestNo,
      body: createReturnBody({ couponCode, stockId, returnRequestNo }),
    },
    spent: 0,
    waitedMs: 0,
    uncertain: false,
    settledAt: null,
    nextAttemptAt: parts.clock(),
  })
}
