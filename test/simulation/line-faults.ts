import type { Answered, GatewayReply, Unanswered } from '../../main/redemption/gateway.ts'
import type { Dice } from './dice.ts'
import type { EventQueue } from './event-queue.ts'
import { answered, bareAnswer } from './model-answers.ts'
import type { CouponTrouble, ExchangeFault } from './plan/faults.ts'
import { day } from './plan/time.ts'

/** The client gives up on a request after this time, ms. */
export const deadlineMs = 15_000

/** Returns the line fault that stands for a coupon's trouble; `null` for a trouble that is a reply of WeChat Pay. */
export function faultOfTrouble(trouble: CouponTrouble): ExchangeFault | null {
  if (trouble === 'never-verified') return 'signtest'
  if (trouble === 'never-signed') return 'unverified-200'
  return trouble === 'reply-lost' || trouble === 'request-lost' ? trouble : null
}

interface Stage {
  readonly latency: number
  /** `isResent`: the client's own second try. */
  readonly arrive: (isResent?: boolean) => Answered
  /** `dateOffMs`: how much the reply's `Date` is off; `null` for a reply without one. */
  readonly reply: (afterMs: number, what: GatewayReply, dateOffMs?: number | null) => void
  readonly queue: EventQueue
  readonly dice: Dice
}

export function playFault(fault: ExchangeFault, stage: Stage): void {
  const { latency, arrive, reply, queue, dice } = stage
  /** The request arrives and has its effect, but the till gets another reply. */
  const afterEffect = (what: (real: Answered) => GatewayReply, ms = latency): void => {
    queue.after(latency / 2, () => reply(ms, what(arrive())))
  }
  /** A reply of something in between, whose clock may be wrong. */
  const fromStranger = (what: Answered): void =>
    reply(latency, what, dice.pick([null, 0, -day, 200 * day]))
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
      queue.after(dice.between(100, 2 * deadlineMs), () => arrive())
      return reply(lost.after, lost.what)
    case 'bad-gateway':
      return reply(latency, bareAnswer(502))
    case 'bad-gateway-after-effect':
      return afterEffect(() => bareAnswer(502))
    case 'system-error-400':
      return reply(latency, answered(400, systemError))
    case 'system-error-after-effect':
      return afterEffect(() => answered(500, systemError))
    case 'accepted-202':
      return reply(latency, answered(202, {}))
    case 'accepted-202-after-effect':
      return afterEffect(() => answered(202, {}))
    case 'unverified-200':
      return afterEffect((real) => ({ ...real, verified: false, carriesSignature: false }))
    case 'signtest':
      return afterEffect((real) => ({ ...real, verified: false, carriesSignature: true }))
    case 'forged-200':
      return fromStranger({ ...answered(200, forged), verified: false, carriesSignature: false })
    case 'cut-body':
      return afterEffect((real) => ({ ...answered(real.status, null), verified: false }))
    case 'rate-limit':
      return reply(latency, limited(dice))
    case 'overloaded-503': {
      const body = { code: 'SERVICE_UNAVAILABLE', message: '服务不可用' }
      return reply(latency, { ...answered(503, body), retryAfterMs: dice.pick(retryAfters) })
    }
    case 'redirect':
      return fromStranger(bareAnswer(302))
    case 'proxy-page-403':
      return fromStranger(bareAnswer(403))
    case 'connection-refused':
      return reply(latency, unanswered('connection', false))
    case 'resent':
    case 'resent-after-effect':
    case 'resent-then-limited':
    case 'resent-then-blocked':
      return playResent(fault, stage)
  }
}

/** The client tries once more within the call, knowing that bytes of the first try may have arrived. */
function playResent(fault: ExchangeFault, { latency, arrive, reply, queue, dice }: Stage): void {
  const again = (what: Answered): void =>
    reply(latency / 2, { ...what, mayHaveArrivedBefore: true })
  if (fault !== 'resent') queue.after(latency / 4, () => arrive())
  queue.after(latency / 2, () => {
    if (fault === 'resent-then-limited') again(limited(dice))
    else if (fault === 'resent-then-blocked') again(answered(401, signError))
    else again(arrive(true))
  })
}

function limited(dice: Dice): Answered {
  const code = dice.pick(['FREQUENCY_LIMITED', 'RATE_LIMITED', 'RATELIMIT_EXCEEDED'])
  const reply = answered(429, { code, message: '频率超限' })
  return { ...reply, retryAfterMs: dice.pick(retryAfters) }
}

export function unanswered(fault: Unanswered['fault'], mayHaveArrived: boolean): Unanswered {
  return { kind: 'unanswered', fault, mayHaveArrived }
}

const retryAfters = [null, 1000, 30_000, 600_000]
const systemError = { code: 'SYSTEM_ERROR', message: '系统错误' }
const signError = { code: 'SIGN_ERROR', message: '错误的签名，验签失败' }
const forged = {
  stock_id: 'stock-0',
  openid: 'o',
  wechatpay_use_time: '2026-01-05T10:00:00+08:00',
}
