import type { CouponFacts } from '../../main/redemption/gateway.ts'
import { isBatchOpen } from './model-batches.ts'
import type { Plan } from './plan.ts'
import type { PlannedBatch } from './plan/batches.ts'
import type { PlannedCoupon } from './plan/coupons.ts'
import { startsAt } from './plan/time.ts'

export interface ModelCoupon extends PlannedCoupon {
  readonly batch: PlannedBatch
  readonly openid: string
  /** The coupon's own validity, within the batch's. */
  readonly from: number
  readonly until: number
  /** `useRequestNo` of the redemption that holds the coupon; `elsewhere` when it is none of ours. */
  usedBy: string | null
}

const elsewhere = 'elsewhere'

/** All coupons of the simulation. */
export class ModelCoupons {
  readonly all: readonly ModelCoupon[]
  readonly #byCode = new Map<string, ModelCoupon[]>()

  constructor({ coupons, batches, endsAtMs }: Plan) {
    this.all = coupons.map((coupon, index) => {
      const batch = batches.find(({ stockId }) => stockId === coupon.stockId)
      if (!batch) throw new Error(`the plan names batch ${coupon.stockId}`)
      return {
        ...coupon,
        batch,
        openid: `openid-${index}`,
        from: coupon.condition === 'not-yet-valid' ? startsAt + endsAtMs / 2 : 0,
        until: coupon.condition === 'expired' ? startsAt - 1 : startsAt + coupon.validForMs,
        usedBy: coupon.condition === 'used' ? elsewhere : null,
      }
    })
    for (const coupon of this.all)
      this.#byCode.set(coupon.code, [...(this.#byCode.get(coupon.code) ?? []), coupon])
  }

  /** Finds the coupon that a request names; WeChat Pay's own codes are unique without a batch. */
  find(code: string, stockId: string | null): ModelCoupon | undefined {
    const alike = this.#byCode.get(code) ?? []
    return alike.find(({ batch }) =>
      stockId === null ? batch.codes === 'issued' : batch.stockId === stockId,
    )
  }

  /** Finds the coupon that a customer presents: in the batch named, or in any. `undefined` for what is no coupon. */
  presented(code: string, stockId: string | null): ModelCoupon | undefined {
    return this.find(code, stockId) ?? this.#byCode.get(code)?.[0]
  }

  /** Whether two batches have this code. */
  isTwin(code: string): boolean {
    return (this.#byCode.get(code)?.length ?? 0) > 1
  }

  ofUser(code: string, openid: string): ModelCoupon | undefined {
    return this.#byCode.get(code)?.find((coupon) => coupon.openid === openid)
  }
}

/** Returns a unique name of the coupon, since codes are unique only within their batch. */
export function keyOf({ code, stockId }: { code: string; stockId: string | null }): string {
  return `${stockId ?? 'no batch'} ${code}`
}

/** Whether the coupon is valid at this instant, by its dates and its batch's dates and hours. */
export function isInTime(coupon: ModelCoupon, at: number): boolean {
  return at >= coupon.from && at <= coupon.until && isBatchOpen(coupon.batch, at)
}

export function isTaken({ taken }: ModelCoupon, at: number): boolean {
  return taken !== null && at >= startsAt + taken.atMs
}

/** Returns the coupon's facts as a query does. */
export function factsOf(
  coupon: ModelCoupon,
  at: number,
  returnRequestNo: string | null,
): CouponFacts {
  const { usedBy, stockId } = coupon
  const state = isTaken(coupon, at) ? coupon.taken?.how : undefined
  const unused = at > coupon.until ? 'EXPIRED' : 'SENDED'
  return {
    state: state ?? (usedBy === null ? unused : 'USED'),
    useRequestNo: usedBy,
    stockId,
    returnRequestNo,
    openid: null,
  }
}
