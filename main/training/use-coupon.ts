import { z } from 'zod'
import { type ApiReply, beijingTime, apiError, success } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import {
  alreadyUsed,
  foreignCoupon,
  notFound,
  outsideValidity,
  paramError,
  withdrawnCoupon,
} from './coupon-errors.ts'
import { sha256 } from './request-check.ts'
import { type Coupon, type Merchant, type World, findCoupon, findStock } from './world.ts'

const optional = (max: number) => z.string().max(max).optional()
const UseRequest = z.object({
  coupon_code: z.string().min(1).max(32),
  stock_id: optional(20),
  appid: z.string().min(1).max(32),
  use_time: z.string().min(1).max(32),
  use_request_no: z.string().min(1).max(128),
  openid: optional(128),
  out_trade_no: optional(128),
  mch_id: optional(32),
  transaction_id: optional(64),
})

/** An authenticated request that changes something. `now` is in epoch milliseconds. */
export interface Call {
  readonly world: World
  readonly behaviour: Behaviour
  readonly merchant: Merchant
  readonly body: Uint8Array
  readonly now: number
}

/**
 * `POST coupons/use`: redeems a coupon. Checks in the documented order; books the effect once for each request number.
 */
export function useCoupon(call: Call): ApiReply {
  const { world, behaviour, merchant, now } = call
  const parsed = UseRequest.safeParse(parseJson(call.body))
  if (!parsed.success) return paramError(parsed.error)
  const request = parsed.data
  const useTime = Date.parse(request.use_time)
  if (!isRfc3339(request.use_time)) return paramError('/use_time', request.use_time)
  if (request.use_request_no.length > behaviour.maxUseRequestNo) {
    return paramError('/use_request_no', request.use_request_no)
  }
  if (request.appid !== merchant.appid) {
    return apiError(400, 'APPID_MCHID_NOT_MATCH', 'appid与请求方商户无关联关系')
  }

  const replay = replayOf(call, request.use_request_no, request.coupon_code)
  if (replay !== null && behaviour.checksFirst === 'replay') return replay.reply()

  const coupon = findCoupon(world, request.coupon_code)
  const stock = coupon && findStock(world, coupon.stockId)
  const isOtherStock = request.stock_id !== undefined && request.stock_id !== coupon?.stockId
  if (coupon === null || stock === null || isOtherStock) return notFound()
  if (stock.codeMode !== 'WECHATPAY_MODE' && request.stock_id === undefined) {
    return paramError('/stock_id', '')
  }
  if (stock.mchid !== merchant.mchid) return foreignCoupon(behaviour)
  if (request.openid !== undefined && request.openid !== coupon.openid) {
    return apiError(404, 'USER_NOT_EXISTS', 'openid不正确')
  }
  const at = behaviour.validityBy === 'use-time' ? useTime : now
  const isInTime = coupon.availableFrom <= at && at <= coupon.availableUntil
  if (behaviour.checksFirst === 'validity' && !isInTime) return outsideValidity(behaviour)
  if (replay !== null) return replay.reply()
  if (coupon.state === 'USED') return alreadyUsed(behaviour)
  if (coupon.state !== 'SENDED') return withdrawnCoupon(behaviour)
  if (!isInTime) return outsideValidity(behaviour)

  bookUse(call, coupon, request.use_request_no)
  return usedReply(coupon, now)
}

/** The reply to a request number that was booked before, which never books a second effect; `null` for a new number. */
function replayOf(
  call: Call,
  requestNo: string,
  code: string,
): { readonly reply: () => ApiReply } | null {
  const { world, behaviour, merchant } = call
  const first = world.ledger.effects.find(
    (effect) =>
      effect.kind === 'use' && effect.mchid === merchant.mchid && effect.useRequestNo === requestNo,
  )
  if (first === undefined) return null
  const hashes = bodyHashes(call.body)
  const isSame =
    first.code === code &&
    (behaviour.comparesUseTime
      ? first.bodySha256 === hashes.bodySha256
      : first.timelessSha256 === hashes.timelessSha256)
  return {
    reply() {
      const coupon = findCoupon(world, first.code)
      if (coupon === null) return notFound()
      if (isSame || behaviour.replayOther === 'first-result') {
        first.replays += 1
        const isRepeated = behaviour.replaySame === 'first-result'
        return isRepeated ? usedReply(coupon, first.at) : alreadyUsed(behaviour)
      }
      const apiCode = behaviour.replayOther === 'param-error' ? 'PARAM_ERROR' : 'INVALID_REQUEST'
      return apiError(400, apiCode, '使用了相同单号，但与上次请求的数据不一致')
    },
  }
}

function bookUse(call: Call, coupon: Coupon, requestNo: string): void {
  const { world, merchant, now } = call
  coupon.state = 'USED'
  coupon.use = { mchid: merchant.mchid, requestNo, at: now }
  world.ledger.effects.push({
    kind: 'use',
    code: coupon.code,
    stockId: coupon.stockId,
    mchid: merchant.mchid,
    useRequestNo: requestNo,
    at: now,
    ...bodyHashes(call.body),
    replays: 0,
  })
}

function usedReply(coupon: Coupon, at: number): ApiReply {
  return success({
    stock_id: coupon.stockId,
    openid: coupon.openid,
    wechatpay_use_time: beijingTime(at),
  })
}

/** What two bodies under one number are compared by: all of the body, and all but its time. */
function bodyHashes(body: Uint8Array): { bodySha256: string; timelessSha256: string } {
  const { use_time: _, ...rest } = UseRequest.parse(parseJson(body))
  return {
    bodySha256: sha256(body),
    timelessSha256: sha256(Buffer.from(JSON.stringify(rest))),
  }
}

export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    // Not JSON: the caller's schema refuses it, with the parameter error that WeChat Pay has for it.
    return null
  }
}

/**
 * `yyyy-MM-ddTHH:mm:ss`, milliseconds if any, and a zone. Refuses the malformed samples of WeChat Pay's documents too.
 */
function isRfc3339(text: string): boolean {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{2}:\d{2})$/
  return shape.test(text) && !Number.isNaN(Date.parse(text))
}
