import { Buffer } from 'node:buffer'
import { z } from 'zod'
import { type Result, err, ok } from '../../main/contract/result.ts'
import { formatUseTime } from '../../main/redemption/use-request.ts'

/*
 * The bodies of the calls that change something. A body is built once, recorded, and sent unchanged each time: a replay
 * under the same number must not differ by one byte. Lengths are those of the API document.
 */

/** Merchants' own codes: digits, letters, blank and `-_\/=|`. (docs/wechat-pay.md) */
const CouponCode = z.string().regex(/^[0-9A-Za-z \-_\\/=|]{1,32}$/)
/** The documents differ on request numbers; this is allowed by all of them. */
const RequestNo = z.string().regex(/^[0-9A-Za-z_-]{6,32}$/)
const StockId = z.string().regex(/^\w{1,20}$/)
const text = (max: number) => z.string().min(1).max(max)

const UseCoupon = z.strictObject({
  couponCode: CouponCode,
  /** Required where the merchant's own codes are used (MERCHANT_API, MERCHANT_UPLOAD). */
  stockId: StockId.optional(),
  appid: text(32),
  /** Epoch milliseconds, up to the year 9999. */
  useTime: z.int().nonnegative().max(253_402_271_999_999),
  useRequestNo: RequestNo,
  /** The coupon's owner under `appid`; WeChat Pay then refuses anybody else's coupon. */
  openid: text(128).optional(),
  outTradeNo: text(128).optional(),
  /** The merchant of that order. */
  orderMerchantId: text(32).optional(),
  transactionId: text(64).optional(),
})
export type UseCoupon = z.input<typeof UseCoupon>

const ReturnCoupon = z.strictObject({
  couponCode: CouponCode,
  stockId: StockId,
  returnRequestNo: RequestNo,
})
export type ReturnCoupon = z.input<typeof ReturnCoupon>

/** A field that WeChat Pay would refuse. */
export interface FieldFault {
  readonly code: 'field-refused'
  /** The name of the field in the input. */
  readonly field: string
}

/** The body of `coupons/use`. */
export function encodeUseCoupon(of: UseCoupon): Result<Uint8Array, FieldFault> {
  const parsed = UseCoupon.safeParse(of)
  if (!parsed.success) return err(fieldFault(parsed.error))
  const use = parsed.data
  return encode({
    coupon_code: use.couponCode,
    stock_id: use.stockId,
    appid: use.appid,
    use_time: formatUseTime(use.useTime),
    use_request_no: use.useRequestNo,
    openid: use.openid,
    out_trade_no: use.outTradeNo,
    mch_id: use.orderMerchantId,
    transaction_id: use.transactionId,
  })
}

/** The body of `coupons/return`. */
export function encodeReturnCoupon(of: ReturnCoupon): Result<Uint8Array, FieldFault> {
  const parsed = ReturnCoupon.safeParse(of)
  if (!parsed.success) return err(fieldFault(parsed.error))
  const { couponCode, stockId, returnRequestNo } = parsed.data
  return encode({
    coupon_code: couponCode,
    stock_id: stockId,
    return_request_no: returnRequestNo,
  })
}

/** Fields without a value are left out: WeChat Pay refuses empty ones. */
function encode(body: Readonly<Record<string, string | undefined>>): Result<Uint8Array, never> {
  return ok(Buffer.from(JSON.stringify(body), 'utf8'))
}

function fieldFault(error: z.ZodError): FieldFault {
  return { code: 'field-refused', field: error.issues[0]?.path.join('.') ?? '' }
}
