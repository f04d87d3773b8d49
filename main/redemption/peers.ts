/**
 * How a coupon stands at another till of the shop. `honoured`: given without a reply of WeChat Pay's. `returned`: the customer has
 * it again, because it was returned, cancelled or refused there.
 */
export type PeerState = 'honoured' | 'redeemed' | 'returned'

/** What another till of the shop told of a coupon. */
export interface PeerRedemption {
  readonly couponCode: string
  /** The batch of a merchant's own code, which is unique only within its batch; `null` for a code that WeChat Pay issued. */
  readonly stockId: string | null
  readonly tillId: string
  readonly useRequestNo: string
  /** By the other till's clock, epoch milliseconds. */
  readonly at: number
  readonly state: PeerState
}

/** What other tills of the shop told. */
export interface Peers {
  /** On the disk when it returns, in one transaction. The same news again, or older news of the same number, changes nothing. */
  save(told: readonly PeerRedemption[]): void
  /** Returns the till that gave the discount for this coupon, as far as told; `null` where none has it now. */
  find(couponCode: string, stockId: string | null): PeerRedemption | null
  /** Returns everything that was told of it. */
  all(couponCode: string, stockId: string | null): PeerRedemption[]
}

/** Of all that was told of a coupon, what decides: what WeChat Pay redeemed, else what was honoured, the last of them. */
export function standingOf(told: readonly PeerRedemption[]): PeerRedemption | null {
  const having = told.filter(({ state }) => state !== 'returned')
  const redeemed = having.filter(({ state }) => state === 'redeemed')
  return (redeemed.length > 0 ? redeemed : having).toSorted((a, b) => b.at - a.at)[0] ?? null
}
