import { err, ok, type Result } from '../../main/contract/result.ts'
import type {
  Answered,
  CouponFacts,
  GatewayReply,
  RedemptionGateway,
  SendOptions,
  Unanswered,
} from '../../main/redemption/gateway.ts'
import type { Dice } from './dice.ts'
import type { EventQueue } from './event-queue.ts'
import type { History } from './history.ts'
import { answered, type ModelGateway, notProcessed, uploadedStock } from './model-gateway.ts'
import type { ExchangeFault, Plan } from './plan.ts'

/** The client gives up on a request after this. */
const deadlineMs = 15_000

interface LineParts {
  readonly plan: Plan
  readonly queue: EventQueue
  readonly dice: Dice
  readonly gateway: ModelGateway
  readonly history: History
}

interface Sender {
  readonly till: string
  /** The till's own clock, which may be wrong. */
  readonly pcClock: () => number
  /** The time that it signs with. */
  readonly clock: () => number
  /** Told of each request before its first byte leaves. */
  readonly onSend: (body: Uint8Array) => void
  readonly isDead: () => boolean
  /** Told of each answer that comes back, with what it says of the time. */
  readonly onAnswer: (sentAt: number, isVerified: boolean) => void
  readonly onViolation: (what: string) => void
}

/** One till's line to WeChat Pay. What was sent goes on its way even when the till dies. */
export class Line {
  outage: 'no-name' | 'black-hole' | null = null
  /** When the faults end for good, so that the checker can ask what must be settled by then. */
  isPerfect = false
  readonly #parts: LineParts

  constructor(parts: LineParts) {
    this.#parts = parts
  }

  /** The port for one life of a till. */
  connect(sender: Sender): RedemptionGateway {
    const underWay = new Set<string>()
    const { gateway } = this.#parts
    const once = async (
      body: Uint8Array,
      send: () => Promise<GatewayReply>,
    ): Promise<GatewayReply> => {
      const text = new TextDecoder().decode(body)
      if (underWay.has(text)) sender.onViolation(`${sender.till} sends twice at a time: ${text}`)
      underWay.add(text)
      const reply = await send()
      underWay.delete(text)
      return reply
    }
    const query = async (
      code: string,
      options: SendOptions,
    ): Promise<Result<CouponFacts, GatewayReply>> => {
      const { plan, dice, history } = this.#parts
      history.count('query')
      const isFaulty = !this.isPerfect && dice.chance(plan.faultRate)
      if (gateway.settingsFault === 'wrong-wechatpay-key')
        return err(await other(() => ({ ...answered(200, {}), verified: false }), options))
      const reply = await other(() => answered(isFaulty ? 502 : 200, {}), options)
      return reply.kind === 'answered' && reply.status === 200
        ? ok(gateway.facts(code))
        : err(reply)
    }
    const other = (value: () => Answered, options: SendOptions) => this.#ask(value, sender, options)
    return {
      useCoupon: (body, options) => {
        const sentAt = sender.clock()
        return once(body, () =>
          this.#send(body, () => gateway.use(sender.till, sentAt, body), sender, options),
        )
      },
      returnCoupon: (body, options) => {
        const sentAt = sender.clock()
        return once(body, () =>
          this.#send(body, () => gateway.takeBack(sender.till, sentAt, body), sender, options),
        )
      },
      queryCoupon: (of, options) => query(of.couponCode, options),
      queryPrestoredCode: (of, options) => query(of.couponCode, options),
      queryStock: async (stockId, options) => {
        const coupon = [...gateway.coupons.values()].find((entry) => entry.stockId === stockId)
        const stock = {
          stockId,
          name: stockId,
          kind: 'NORMAL',
          discountFen: coupon?.discountFen ?? 1,
          thresholdFen: null,
          payPercent: null,
          exchangePriceFen: null,
          goodsName: null,
          couponCodeMode: stockId === uploadedStock ? 'MERCHANT_UPLOAD' : 'WECHATPAY_MODE',
          availableFrom: coupon && !coupon.uploaded ? coupon.from : null,
          availableUntil: coupon && !coupon.uploaded ? coupon.until : null,
        }
        const reply = await other(() => answered(200, {}), options)
        return reply.kind === 'answered' && reply.status === 200 ? ok(stock) : err(reply)
      },
      probe: (options) => other(() => answered(404, { code: 'RESOURCE_NOT_EXISTS' }), options),
    }
  }

  /** A request without an effect: an outage is all that can happen to it. */
  #ask(value: () => Answered, sender: Sender, options: SendOptions): Promise<GatewayReply> {
    return this.#exchange(sender, options, (reply) => {
      if (this.outage !== null) reply(60, unanswered('name', false))
      else reply(this.#latency(), value())
    })
  }

  #send(
    body: Uint8Array,
    arrive: () => Answered,
    sender: Sender,
    options: SendOptions,
  ): Promise<GatewayReply> {
    const { gateway, queue, history, plan, dice } = this.#parts
    if (
      gateway.settingsFault === 'keychain-locked' ||
      gateway.settingsFault === 'credentials-missing'
    )
      return Promise.resolve({ kind: 'unsendable', fault: gateway.settingsFault })
    sender.onSend(body)
    const [, number = ''] = /"use_request_no":"([^"]+)"/.exec(new TextDecoder().decode(body)) ?? []
    gateway.openFates.set(number, (gateway.openFates.get(number) ?? 0) + 1)
    const exchanged = this.#exchange(sender, options, (reply) => {
      const latency = this.#latency()
      if (this.outage === 'no-name') return reply(60, unanswered('name', false))
      if (this.outage === 'black-hole') return reply(deadlineMs, unanswered('timeout', true))
      const isFaulty = !this.isPerfect && dice.chance(plan.faultRate)
      const fault = isFaulty ? dice.pick(plan.faults) : null
      if (fault === null) {
        queue.after(latency / 2, () => reply(latency / 2, arrive()))
        return undefined
      }
      history.count(fault)
      history.add(sender.till, `the line plays ${fault}`)
      return this.#playFault(fault, latency, arrive, reply)
    })
    return exchanged.then((reply) => {
      if (provesNoEffect(reply))
        gateway.openFates.set(number, (gateway.openFates.get(number) ?? 1) - 1)
      return reply
    })
  }

  #playFault(
    fault: ExchangeFault,
    latency: number,
    arrive: () => Answered,
    reply: (afterMs: number, what: GatewayReply) => void,
  ): void {
    const { queue, dice } = this.#parts
    /** The request arrives and has its effect; the till hears something else. */
    const afterEffect = (what: (real: Answered) => GatewayReply, ms = latency): void => {
      queue.after(latency / 2, () => reply(ms, what(arrive())))
    }
    const systemError = { code: 'SYSTEM_ERROR', message: '系统错误' }
    const lost = dice.chance(0.5)
      ? { after: deadlineMs, what: unanswered('timeout', true) }
      : { after: latency, what: unanswered('connection', true) }
    switch (fault) {
      case 'request-lost':
        return reply(lost.after, lost.what)
      case 'reply-lost':
        return afterEffect(() => lost.what, lost.after)
      case 'reply-slow':
        return afterEffect((real) => real, dice.between(4000, deadlineMs - 1000))
      case 'request-late':
        queue.after(dice.between(100, 2 * deadlineMs), arrive)
        return reply(lost.after, lost.what)
      case 'bad-gateway':
        return reply(latency, { ...answered(502, null), verified: false })
      case 'bad-gateway-after-effect':
        return afterEffect(() => ({ ...answered(502, null), verified: false }))
      case 'system-error-400':
        return reply(latency, answered(400, systemError))
      case 'system-error-after-effect':
        return afterEffect(() => answered(500, systemError))
      case 'accepted-202':
        return reply(latency, answered(202, {}))
      case 'accepted-202-after-effect':
        return afterEffect(() => answered(202, {}))
      case 'unverified-200':
        return afterEffect((real) => ({ ...real, verified: false, carriesSignature: true }))
      case 'forged-200': {
        const body = {
          stock_id: 'stock-0',
          openid: 'o',
          wechatpay_use_time: '2026-01-05T10:00:00+08:00',
        }
        return reply(latency, { ...answered(200, body), verified: false })
      }
      case 'cut-body':
        return afterEffect((real) => ({ ...answered(real.status, null), verified: false }))
      case 'rate-limit': {
        const code = dice.pick(['FREQUENCY_LIMITED', 'RATE_LIMITED', 'RATELIMIT_EXCEEDED'])
        const retryAfterMs = dice.pick([null, 1000, 30_000, 600_000])
        return reply(latency, { ...answered(429, { code, message: '频率超限' }), retryAfterMs })
      }
      case 'redirect':
        return reply(latency, { ...answered(302, null), verified: false })
      case 'proxy-page-403':
        return reply(latency, { ...answered(403, null), verified: false })
      case 'connection-refused':
        return reply(latency, unanswered('connection', false))
    }
  }

  /** Ends with the first of: a reply, the abort. A dead till hears nothing. */
  #exchange(
    sender: Sender,
    options: SendOptions,
    play: (reply: (afterMs: number, what: GatewayReply) => void) => void,
  ): Promise<GatewayReply> {
    const { queue } = this.#parts
    const { promise, resolve } = Promise.withResolvers<GatewayReply>()
    const aborted = () => resolve(unanswered('aborted', true))
    if (options.signal.aborted) aborted()
    options.signal.addEventListener('abort', aborted, { once: true })
    const sentAt = sender.pcClock()
    play((afterMs, what) => {
      queue.after(afterMs, () => {
        if (sender.isDead()) return
        if (what.kind === 'answered') sender.onAnswer(sentAt, what.verified)
        resolve(what)
      })
    })
    return promise
  }

  #latency(): number {
    return this.#parts.dice.between(20, 900)
  }
}

function unanswered(fault: Unanswered['fault'], mayHaveArrived: boolean): Unanswered {
  return { kind: 'unanswered', fault, mayHaveArrived }
}

/** Of this one attempt alone: what an earlier one did, no such reply tells. */
function provesNoEffect(reply: GatewayReply): boolean {
  if (reply.kind === 'unsendable') return true
  if (reply.kind === 'unanswered') return !reply.mayHaveArrived
  // An empty page is whoever's: what it hides may have been carried out.
  return reply.status === 429 || notProcessed.has(errorCodeOf(reply.body))
}

function errorCodeOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}
