import { z } from 'zod'
import { type ApiReply, beijingTime, apiError, success } from './api-reply.ts'
import { foreignCoupon, notFound, paramError } from './coupon-errors.ts'
import { sha256 } from './request-check.ts'
import { type Call, parseJson } from './use-coupon.ts'
import { findCoupon, findStock } from './world.ts'

const ReturnRequest = z.object({
  coupon_code: z.string().min(1).max(32),
  stock_id: z.string().min(1).max(20),
  return_request_no: z.string().min(1).max(128),
})

/** `POST coupons/return`: makes a redeemed coupon usable again. Books the effect once for each request number. */
export function returnCoupon({ world, behaviour, merchant, body, now }: Call): ApiReply {
  const parsed = ReturnRequest.safeParse(parseJson(body))
  if (!parsed.success) return paramError(parsed.error)
  const request = parsed.data
  const { effects } = world.ledger
  const first = effects.find(
    (effect) =>
      effect.kind === 'return' &&
      effect.mchid === merchant.mchid &&
      effect.useRequestNo === request.return_request_no,
  )
  if (first !== undefined) {
    first.replays += 1
    const isSame = first.code === request.coupon_code && behaviour.replayReturn === 'first-result'
    return isSame ? returnedReply(first.at) : notRedeemed()
  }
  const coupon = findCoupon(world, request.coupon_code)
  const stock = coupon && findStock(world, coupon.stockId)
  if (coupon === null || stock === null || stock.stockId !== request.stock_id) return notFound()
  if (stock.mchid !== merchant.mchid) return foreignCoupon(behaviour)
  if (coupon.state !== 'USED' || coupon.use === null) return notRedeemed()
  const { returnWithinMs } = behaviour
  if (returnWithinMs !== null && now - coupon.use.at > returnWithinMs) {
    return apiError(403, 'RULE_LIMIT', '超过可退券时间')
  }

  coupon.state = 'SENDED'
  coupon.use = null
  coupon.returned = { requestNo: request.return_request_no, at: now }
  const bodySha256 = sha256(body)
  effects.push({
    kind: 'return',
    code: coupon.code,
    stockId: coupon.stockId,
    mchid: merchant.mchid,
    useRequestNo: request.return_request_no,
    at: now,
    bodySha256,
    timelessSha256: bodySha256,
    replays: 0,
  })
  return returnedReply(now)
}

function returnedReply(at: number): ApiReply {
  return success({ wechatpay_return_time: beijingTime(at) })
}

function notRedeemed(): ApiReply {
  return apiError(400, 'INVALID_REQUEST', '券状态不是已核销，不能退券')
}
