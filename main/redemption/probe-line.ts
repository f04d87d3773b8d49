import type { ConnectionState } from './connection.ts'
import type { GatewayReply, RedemptionGateway } from './gateway.ts'
import { type Outcome, wasReached } from './outcome.ts'
import type { Clock } from './ports.ts'

interface ProbeParts {
  readonly gateway: Pick<RedemptionGateway, 'probe'>
  readonly judgeReply: (reply: GatewayReply) => Outcome
  readonly connection: ConnectionState
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Sends WeChat Pay a harmless request and records what it says about the line. Returns whether WeChat Pay was reached. */
export async function probeLine(parts: ProbeParts): Promise<boolean> {
  const { gateway, judgeReply, connection, clock, signal } = parts
  const startedAt = clock()
  const outcome = judgeReply(await gateway.probe({ signal }))
  if (signal.aborted) return false
  const reached = wasReached(outcome)
  // That a harmless request gets through does not show that what stopped the queue is mended.
  const { blockedBy } = connection.current
  connection.recordContact({ reached, blockedBy, latencyMs: Math.max(0, clock() - startedAt) })
  return reached
}
