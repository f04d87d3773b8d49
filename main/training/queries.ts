import { type ApiReply, beijingTime, success } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import { foreignCoupon, notFound, paramError } from './coupon-errors.ts'
import {
  type Coupon,
  type Merchant,
  type Stock,
  type World,
  findCoupon,
  findStock,
} from './world.ts'

/** An authenticated request, and what is needed to reply to it. `now` is in epoch milliseconds. */
export interface Query {
  readonly world: World
  readonly behaviour: Behaviour
  readonly merchant: Merchant
  readonly now: number
}

/** `GET users/{openid}/coupons/{code}/appids/{appid}`. */
export function queryCoupon(query: Query, openid: string, code: string, appid: string): ApiReply {
  const { world, merchant, behaviour, now } = query
  if (appid !== merchant.appid) return paramError('appid', appid)
  const coupon = findCoupon(world, code)
  const stock = coupon && findStock(world, coupon.stockId)
  if (coupon === null || stock === null || coupon.openid !== openid) return notFound()
  if (stock.mchid !== merchant.mchid) return foreignCoupon(behaviour)
  return success(couponEntity(coupon, stock, now))
}

/** `GET stocks/{id}/couponcodes/{code}`: the state of a code that the merchant uploaded, whoever its user is. */
export function queryPrestoredCode(query: Query, stockId: string, code: string): ApiReply {
  const { world, merchant, behaviour, now } = query
  const stock = findStock(world, stockId)
  const coupon = findCoupon(world, code)
  if (stock === null || coupon === null || coupon.stockId !== stockId) return notFound()
  if (stock.mchid !== merchant.mchid) return foreignCoupon(behaviour)
  if (stock.codeMode !== 'MERCHANT_UPLOAD') return paramError('stock_id', stockId)
  const isDispatched = coupon.openid !== ''
  const information = {
    code,
    code_status: isDispatched ? 'DISPATCHED' : 'AVAILABLE',
    upload_time: beijingTime(coupon.receivedAt),
  }
  if (!isDispatched) return success({ code_information: information })
  return success({
    code_information: { ...information, openid: coupon.openid },
    coupon_information: couponEntity(coupon, stock, now),
  })
}

/** `GET stocks/{id}`: a batch of coupons. */
export function queryStock(query: Query, stockId: string): ApiReply {
  const stock = findStock(query.world, stockId)
  if (stock === null) return notFound()
  if (stock.mchid !== query.merchant.mchid) return foreignCoupon(query.behaviour)
  return success({
    stock_id: stock.stockId,
    stock_name: stock.name,
    belong_merchant: stock.mchid,
    goods_name: stock.goodsName,
    stock_type: stock.kind,
    stock_state: 'RUNNING',
    coupon_code_mode: stock.codeMode,
    coupon_use_rule: useRule(stock),
  })
}

/** A coupon as WeChat Pay's replies describe it. */
type CouponEntity = Readonly<Record<string, unknown>> & { readonly coupon_state: string }

function couponEntity(coupon: Coupon, stock: Stock, now: number): CouponEntity {
  const isExpired = coupon.state === 'SENDED' && now > coupon.availableUntil
  return {
    belong_merchant: stock.mchid,
    stock_name: stock.name,
    goods_name: stock.goodsName,
    stock_type: stock.kind,
    transferable: false,
    coupon_state: isExpired ? 'EXPIRED' : coupon.state,
    coupon_use_rule: useRule(stock),
    coupon_code: coupon.code,
    stock_id: stock.stockId,
    available_start_time: beijingTime(coupon.availableFrom),
    expire_time: beijingTime(coupon.availableUntil),
    receive_time: beijingTime(coupon.receivedAt),
    ...(coupon.use && {
      use_request_no: coupon.use.requestNo,
      use_time: beijingTime(coupon.use.at),
    }),
    ...(coupon.returned && {
      return_request_no: coupon.returned.requestNo,
      return_time: beijingTime(coupon.returned.at),
    }),
  }
}

function useRule(stock: Stock): object {
  const rule = {
    coupon_available_time: {
      available_begin_time: beijingTime(stock.availableFrom),
      available_end_time: beijingTime(stock.availableUntil),
      // Real replies spell it like this.
      irregulary_avaliable_time: [],
    },
    use_method: 'OFF_LINE',
  }
  const transaction_minimum = stock.thresholdFen
  const { discountFen, payPercent, exchangePriceFen } = stock
  const byKind = {
    NORMAL: { fixed_normal_coupon: { discount_amount: discountFen, transaction_minimum } },
    DISCOUNT: { discount_coupon: { discount_percent: payPercent, transaction_minimum } },
    EXCHANGE: { exchange_coupon: { exchange_price: exchangePriceFen, transaction_minimum } },
  }
  return { ...rule, ...byKind[stock.kind] }
}
