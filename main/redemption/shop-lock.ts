import type { Redemption } from './redemption.ts'
import { stockIn } from './sent-request.ts'

/** A coupon among the tills of one shop. */
export interface CouponKey {
  readonly couponCode: string
  /** The batch of a merchant's own code, which is unique only within its batch; `null` for a code that WeChat Pay issued. */
  readonly stockId: string | null
}

/** One till's claim on a coupon. Its `useRequestNo` is its identity: it is recorded in the till's file before it is made. */
export interface Claim extends CouponKey {
  readonly useRequestNo: string
  /** When the coupon was recorded at this till, epoch milliseconds. */
  readonly at: number
}

export type ClaimResult =
  /** No other till of the shop has it, and none gets it until it is released. */
  | { readonly outcome: 'won' }
  /** Who has it, and since when by their clock, epoch milliseconds. It may be this till's own, under another number. */
  | {
      readonly outcome: 'lost'
      readonly tillId: string
      readonly useRequestNo: string
      readonly at: number
    }
  /** Not known: the claim may land later. */
  | { readonly outcome: 'unanswered' }

/**
 * The shop's one lock on each coupon. WeChat Pay decides wherever it can be reached; the lock says only whether another till of
 * this shop has the coupon.
 */
export interface ShopLock {
  /**
   * Never rejects; resolves within its own deadline. The same `useRequestNo` is the same claim, also after a restart and from
   * another till that it was handed over to: it is won again. It may be called again while a call is under way.
   */
  claim(claim: Claim): Promise<ClaimResult>
  /**
   * The claim's redemption was cancelled, returned or refused: another till may have the coupon. Durable: forgotten only when the
   * server has acknowledged. A claim that this till does not hold is left alone.
   */
  release(claim: Claim): void
}

/** Returns the claim of a recorded redemption; `null` once its code was erased. */
export function claimOf({ couponCode, body, useRequestNo, recordedAt }: Redemption): Claim | null {
  if (body.length === 0) return null
  return { couponCode, stockId: stockIn(body), useRequestNo, at: recordedAt }
}
