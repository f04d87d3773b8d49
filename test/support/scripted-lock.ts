import type { Claim, ClaimResult, ShopLock } from '../../main/redemption/shop-lock.ts'

/** A shop's lock whose answers the test gives. */
export class ScriptedLock implements ShopLock {
  readonly claims: Claim[] = []
  readonly releases: Claim[] = []
  answer: (claim: Claim) => ClaimResult | Promise<ClaimResult> = () => ({ outcome: 'won' })

  claim(claim: Claim): Promise<ClaimResult> {
    this.claims.push(claim)
    return Promise.resolve(this.answer(claim))
  }

  release(claim: Claim): void {
    this.releases.push(claim)
  }
}

/** The answer that till T3 has the coupon, under `useRequestNo`. */
export function lostTo(useRequestNo: string, at: number): ClaimResult {
  return { outcome: 'lost', tillId: 'T3', useRequestNo, at }
}

export const unanswered: ClaimResult = { outcome: 'unanswered' }
/** A server that never answers. */
export const never = (): Promise<ClaimResult> => new Promise(() => undefined)
