import type { ConnectionState } from './connection.ts'
import type { createAttempter } from './attempt.ts'
import type { Clock, RedemptionStore, Scheduler } from './ports.ts'
import { begin } from './redemption.ts'

interface OutboxParts {
  readonly store: RedemptionStore
  readonly attempter: ReturnType<typeof createAttempter>
  readonly connection: ConnectionState
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly onProgress: () => void
}

const batch = 4
/** Node's timers hold 31 bits; a wake-up too early costs nothing. */
const longestSleepMs = 60_000
/** An entry that is under way, or could not be written, is still due: asked again at once, the till would spin. */
const shortestSleepMs = 250

/** Settles what is recorded and not decided: earliest due first, a few at a time, until nothing is due. */
export function createOutbox(parts: OutboxParts): {
  start(): void
  /** Tries everything that waits now, due or not. */
  wake(): void
  /** Sets the timer anew, after something was recorded or settled elsewhere. */
  reschedule(): void
  stop(): void
} {
  const { store, attempter, connection, scheduler, clock, onProgress } = parts
  let cancelTimer: (() => void) | undefined
  let draining = false
  let stopped = true

  async function drain(until: number): Promise<void> {
    if (draining || stopped) return
    draining = true
    try {
      for (;;) {
        const entries = store
          .due(until, batch)
          .filter((entry) => !attempter.isRunning(entry.useRequestNo))
        if (entries.length === 0) break
        // A batch is one round on the line; the next is asked for when it is known how this one went.
        const results = await Promise.all(
          entries.map((entry) => {
            const begun = begin(entry, clock())
            store.update(begun, { at: clock(), event: 'sending', evidence: null })
            return attempter.run(begun)
          }),
        )
        onProgress()
        if (stopped || results.some(({ outcome }) => outcome.kind === 'blocked')) break
        if (results.every(({ outcome }) => outcome.kind === 'unknown')) break
      }
    } finally {
      draining = false
      reschedule()
    }
  }

  function reschedule(): void {
    cancelTimer?.()
    cancelTimer = undefined
    if (stopped) return
    const dueAt = store.nextDueAt()
    connection.expectProbe(dueAt ?? null)
    if (dueAt === undefined) return
    const wait = Math.min(longestSleepMs, Math.max(shortestSleepMs, dueAt - clock()))
    cancelTimer = scheduler.after(wait, () => void drain(clock()))
  }

  return {
    start() {
      stopped = false
      void drain(Number.MAX_SAFE_INTEGER)
    },
    wake: () => void drain(Number.MAX_SAFE_INTEGER),
    reschedule,
    stop() {
      stopped = true
      cancelTimer?.()
    },
  }
}
