import { z } from 'zod'
import type { GatewayReply } from '../redemption/gateway.ts'
import type { Log } from './log.ts'

/** WeChat Pay's name of an error; never its message, which may quote the request. */
const Named = z.looseObject({ code: z.string().regex(/^[A-Z_]{1,64}$/) })

/** Logs every error of WeChat Pay's with its Request-ID, which their support asks for, and every call without a reply. */
export function logReplies(log: Pick<Log, 'warn'>): (reply: GatewayReply) => void {
  return (reply) => {
    if (reply.kind === 'answered') {
      const { status, verified, requestId, body } = reply
      if (status < 400 && verified) return
      const code = Named.safeParse(body).data?.code ?? null
      log.warn('api.error', { status, code, verified, requestId })
    }
    if (reply.kind === 'unanswered')
      log.warn('api.unanswered', { fault: reply.fault, mayHaveArrived: reply.mayHaveArrived })
  }
}
