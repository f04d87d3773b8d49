import { z } from 'zod'

/*
 * What WeChat Pay's replies hold, as far as this till reads them (as in the models of its own Go SDK). Field names are the API's.
 * Extra keys and unknown enum values pass: they are added upstream without notice. `null` and absent are the same.
 */

/*
 * What a redemption or a batch can do without is lost by itself when it has a shape that nobody expected: it takes
 * nothing else with it.
 */
const text = z.string().nullish().catch(null)
/** Numbers appear as strings in older samples. None is ever negative. */
const wholeNumber = z
  .union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .nullish()
const count = wholeNumber.catch(null)

function part<S extends z.ZodRawShape>(shape: S) {
  return z.looseObject(shape).nullish().catch(null)
}

export const CertificatesReply = z.looseObject({ data: z.array(z.unknown()) })

/** One entry of that list: each is read by itself. */
export const SealedCertificate = z.looseObject({
  serial_no: z.string().min(1),
  encrypt_certificate: z.looseObject({
    algorithm: z.string(),
    nonce: z.string(),
    associated_data: z.string().nullish(),
    ciphertext: z.string(),
  }),
})

const CouponUseRule = part({
  coupon_available_time: part({
    available_begin_time: text,
    available_end_time: text,
    available_week: part({
      week_day: z.array(count).nullish(),
      available_day_time: z.array(z.looseObject({ begin_time: count, end_time: count })).nullish(),
    }),
    // Spelt so by WeChat Pay. Whatever it holds, the days and hours of the week are not the whole rule then.
    irregulary_avaliable_time: z.unknown().optional(),
  }),
  // A price whose threshold is not understood is no price: each is lost as a whole.
  fixed_normal_coupon: part({ discount_amount: wholeNumber, transaction_minimum: wholeNumber }),
  discount_coupon: part({ discount_percent: wholeNumber, transaction_minimum: wholeNumber }),
  exchange_coupon: part({ exchange_price: wholeNumber, transaction_minimum: wholeNumber }),
})
export type CouponUseRule = z.infer<typeof CouponUseRule>

export const StockReply = z.looseObject({
  stock_id: z.string().min(1),
  stock_name: text,
  stock_type: text,
  stock_state: text,
  goods_name: text,
  coupon_code_mode: text,
  coupon_use_rule: CouponUseRule,
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
  coupon_use_rule: CouponUseRule,
})
export type CouponReply = z.infer<typeof CouponReply>

export const PrestoredCodeReply = z.looseObject({
  code_information: z.looseObject({ code: text, code_status: z.string(), openid: text }),
  coupon_information: CouponReply.nullish(),
})
export type PrestoredCodeReply = z.infer<typeof PrestoredCodeReply>
