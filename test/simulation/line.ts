import { err, ok, type Result } from '../../main/contract/result.ts'
import type {
  Answered,
  GatewayReply,
  RedemptionGateway,
  SendOptions,
} from '../../main/redemption/gateway.ts'
import type { Dice } from './dice.ts'
import type { EventQueue } from './event-queue.ts'
import type { History } from './history.ts'
import { deadlineMs, faultOfTrouble, playFault, unanswered } from './line-faults.ts'
import { answered, errorAnswer, errorCodeOf, isAboutSettings } from './model-answers.ts'
import type { ModelGateway } from './model-gateway.ts'
import type { PcClock } from './pc-clock.ts'
import type { Plan } from './plan.ts'
import type { ExchangeFault } from './plan/faults.ts'
import { RetryWatch } from './retry-watch.ts'

/** The history's word for a request that a till began, whatever became of it. */
export const exchange = 'exchange'

/** A signature time at least this much off is worth a second try, ms. */
const worthResendingMs = 60_000

interface LineParts {
  readonly plan: Plan
  readonly queue: EventQueue
  readonly dice: Dice
  readonly gateway: ModelGateway
  readonly history: History
}

interface Sender {
  readonly till: string
  readonly clock: PcClock
  /** Called for each request before its first byte is sent. */
  readonly onSend: (body: Uint8Array) => void
  readonly isDead: () => boolean
  /** Returns when somebody last asked the till to try again, by true time. */
  readonly lastNudgeAt: () => number
  /** Called when the till was told a batch's terms. */
  readonly onDescribed: (stockId: string) => void
  readonly onViolation: (what: string) => void
}

/** What a query finds, and what the client makes of it (`null`: nothing usable); `null` where there is nothing. */
type Find<T> = () => { readonly facts: T | null } | null

/** What a request does when it arrives at WeChat Pay. */
type Arrive = (sent: {
  readonly tillTime: number
  readonly leftAt: number
  readonly isResent: boolean
}) => Answered

/** One till's line to WeChat Pay. A request that was sent goes on its way even when the till dies. */
export class Line {
  outage: 'no-name' | 'black-hole' | null = null
  /** The till has a wrong key of WeChat Pay and can verify nothing. */
  hasWrongKey = false
  /** Whether the faults have ended for good, so that everything must get settled. */
  isPerfect = false
  readonly #parts: LineParts
  /** By till: the coupons whose replies could not be verified since one last could. */
  readonly #unprovable = new Map<string, Set<string>>()

  constructor(parts: LineParts) {
    this.#parts = parts
  }

  /** Returns the gateway for one process of a till. */
  connect(sender: Sender): RedemptionGateway {
    const underWay = new Set<string>()
    const waits = new RetryWatch(this.#parts.queue, sender, this.#unprovableAt(sender.till))
    const { gateway } = this.#parts
    const post = async (
      body: Uint8Array,
      arrive: Arrive,
      options: SendOptions,
    ): Promise<GatewayReply> => {
      const text = new TextDecoder().decode(body)
      if (underWay.has(text)) sender.onViolation(`${sender.till} sends twice at a time: ${text}`)
      underWay.add(text)
      waits.sends(text)
      const reply = await this.#signed(text, sender, (isResent) =>
        this.#send({ body, arrive, isResent }, sender, options),
      )
      underWay.delete(text)
      waits.hears(text, reply)
      return reply
    }
    const get = <T>(find: Find<T>, options: SendOptions): Promise<Result<T, GatewayReply>> =>
      this.#get(find, sender, options)
    return {
      useCoupon: (body, options) =>
        post(body, (sent) => gateway.use(sender.till, body, sent), options),
      returnCoupon: (body, options) =>
        post(body, ({ tillTime }) => gateway.takeBack(sender.till, tillTime, body), options),
      queryCoupon: (of, options) => {
        this.#parts.history.count('query')
        return get(() => found(gateway.couponOf(of.couponCode, of.openid)), options)
      },
      queryPrestoredCode: (of, options) => {
        this.#parts.history.count('query')
        return get(() => found(gateway.storedCode(of.couponCode, of.stockId)), options)
      },
      queryStock: async (stockId, options) => {
        const told = await get(() => gateway.describe(stockId), options)
        if (told.ok || isVerified200(told.error)) sender.onDescribed(stockId)
        return told
      },
      probe: (options) =>
        this.#signed('', sender, () => this.#ask(() => this.#notFound(), sender, options)),
    }
  }

  #unprovableAt(till: string): Set<string> {
    const codes = this.#unprovable.get(till) ?? new Set()
    this.#unprovable.set(till, codes)
    return codes
  }

  /** Makes a query as the client does: the facts of a verified 200, or the reply that has none. */
  async #get<T>(
    find: Find<T>,
    sender: Sender,
    options: SendOptions,
  ): Promise<Result<T, GatewayReply>> {
    const { plan, dice } = this.#parts
    let facts: T | null = null
    const reply = await this.#signed('', sender, () => {
      const isFaulty = !this.isPerfect && dice.chance(plan.faultRate)
      return this.#ask(
        () => {
          if (isFaulty) return { ...answered(502, null), verified: false, carriesSignature: false }
          const it = find()
          facts = it === null ? null : it.facts
          return it === null ? this.#notFound() : answered(200, {})
        },
        sender,
        options,
      )
    })
    return isVerified200(reply) && facts !== null ? ok(facts) : err(reply)
  }

  #notFound(): Answered {
    const row = { status: 404, code: 'RESOURCE_NOT_EXISTS', message: '查询的资源不存在' }
    return errorAnswer(row, this.#parts.plan.switches)
  }

  /**
   * As in the client, a request refused for its signature's time, whose refusal taught the right time, is sent once
   * more, unless the time is in its own bytes.
   */
  async #signed(
    text: string,
    { clock }: Sender,
    send: (isResent: boolean) => Promise<GatewayReply>,
  ): Promise<GatewayReply> {
    const before = clock.corrected() - clock.local()
    const reply = await send(false)
    const moved = Math.abs(clock.corrected() - clock.local() - before)
    const wasRefused = reply.kind === 'answered' && reply.status === 401
    if (!wasRefused || moved <= worthResendingMs || text.includes('"use_time"')) return reply
    const again = await send(true)
    const isOpen = again.kind === 'answered' && reply.mayHaveArrivedBefore
    return isOpen ? { ...again, mayHaveArrivedBefore: true } : again
  }

  /** Sends a request without an effect: only an outage can affect it. */
  #ask(value: () => Answered, sender: Sender, options: SendOptions): Promise<GatewayReply> {
    const tillTime = sender.clock.corrected()
    return this.#exchange(sender, options, (reply) => {
      if (this.outage !== null) return reply(60, unanswered('name', false))
      const { queue, gateway } = this.#parts
      const latency = this.#latency()
      queue.after(latency / 2, () => reply(latency / 2, gateway.settingsError(tillTime) ?? value()))
      return undefined
    })
  }

  #send(
    { body, arrive, isResent }: { body: Uint8Array; arrive: Arrive; isResent: boolean },
    sender: Sender,
    options: SendOptions,
  ): Promise<GatewayReply> {
    const { gateway, queue, history, plan, dice } = this.#parts
    const { settingsFault } = gateway
    if (settingsFault === 'keychain-locked' || settingsFault === 'credentials-missing')
      return Promise.resolve({ kind: 'unsendable', fault: settingsFault })
    sender.onSend(body)
    const text = new TextDecoder().decode(body)
    const [, number = ''] = /"use_request_no":"([^"]+)"/.exec(text) ?? []
    gateway.openFates.set(number, (gateway.openFates.get(number) ?? 0) + 1)
    const tillTime = sender.clock.corrected()
    const leftAt = queue.now
    const exchanged = this.#exchange(sender, options, (reply) => {
      const latency = this.#latency()
      if (this.outage === 'no-name') return reply(60, unanswered('name', false))
      if (this.outage === 'black-hole') return reply(deadlineMs, unanswered('timeout', true))
      const isFaulty = !this.isPerfect && dice.chance(plan.faultRate)
      const fault = this.#forEver(text) ?? (isFaulty ? dice.pick(plan.faults) : null)
      if (fault === null) {
        queue.after(latency / 2, () => reply(latency / 2, arrive({ tillTime, leftAt, isResent })))
        return undefined
      }
      history.count(fault)
      history.add(sender.till, `the line plays ${fault}`)
      return playFault(fault, {
        latency,
        arrive: (again = false) => arrive({ tillTime, leftAt, isResent: isResent || again }),
        reply,
        queue,
        dice,
      })
    })
    return exchanged.then((reply) => {
      if (provesNoEffect(reply))
        gateway.openFates.set(number, (gateway.openFates.get(number) ?? 1) - 1)
      return reply
    })
  }

  /** Returns what happens to every redemption of this one coupon, even when everything else works. */
  #forEver(text: string): ExchangeFault | null {
    if (!text.includes('"use_request_no"')) return null
    const trouble = this.#parts.gateway.couponIn(text)?.trouble ?? null
    return trouble === null ? null : faultOfTrouble(trouble)
  }

  /** Ends with a reply or the abort, whichever is first. A dead till gets neither. */
  #exchange(
    sender: Sender,
    options: SendOptions,
    play: (reply: (afterMs: number, what: GatewayReply, dateOffMs?: number | null) => void) => void,
  ): Promise<GatewayReply> {
    const { queue, history } = this.#parts
    history.count(exchange)
    const { promise, resolve } = Promise.withResolvers<GatewayReply>()
    const aborted = () => resolve(unanswered('aborted', true))
    if (options.signal.aborted) aborted()
    options.signal.addEventListener('abort', aborted, { once: true })
    play((afterMs, what, dateOffMs = 0) => {
      queue.after(afterMs, () => {
        if (sender.isDead()) return
        const heard = this.#asVerified(what)
        if (heard.kind === 'answered' && dateOffMs !== null)
          sender.clock.heard(queue.now + dateOffMs, heard.verified)
        resolve(heard)
      })
    })
    return promise
  }

  /** Returns the reply as this till's client verifies it. */
  #asVerified(reply: GatewayReply): GatewayReply {
    const isSpoilt = reply.kind === 'answered' && this.hasWrongKey && reply.carriesSignature
    return isSpoilt ? { ...reply, verified: false } : reply
  }

  #latency(): number {
    return this.#parts.dice.between(20, 900)
  }
}

function found<T>(facts: T | null): { readonly facts: T } | null {
  return facts === null ? null : { facts }
}

function isVerified200(reply: GatewayReply): boolean {
  return reply.kind === 'answered' && reply.status === 200 && reply.verified
}

/** Whether the reply proves that this one attempt had no effect; about earlier attempts it proves nothing. */
function provesNoEffect(reply: GatewayReply): boolean {
  if (reply.kind === 'unsendable') return true
  if (reply.kind === 'unanswered') return !reply.mayHaveArrived
  if (reply.mayHaveArrivedBefore) return false
  // A refusal, for the settings or the coupon: an attempt that was carried out would get another reply.
  const code = errorCodeOf(reply)
  const isNo =
    /^(SIGN_ERROR|NO_?AUTH|APPID_MCHID_NOT_MATCH|MCH_NOT_EXISTS|INVALID_REQUEST|PARAM_ERROR|RULE_?LIMIT|RESOURCE_NOT_EXISTS|RESOURCE_ALREADY_EXISTS)$/
  return reply.status === 429 || isNo.test(code) || isAboutSettings(reply.body)
}
