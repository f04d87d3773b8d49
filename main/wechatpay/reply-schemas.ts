import { z } from 'zod'

/*
 * What WeChat Pay's replies hold, as far as this till reads them (as in the models of its own Go SDK). Field names are the API's.
 * Extra keys and unknown enum values pass: they are added upstream without notice. `null` and absent are the same.
 */

const text = z.string().nullish()
/** Numbers appear as strings in older samples. None is ever negative. */
const count = z
  .union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .nullish()

export const CertificatesReply = z.looseObject({
  data: z.array(
    z.looseObject({
      serial_no: z.string(),
      encrypt_certificate: z.looseObject({
        algorithm: z.string(),
        nonce: z.string(),
        associated_data: z.string().nullish(),
        ciphertext: z.string(),
      }),
    }),
  ),
})

const CouponUseRule = z.looseObject({
  coupon_available_time: z
    .looseObject({
      available_begin_time: text,
      available_end_time: text,
      available_week: z
        .looseObject({
          week_day: z.array(count).nullish(),
          available_day_time: z
            .array(z.looseObject({ begin_time: count, end_time: count }))
            .nullish(),
        })
        .nullish(),
      // Spelt so by WeChat Pay.
      irregulary_avaliable_time: z.array(z.unknown()).nullish(),
    })
    .nullish(),
  fixed_normal_coupon: z
    .looseObject({ discount_amount: count, transaction_minimum: count })
    .nullish(),
  discount_coupon: z.looseObject({ discount_percent: count, transaction_minimum: count }).nullish(),
  exchange_coupon: z.looseObject({ exchange_price: count, transaction_minimum: count }).nullish(),
})
export type CouponUseRule = z.infer<typeof CouponUseRule>

export const StockReply = z.looseObject({
  stock_id: z.string().min(1),
  stock_name: text,
  stock_type: text,
  stock_state: text,
  goods_name: text,
  coupon_code_mode: text,
  coupon_use_rule: CouponUseRule.nullish(),
})
export type StockReply = z.infer<typeof StockReply>

export const CouponReply = z.looseObject({
  coupon_state: z.string().min(1),
  coupon_code: text,
  stock_id: text,
  stock_name: text,
  stock_type: text,
  goods_name: text,
  use_request_no: text,
  use_time: text,
  available_start_time: text,
  expire_time: text,
  return_request_no: text,
  return_time: text,
  coupon_use_rule: CouponUseRule.nullish(),
})
export type CouponReply = z.infer<typeof CouponReply>

export const UserCouponsReply = z.looseObject({
  data: z.array(CouponReply).nullish(),
  total_count: count,
})
export type UserCouponsReply = z.infer<typeof UserCouponsReply>

export const PrestoredCodeReply = z.looseObject({
  code_information: z.looseObject({ code: text, code_status: z.string(), openid: text }),
  coupon_information: CouponReply.nullish(),
})
export type PrestoredCodeReply = z.infer<typeof PrestoredCodeReply>
