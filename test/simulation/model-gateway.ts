import { z } from 'zod'
import type { Answered, CouponFacts, StockFacts } from '../../main/redemption/gateway.ts'
import type { History } from './history.ts'
import { answered, clockRow, errorAnswer, errorCodeOf, settingsAnswer } from './model-answers.ts'
import type { Arrival, Effect, ReturnEffect, Sent } from './model-ledger.ts'
import { describeBatch } from './model-batches.ts'
import {
  factsOf,
  isInTime,
  isTaken,
  keyOf,
  type ModelCoupon,
  ModelCoupons,
} from './model-coupons.ts'
import { troubleAnswer } from './model-troubles.ts'
import type { Plan } from './plan.ts'
import type { SettingsFault } from './plan/faults.ts'
import type { Switches } from './plan/settings.ts'

export const appid = 'wx0123456789abcdef'
const longestClockSkewMs = 5 * 60 * 1000

const UseRequest = z.strictObject({
  coupon_code: z.string(),
  stock_id: z.string().optional(),
  appid: z.literal(appid),
  use_time: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/),
  use_request_no: z.string().regex(/^[0-9A-Za-z_-]{6,32}$/),
})
type UseRequest = z.infer<typeof UseRequest>

const ReturnRequest = z.strictObject({
  coupon_code: z.string(),
  stock_id: z.string(),
  return_request_no: z.string().regex(/^[0-9A-Za-z_-]{6,32}$/),
})

/** WeChat Pay as documented, with a ledger that nothing else writes: the truth of the simulation. */
export class ModelGateway {
  readonly effects: Effect[] = []
  readonly returns: ReturnEffect[] = []
  readonly arrivals: Arrival[] = []
  /** What queries returned, by coupon (`keyOf`). */
  readonly told: { readonly coupon: string; readonly state: string }[] = []
  /** For each number, how many requests may have had an effect as far as its till was told. */
  readonly openFates = new Map<string, number>()
  readonly coupons: ModelCoupons
  /** Set while the merchant's settings are broken. */
  settingsFault: SettingsFault | null = null
  readonly #now: () => number
  readonly #plan: Plan
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
    this.#plan = plan
    this.#switches = plan.switches
    this.#history = history
    this.coupons = new ModelCoupons(plan)
  }

  /** Handles `coupons/use` on arrival. `tillTime`: the till's clock in the signature. */
  use(till: string, bytes: Uint8Array, { tillTime, leftAt, isResent }: Sent): Answered {
    const body = new TextDecoder().decode(bytes)
    const request = UseRequest.safeParse(JSON.parse(body))
    if (!request.success) {
      this.#onViolation(`a request that WeChat Pay would not take: ${body}`)
      return answered(400, { code: 'PARAM_ERROR', message: '参数错误' })
    }
    const { coupon_code: code, use_request_no: useRequestNo, stock_id: stockId } = request.data
    const setting = this.settingsError(tillTime)
    const found = this.coupons.presented(code, stockId ?? null)
    if (found && found.batch.codes !== 'issued' && stockId === undefined)
      this.#onViolation(`a merchant's own code without its batch: ${body}`)
    const reply = setting ?? this.#decide(till, request.data, body)
    const answer = reply.status === 200 ? 'used' : errorCodeOf(reply)
    const coupon = this.coupons.find(code, stockId ?? null)
    this.arrivals.push({
      at: this.#now(),
      till,
      useRequestNo,
      code,
      coupon: keyOf(coupon ?? { code, stockId: stockId ?? null }),
      body,
      answer,
      wasProcessed: setting === undefined && reply.status !== 429,
      leftAt,
      isResent,
    })
    this.#history.add('gateway', `${useRequestNo} of ${till} for …${code.slice(-4)}: ${answer}`)
    return reply
  }

  /** Handles `coupons/return` on arrival. */
  takeBack(till: string, tillTime: number, bytes: Uint8Array): Answered {
    const request = ReturnRequest.parse(JSON.parse(new TextDecoder().decode(bytes)))
    const { coupon_code: code, return_request_no: returnRequestNo } = request
    const reply = this.settingsError(tillTime) ?? this.#takeBack(request)
    const answer = reply.status === 200 ? 'returned' : errorCodeOf(reply)
    this.#history.add(
      'gateway',
      `${returnRequestNo} of ${till} gives back …${code.slice(-4)}: ${answer}`,
    )
    return reply
  }

  #takeBack(of: z.infer<typeof ReturnRequest>): Answered {
    const { coupon_code: code, return_request_no: returnRequestNo } = of
    const coupon = this.coupons.find(code, of.stock_id)
    if (!coupon) return this.#error(404, 'RESOURCE_NOT_EXISTS', '券不存在')
    const done = this.returns.find((entry) => entry.returnRequestNo === returnRequestNo)
    if (done && this.#switches.replayReturn === 'first-result') return returned(done.at)
    if (done || coupon.usedBy === null || !coupon.returnable) {
      this.#history.count(`return refused: ${this.#switches.returnRefusedAs}`)
      return this.#error(400, this.#switches.returnRefusedAs, '券状态不允许退券')
    }
    const at = this.#now()
    const [useRequestNo, key] = [coupon.usedBy, keyOf(coupon)]
    this.returns.push({ at, code, coupon: key, returnRequestNo, useRequestNo })
    coupon.usedBy = null
    return returned(at)
  }

  /** Whether the coupon is redeemed under this number by the ledger, and not returned. */
  isBooked(useRequestNo: string): boolean {
    const isOfNumber = (entry: { useRequestNo: string }): boolean =>
      entry.useRequestNo === useRequestNo
    return this.effects.some(isOfNumber) && !this.returns.some(isOfNumber)
  }

  /** Returns what was sent under a number; empty when nothing arrived. */
  bodyOf(useRequestNo: string): string {
    return this.arrivals.find((arrival) => arrival.useRequestNo === useRequestNo)?.body ?? ''
  }

  /** Returns the coupon that a request names. */
  couponIn(body: string): ModelCoupon | undefined {
    const [, code = ''] = /"coupon_code":"([^"]+)"/.exec(body) ?? []
    const [, stockId = null] = /"stock_id":"([^"]+)"/.exec(body) ?? []
    return this.coupons.find(code, stockId)
  }

  /** Returns what a query of a user's coupon finds; `null`: none. */
  couponOf(code: string, openid: string): CouponFacts | null {
    const coupon = this.coupons.ofUser(code, openid)
    return coupon ? this.#facts(coupon) : null
  }

  /** Returns what a query by code finds; WeChat Pay supports it only for uploaded codes. */
  storedCode(code: string, stockId: string): CouponFacts | null {
    const coupon = this.coupons.find(code, stockId)
    const isStored = coupon?.batch.codes === 'uploaded' && coupon.condition !== 'unknown'
    return isStored ? this.#facts(coupon) : null
  }

  #facts(coupon: ModelCoupon): CouponFacts {
    const back = this.returns.findLast(({ coupon: key }) => key === keyOf(coupon))
    const facts = factsOf(coupon, this.#now(), back?.returnRequestNo ?? null)
    const { state, useRequestNo } = facts
    this.told.push({ coupon: keyOf(coupon), state })
    this.#history.add(
      'gateway',
      `says of …${coupon.code.slice(-4)}: ${state} ${useRequestNo ?? ''}`,
    )
    return facts
  }

  /** Returns a batch's description; `null` where there is none, and facts of `null` where the client cannot use it. */
  describe(stockId: string): { readonly facts: StockFacts | null } | null {
    const batch = this.#plan.batches.find((entry) => entry.stockId === stockId)
    return batch && batch.described !== 'never' ? { facts: describeBatch(batch) } : null
  }

  /** Returns the error for wrong settings or a wrong signature time; `undefined` where a request is let through. */
  settingsError(tillTime: number): Answered | undefined {
    if (Math.abs(tillTime - this.#now()) > longestClockSkewMs)
      return errorAnswer(clockRow, this.#switches)
    return (
      (this.settingsFault !== null && settingsAnswer(this.settingsFault, this.#switches)) ||
      undefined
    )
  }

  #decide(till: string, request: UseRequest, body: string): Answered {
    const { coupon_code: code, use_request_no: useRequestNo, stock_id: stockId } = request
    const earlier = this.arrivals.find(
      (arrival) => arrival.useRequestNo === useRequestNo && arrival.wasProcessed,
    )
    if (earlier && earlier.body !== body)
      return this.#error(400, 'PARAM_ERROR', '使用了相同单号，但与上次请求的数据不一致')
    const coupon = this.coupons.find(code, stockId ?? null)
    if (!coupon || coupon.condition === 'unknown')
      return this.#error(404, 'RESOURCE_NOT_EXISTS', '券不存在')
    const trouble = coupon.trouble && troubleAnswer(coupon.trouble, this.#switches)
    if (trouble) return trouble
    const judgedAt =
      this.#switches.validityBy === 'use-time' ? Date.parse(request.use_time) : this.#now()
    const invalid = this.#invalid(coupon, judgedAt)
    if (invalid && this.#switches.checksFirst === 'validity') return invalid
    const booked = this.effects.find((effect) => effect.useRequestNo === useRequestNo)
    if (booked && this.#switches.replaySame === 'first-result') return this.#used(coupon, booked.at)
    // Booked once and returned since: the number is used up.
    if (coupon.usedBy !== null || booked)
      return this.#error(
        this.#switches.alreadyUsedStatus,
        'RESOURCE_ALREADY_EXISTS',
        '券已被其他订单核销',
      )
    return invalid ?? this.#book(coupon, useRequestNo, till)
  }

  #invalid(coupon: ModelCoupon, judgedAt: number): Answered | undefined {
    if (coupon.condition === 'withdrawn') return this.#error(403, 'RULE_LIMIT', '券已失效')
    if (isTaken(coupon, this.#now())) {
      const status = { RULE_LIMIT: 403, RESOURCE_NOT_EXISTS: 404, INVALID_REQUEST: 400 }
      const { takenAs } = this.#switches
      return this.#error(status[takenAs], takenAs, '券已被删除或失效')
    }
    return isInTime(coupon, judgedAt) ? undefined : this.#error(403, 'RULE_LIMIT', '券不在有效期')
  }

  #book(coupon: ModelCoupon, useRequestNo: string, till: string): Answered {
    const at = this.#now()
    const { code, batch } = coupon
    coupon.usedBy = useRequestNo
    const worthFen = batch.discountFen
    this.effects.push({ at, code, coupon: keyOf(coupon), useRequestNo, till, worthFen })
    return this.#used(coupon, at)
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
    // It is not known whether errors are signed, so that nothing may depend on it.
    return errorAnswer({ status, code, message }, this.#switches)
  }
}

function returned(at: number): Answered {
  const time = new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)
  return answered(200, { wechatpay_return_time: `${time}+08:00` })
}
