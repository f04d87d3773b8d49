import { z } from 'zod'
import { assertNever } from '../contract/result.ts'
import type { Answered, GatewayReply } from './gateway.ts'
import { evidenceOf, judgeAnswer, judgeSilence, judgeUnsendable } from './judge-error.ts'
import { readAsReturn } from './judge-return.ts'
import type { Evidence, Outcome, ReturnOutcome, Unconfirmed } from './outcome.ts'

const UseReply = z.looseObject({
  stock_id: z.string().min(1),
  openid: z.string().nullish(),
  wechatpay_use_time: z.string().nullish(),
})
const ReturnReply = z.looseObject({ wechatpay_return_time: z.string().min(1) })

/** Returns what the reply to `coupons/use` means. */
export function judgeReply(reply: GatewayReply): Outcome {
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

/** Returns what the reply to `coupons/return` means. */
export function judgeReturn(reply: GatewayReply): ReturnOutcome {
  const outcome = judgeBy(reply, (answer, evidence) => {
    const returned = ReturnReply.safeParse(answer.body)
    if (!returned.success) return null
    const returnedAt = instant(returned.data.wechatpay_return_time)
    return { kind: 'confirmed', returnedAt, evidence } as const
  })
  return readAsReturn(outcome, reply.kind === 'answered' && reply.mayHaveArrivedBefore)
}

/** `confirmed` is called for a verified 200 alone; it returns `null` when the body is not the one expected. */
function judgeBy<C>(
  reply: GatewayReply,
  confirmed: (answer: Answered, evidence: Evidence) => C | null,
): C | Unconfirmed {
  switch (reply.kind) {
    case 'answered': {
      const isConfirmable = reply.status === 200 && reply.verified
      return (isConfirmable && confirmed(reply, evidenceOf(reply))) || judgeAnswer(reply)
    }
    case 'unanswered':
      return judgeSilence(reply)
    case 'unsendable':
      return judgeUnsendable(reply)
    default:
      return assertNever(reply, 'gateway reply')
  }
}

function instant(text: string): number | null {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}
