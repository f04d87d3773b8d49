import type { CouponFacts } from '../../main/redemption/gateway.ts'

/** Makes what a query says about a coupon: what is given, and otherwise a used coupon about which nothing else is said. */
export function factsWith(given: Partial<CouponFacts> = {}): CouponFacts {
  return {
    state: 'USED',
    useRequestNo: null,
    returnRequestNo: null,
    stockId: null,
    openid: null,
    ...given,
  }
}
