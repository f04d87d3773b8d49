import { z } from 'zod'

/*
 * WeChat Pay's replies, as far as this till reads them, under the API's own names (as in its Go SDK). Extra keys and
 * unknown enum values are accepted, because WeChat Pay adds them without notice. A missing field and `null` mean the
 * same.
 */

/*
 * A field that is not essential becomes `null` when its shape is unexpected, so that the rest of the reply can still be
 * read.
 */
const text = z.string().nullish().catch(null)
/** A number that cannot be negative; older samples have it as a string. */
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

/** One entry of that list. Parsed one by one, so that a strange entry does not spoil the others. */
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
    // Spelt so by WeChat Pay. Where it holds anything, the days and hours of the week are not the whole rule.
    irregulary_avaliable_time: z.unknown().optional(),
  }),
  // Each becomes `null` as a whole: a price is not to be trusted when its threshold is not understood.
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
