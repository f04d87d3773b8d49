import type { RedemptionGateway } from './gateway.ts'
import type { ConnectionState } from './connection.ts'
import type { Outcome } from './outcome.ts'
import type { Clock, Random, RedemptionStore } from './ports.ts'
import { move, type Redemption } from './redemption.ts'

interface AttemptParts {
  readonly gateway: RedemptionGateway
  readonly judge: (reply: Awaited<ReturnType<RedemptionGateway['useCoupon']>>) => Outcome
  readonly store: RedemptionStore
  readonly connection: ConnectionState
  readonly clock: Clock
  readonly random: Random
}

const firstBackOffMs = 1000
const longestBackOffMs = 60_000
/** No wait is longer, whatever `Retry-After` says. */
export const longestWaitMs = 60 * 60_000

/** Full jitter over a doubling window: tills that lost one line do not come back as one. */
export function backOffMs(attempts: number, random: Random): number {
  const window = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (attempts - 1))
  return Math.ceil(window / 2 + (random() * window) / 2)
}

/** Sends a recorded redemption once and writes down what came of it. Each number has one attempt at a time. */
export function createAttempter(parts: AttemptParts): {
  run(redemption: Redemption): Promise<{ redemption: Redemption; outcome: Outcome }>
  isRunning(useRequestNo: string): boolean
  /** How many are under way. */
  running(): number
  stop(): void
} {
  const { gateway, judge, store, connection, clock, random } = parts
  const running = new Map<string, Promise<{ redemption: Redemption; outcome: Outcome }>>()
  const stopping = new AbortController()

  async function send(
    redemption: Redemption,
  ): Promise<{ redemption: Redemption; outcome: Outcome }> {
    const outcome = judge(await gateway.useCoupon(redemption.body, { signal: stopping.signal }))
    // After the stop nothing is written: the row says "begun", and the next start sends it again.
    if (stopping.signal.aborted) return { redemption, outcome }
    connection.learn(outcome)
    const settled = settle(redemption, outcome)
    return { redemption: settled, outcome }
  }

  function settle(redemption: Redemption, outcome: Outcome): Redemption {
    const at = clock()
    const { evidence } = outcome
    const inFlight = false
    switch (outcome.kind) {
      case 'confirmed': {
        const redeemed = move(redemption, {
          state: 'redeemed',
          inFlight,
          reason: 'redeemed',
          settledAt: at,
          nextAttemptAt: null,
          stockId: outcome.stockId,
          openid: outcome.openid,
        })
        store.update(redeemed, { at, event: 'redeemed', evidence })
        return redeemed
      }
      case 'refused': {
        // An earlier attempt of ours may be what it is refused for: a person compares.
        const state = redemption.uncertain ? 'review' : 'refused'
        const done = move(redemption, {
          state,
          inFlight,
          reason: outcome.reason,
          settledAt: at,
          nextAttemptAt: null,
        })
        store.update(done, { at, event: state, evidence })
        return done
      }
      case 'unknown': {
        const asked = Math.min(outcome.retryAfterMs ?? 0, longestWaitMs)
        const wait = Math.max(asked, backOffMs(redemption.attempts, random))
        const waiting = move(redemption, {
          inFlight,
          uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,
          reason: outcome.reason,
          nextAttemptAt: at + wait,
        })
        store.update(waiting, { at, event: 'unknown', evidence })
        return waiting
      }
      case 'blocked': {
        const waiting = move(redemption, {
          inFlight,
          reason: outcome.reason,
          nextAttemptAt: at + longestBackOffMs,
        })
        store.update(waiting, { at, event: 'blocked', evidence })
        return waiting
      }
    }
  }

  return {
    run(redemption) {
      const already = running.get(redemption.useRequestNo)
      if (already) return already
      const attempt = send(redemption).finally(() => running.delete(redemption.useRequestNo))
      running.set(redemption.useRequestNo, attempt)
      return attempt
    },
    isRunning: (useRequestNo) => running.has(useRequestNo),
    running: () => running.size,
    stop: () => stopping.abort(),
  }
}
