import { z } from 'zod'
import type { Answered, CouponFacts } from '../../main/redemption/gateway.ts'
import type { History } from './history.ts'
import type { Plan, PlannedCoupon, SettingsFault, Switches } from './plan.ts'

export interface ModelCoupon extends PlannedCoupon {
  readonly stockId: string
  readonly openid: string
  readonly from: number
  readonly until: number
  /** Number of the redemption that holds the coupon; `elsewhere` when it is none of ours. */
  usedBy: string | null
}

/** One line of the ledger: what was really booked. */
export interface Effect {
  readonly at: number
  readonly code: string
  readonly useRequestNo: string
  readonly till: string
  readonly discountFen: number
}

/** A redemption that was taken back. */
export interface ReturnEffect {
  readonly at: number
  readonly code: string
  readonly returnRequestNo: string
  /** Of the redemption that was taken back. */
  readonly useRequestNo: string
}

export interface Arrival {
  readonly at: number
  readonly till: string
  readonly useRequestNo: string
  readonly code: string
  readonly body: string
  /** What was decided about the coupon, whatever became of the reply. */
  readonly answer: string
}

export const appid = 'wx0123456789abcdef'
const longestClockSkewMs = 5 * 60 * 1000
const elsewhere = 'elsewhere'

/** The one batch of codes that were uploaded. */
export const uploadedStock = 'stock-up'
export const uploadedShape = /UP\d{10}/

const UseRequest = z.strictObject({
  coupon_code: z.string(),
  stock_id: z.string().optional(),
  appid: z.literal(appid),
  use_time: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/),
  use_request_no: z.string().regex(/^[0-9A-Za-z_-]{6,32}$/),
})

const ReturnRequest = z.strictObject({
  coupon_code: z.string(),
  stock_id: z.string(),
  return_request_no: z.string().regex(/^[0-9A-Za-z_-]{6,32}$/),
})

/** Refused for the settings, or for what looks like them: the coupon is as it was. */
export const notProcessed = new Set([
  'SIGN_ERROR',
  'NOAUTH',
  'NO_AUTH',
  'APPID_MCHID_NOT_MATCH',
  'MCH_NOT_EXISTS',
  'INVALID_REQUEST',
  'PARAM_ERROR',
  'NO_BODY',
])
/** Of these, the ones that do not say whether they mean the coupon or the settings. */
export const doubtful = new Set(['NOAUTH', 'NO_AUTH', 'PARAM_ERROR', 'NO_BODY'])

/** WeChat Pay as the documents describe it, with a ledger that nobody else writes: the simulation's truth. */
export class ModelGateway {
  readonly effects: Effect[] = []
  readonly returns: ReturnEffect[] = []
  readonly arrivals: Arrival[] = []
  /** Requests of each number that may have had an effect, by what its till was told. */
  readonly openFates = new Map<string, number>()
  readonly coupons: ReadonlyMap<string, ModelCoupon>
  /** Set while the merchant's settings are broken. */
  settingsFault: SettingsFault | null = null
  readonly #now: () => number
  readonly #switches: Switches
  readonly #history: History
  readonly #onViolation: (what: string) => void

  constructor(
    plan: Plan,
    now: () => number,
    history: History,
    onViolation: (what: string) => void,
  ) {
    this.#onViolation = onViolation
    this.#now = now
    this.#switches = plan.switches
    this.#history = history
    const startsAt = now()
    const soon = startsAt + plan.endsAtMs / 2
    this.coupons = new Map(
      plan.coupons.map((coupon, index) => [
        coupon.code,
        {
          ...coupon,
          stockId: coupon.uploaded ? uploadedStock : `stock-${index}`,
          openid: `openid-${index}`,
          from: coupon.condition === 'not-yet-valid' ? soon : 0,
          until: coupon.condition === 'expired' ? startsAt - 1 : startsAt + coupon.validForMs,
          usedBy: coupon.condition === 'used' ? elsewhere : null,
        },
      ]),
    )
  }

  /** `coupons/use` as it arrives; `tillTime` is what the till's clock says in its signature. */
  use(till: string, tillTime: number, bytes: Uint8Array): Answered {
    const body = new TextDecoder().decode(bytes)
    const request = UseRequest.safeParse(JSON.parse(body))
    if (!request.success) {
      this.#onViolation(`a request that WeChat Pay would not take: ${body}`)
      return answered(400, { code: 'PARAM_ERROR' })
    }
    const { coupon_code: code, use_request_no: useRequestNo, use_time: useTime } = request.data
    if (this.coupons.get(code)?.uploaded === true && request.data.stock_id !== uploadedStock) {
      this.#onViolation(`a merchant's own code without its batch: ${body}`)
      return answered(400, { code: 'PARAM_ERROR' })
    }
    const decided = this.#decide(till, tillTime, { code, useRequestNo, body, useTime })
    const answer = decided.status === 200 ? 'used' : errorCodeOf(decided)
    const reply = this.#signed(decided)
    this.arrivals.push({ at: this.#now(), till, useRequestNo, code, body, answer })
    this.#history.add('gateway', `${useRequestNo} of ${till} for …${code.slice(-4)}: ${answer}`)
    return reply
  }

  /** `coupons/return` as it arrives. */
  takeBack(till: string, tillTime: number, bytes: Uint8Array): Answered {
    const request = ReturnRequest.parse(JSON.parse(new TextDecoder().decode(bytes)))
    const { coupon_code: code, return_request_no: returnRequestNo } = request
    const reply = this.#signed(this.#settingsError(tillTime) ?? this.#takeBack(request))
    const answer = reply.status === 200 ? 'returned' : errorCodeOf(reply)
    this.#history.add(
      'gateway',
      `${returnRequestNo} of ${till} gives back …${code.slice(-4)}: ${answer}`,
    )
    return reply
  }

  #takeBack(of: z.infer<typeof ReturnRequest>): Answered {
    const { coupon_code: code, return_request_no: returnRequestNo } = of
    const coupon = this.coupons.get(code)
    if (!coupon || coupon.stockId !== of.stock_id)
      return this.#error(404, 'RESOURCE_NOT_EXISTS', '券不存在')
    const done = this.returns.find((entry) => entry.returnRequestNo === returnRequestNo)
    if (done && this.#switches.replaySame === 'first-result') return returned(done.at)
    if (done || coupon.usedBy === null)
      return this.#error(400, 'INVALID_REQUEST', '券状态不是已核销')
    const at = this.#now()
    this.returns.push({ at, code, returnRequestNo, useRequestNo: coupon.usedBy })
    coupon.usedBy = null
    return returned(at)
  }

  /** Who holds a coupon, as a query tells it. */
  facts(code: string): CouponFacts {
    const coupon = this.coupons.get(code)
    const usedBy = coupon?.usedBy ?? null
    const back = this.returns.findLast((entry) => entry.code === code)
    return {
      state: usedBy === null ? 'SENDED' : 'USED',
      useRequestNo: usedBy,
      usedAt: null,
      ...(coupon && { stockId: coupon.stockId }),
      ...(back && { returnRequestNo: back.returnRequestNo }),
    }
  }

  #decide(
    till: string,
    tillTime: number,
    of: { code: string; useRequestNo: string; body: string; useTime: string },
  ): Answered {
    const { code, useRequestNo } = of
    const setting = this.#settingsError(tillTime)
    if (setting) return setting
    const now = this.#now()
    const earlier = this.arrivals.find((arrival) => arrival.useRequestNo === useRequestNo)
    if (earlier && earlier.body !== of.body)
      return this.#error(400, 'PARAM_ERROR', '使用了相同单号，但与上次请求的数据不一致')
    const coupon = this.coupons.get(code)
    if (!coupon || coupon.condition === 'unknown')
      return this.#error(404, 'RESOURCE_NOT_EXISTS', '券不存在')
    if (coupon.condition === 'broken') return this.#error(500, 'SYSTEM_ERROR', '系统错误')
    if (coupon.condition === 'foreign')
      return this.#error(403, this.#switches.underscored ? 'NO_AUTH' : 'NOAUTH', '没有权限')
    if (coupon.condition === 'odd') return this.#error(400, 'PARAM_ERROR', '参数错误')
    if (coupon.condition === 'mismatched')
      return this.#error(400, 'APPID_MCHID_NOT_MATCH', '商户号与AppID不匹配')
    const booked = this.effects.find((effect) => effect.useRequestNo === useRequestNo)
    if (booked && this.#switches.replaySame === 'first-result') return this.#used(coupon, booked.at)
    // Booked once and given back since: the number is used up.
    if (coupon.usedBy !== null || booked)
      return this.#error(
        this.#switches.alreadyUsedStatus,
        'RESOURCE_ALREADY_EXISTS',
        '券已被其他订单核销',
      )
    if (coupon.condition === 'withdrawn')
      return this.#error(403, this.#switches.underscored ? 'RULE_LIMIT' : 'RULELIMIT', '券已失效')
    const judgedAt = this.#switches.validityBy === 'use-time' ? Date.parse(of.useTime) : now
    if (judgedAt < coupon.from || judgedAt > coupon.until)
      return this.#error(
        403,
        this.#switches.underscored ? 'RULE_LIMIT' : 'RULELIMIT',
        '券不在有效期',
      )
    coupon.usedBy = useRequestNo
    this.effects.push({ at: now, code, useRequestNo, till, discountFen: coupon.discountFen })
    return this.#used(coupon, now)
  }

  #settingsError(tillTime: number): Answered | undefined {
    if (Math.abs(tillTime - this.#now()) > longestClockSkewMs)
      return this.#error(
        401,
        'SIGN_ERROR',
        'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
      )
    switch (this.settingsFault) {
      case 'sign-error':
        return this.#error(401, 'SIGN_ERROR', '错误的签名，验签失败')
      case 'no-auth':
        return this.#error(403, this.#switches.underscored ? 'NO_AUTH' : 'NOAUTH', '没有权限')
      case 'appid-not-bound':
        return this.#error(400, 'APPID_MCHID_NOT_MATCH', '商户号与AppID不匹配')
      case 'merchant-unknown':
        return this.#error(400, 'MCH_NOT_EXISTS', '商户号不存在')
      case 'address-not-allowed':
        return this.#error(400, 'INVALID_REQUEST', '此IP地址不允许调用该接口')
      case 'bad-request':
        return this.#error(400, 'PARAM_ERROR', '请求不合法')
      case 'path-not-found':
        return { ...answered(404, null), verified: false }
      default:
        return undefined
    }
  }

  /** Under the wrong key nothing that is signed can be verified. */
  #signed(reply: Answered): Answered {
    if (this.settingsFault !== 'wrong-wechatpay-key') return reply
    return { ...reply, verified: false, carriesSignature: true }
  }

  #used(coupon: ModelCoupon, at: number): Answered {
    const time = new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)
    const useTime = {
      seconds: `${time}+08:00`,
      milliseconds: `${time}.120+08:00`,
      unreadable: `${time}.+08:00`,
    }[this.#switches.useTimeInReply]
    return answered(200, {
      stock_id: coupon.stockId,
      openid: coupon.openid,
      wechatpay_use_time: useTime,
    })
  }

  #error(status: number, code: string, message: string): Answered {
    // Whether an error is signed is not known; nothing may depend on it.
    return { ...answered(status, { code, message }), verified: this.#switches.underscored }
  }
}

function returned(at: number): Answered {
  const time = new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)
  return answered(200, { wechatpay_return_time: `${time}+08:00` })
}

export function answered(status: number, body: unknown): Answered {
  return {
    kind: 'answered',
    status,
    verified: true,
    body,
    requestId: 'simulated-0',
    retryAfterMs: null,
  }
}

function errorCodeOf(reply: Answered): string {
  return reply.body === null ? 'NO_BODY' : z.object({ code: z.string() }).parse(reply.body).code
}
