import type { CouponFacts, StockFacts } from '../redemption/gateway.ts'
import type { CouponReply, CouponUseRule, PrestoredCodeReply, StockReply } from './reply-schemas.ts'

export function couponFacts(reply: CouponReply): CouponFacts {
  return {
    state: reply.coupon_state,
    useRequestNo: reply.use_request_no ?? null,
    returnRequestNo: reply.return_request_no ?? null,
    stockId: reply.stock_id ?? null,
    openid: null,
  }
}

/** Before a code is handed to a user it has no coupon, and its own status is returned as the state. */
export function prestoredFacts(reply: PrestoredCodeReply): CouponFacts {
  const { coupon_information: coupon, code_information: code } = reply
  const openid = code.openid === '' ? null : (code.openid ?? null)
  if (coupon) return { ...couponFacts(coupon), openid }
  return {
    state: code.code_status,
    useRequestNo: null,
    returnRequestNo: null,
    stockId: null,
    openid,
  }
}

/**
 * The facts about a batch of coupons (批次), which the API calls a stock. Money in fen, instants in epoch milliseconds.
 */
export function stockFacts(reply: StockReply): StockFacts {
  const rule = reply.coupon_use_rule
  const normal = rule?.fixed_normal_coupon
  const discount = rule?.discount_coupon
  const exchange = rule?.exchange_coupon
  return {
    stockId: reply.stock_id,
    name: reply.stock_name ?? '',
    kind: reply.stock_type ?? '',
    discountFen: normal?.discount_amount ?? null,
    thresholdFen:
      normal?.transaction_minimum ??
      discount?.transaction_minimum ??
      exchange?.transaction_minimum ??
      null,
    payPercent: discount?.discount_percent ?? null,
    exchangePriceFen: exchange?.exchange_price ?? null,
    goodsName: reply.goods_name ?? null,
    couponCodeMode: reply.coupon_code_mode ?? null,
    availableFrom: instant(rule?.coupon_available_time?.available_begin_time),
    availableUntil: instant(rule?.coupon_available_time?.available_end_time),
    weekHours: weekHours(rule?.coupon_available_time),
  }
}

const lastDay = 6
const lastSecond = 86_399

/**
 * The days of the week and the seconds of the day at which a batch is valid. `null` when it always is, and when its rule
 * is not fully understood: the till does not refuse a coupon on a guess.
 */
function weekHours(time: NonNullable<CouponUseRule>['coupon_available_time']) {
  const week = time?.available_week
  const days = week?.week_day ?? []
  const spans = (week?.available_day_time ?? []).map(({ begin_time: from, end_time: to }) => ({
    from: from ?? 0,
    to: to ?? lastSecond,
  }))
  const known = days.filter((day) => day != null).filter((day) => day <= lastDay)
  const isClear = known.length === days.length && spans.every(({ from, to }) => from <= to)
  const others = time?.irregulary_avaliable_time
  const hasOtherTimes = Array.isArray(others) ? others.length > 0 : others != null
  if (known.length === 0 || !isClear || hasOtherTimes) return null
  return { days: known, spans }
}

function instant(text: string | null | undefined): number | null {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? null : ms
}
