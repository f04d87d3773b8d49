import { z } from 'zod'
import { assertNever } from '../contract/result.ts'
import type { Answered, GatewayReply } from './gateway.ts'
import { readAsReturn, type ReturnUnconfirmed } from './return-ruling.ts'
import { evidenceOf, ruleOnAnswer, ruleOnSilence, ruleOnUnsendable } from './ruling.ts'
import type { Evidence, Unconfirmed } from './unconfirmed.ts'

export type { Evidence } from './unconfirmed.ts'

/** One reply, or its absence, judged. Only `confirmed` may turn a screen green. */
export type Outcome =
  | {
      readonly kind: 'confirmed'
      readonly stockId: string
      readonly openid: string
      /** `wechatpay_use_time`, epoch milliseconds; `null` when unreadable (a confirmed redemption stays confirmed). */
      readonly usedAt: number | null
      readonly evidence: Evidence
    }
  | Unconfirmed

/** A return judged: what counts as an answer is as with a redemption, a refusal has reasons of its own. */
export type ReturnOutcome =
  | {
      readonly kind: 'confirmed'
      /** `wechatpay_return_time`, epoch milliseconds; `null` when unreadable. */
      readonly returnedAt: number | null
      readonly evidence: Evidence
    }
  | ReturnUnconfirmed

const UseReply = z.looseObject({
  stock_id: z.string().min(1),
  openid: z.string().nullish(),
  wechatpay_use_time: z.string().nullish(),
})
const ReturnReply = z.looseObject({ wechatpay_return_time: z.string().min(1) })

/** Whether WeChat Pay was heard, whatever it said. */
export function wasReached(outcome: Outcome | ReturnOutcome): boolean {
  if (outcome.kind === 'unknown' || outcome.kind === 'suspect') return outcome.reached
  return outcome.evidence.httpStatus !== null
}

/** Judges the reply to `coupons/use`. */
export function judge(reply: GatewayReply): Outcome {
  return judgeBy(reply, (answer, evidence) => {
    const used = UseReply.safeParse(answer.body)
    if (!used.success) return null
    const { stock_id: stockId, openid, wechatpay_use_time: useTime } = used.data
    return {
      kind: 'confirmed',
      stockId,
      openid: openid ?? '',
      usedAt: instant(useTime ?? ''),
      evidence,
    } as const
  })
}

/** Judges the reply to `coupons/return`. */
export function judgeReturn(reply: GatewayReply): ReturnOutcome {
  const outcome = judgeBy(reply, (answer, evidence) => {
    const returned = ReturnReply.safeParse(answer.body)
    if (!returned.success) return null
    const returnedAt = instant(returned.data.wechatpay_return_time)
    return { kind: 'confirmed', returnedAt, evidence } as const
  })
  return readAsReturn(outcome, reply.kind === 'answered' && reply.mayHaveArrivedBefore === true)
}

/** `confirmed` is asked about a verified 200 alone, and answers `null` when the body is not the one expected. */
function judgeBy<C>(
  reply: GatewayReply,
  confirmed: (answer: Answered, evidence: Evidence) => C | null,
): C | Unconfirmed {
  switch (reply.kind) {
    case 'answered': {
      const isConfirmable = reply.status === 200 && reply.verified
      return (isConfirmable && confirmed(reply, evidenceOf(reply))) || ruleOnAnswer(reply)
    }
    case 'unanswered':
      return ruleOnSilence(reply)
    case 'unsendable':
      return ruleOnUnsendable(reply)
    default:
      return assertNever(reply, 'gateway reply')
  }
}

function instant(text: string): number | null {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}
