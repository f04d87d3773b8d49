import type { ConnectionState } from './connection.ts'
import type { createAttempter } from './attempt.ts'
import type { Clock, RedemptionStore, Scheduler } from './ports.ts'
import { begin, type Redemption } from './redemption.ts'

interface OutboxParts {
  readonly store: RedemptionStore
  readonly attempter: ReturnType<typeof createAttempter>
  readonly connection: ConnectionState
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly onProgress: () => void
  readonly onFault: (cause: unknown) => void
}

const batch = 4
/** Node's timers hold 31 bits; a wake-up too early costs nothing. */
const longestSleepMs = 60_000
/** An entry that is under way, or could not be written, is still due: asked again at once, the till would spin. */
const shortestSleepMs = 250
/** After the store could not write: room on a disk comes back by somebody's hand. */
const faultPauseMs = 10_000

/** Settles what is recorded and not decided: earliest due first, a few at a time, until nothing is due. */
export function createOutbox(parts: OutboxParts): {
  start(): void
  /** Tries everything that waits now, due or not. */
  wake(): void
  /** Sets the timer anew, after something was recorded or settled elsewhere. */
  reschedule(): void
  stop(): void
} {
  const { store, attempter, connection, scheduler, clock, onProgress, onFault } = parts
  let cancelTimer: (() => void) | undefined
  let draining = false
  let stopped = true

  async function drain(until: number): Promise<void> {
    if (draining || stopped) return
    draining = true
    let pause = shortestSleepMs
    try {
      for (;;) {
        const entries = store
          .due(until, batch)
          .filter((entry) => !attempter.isRunning(entry.useRequestNo))
        if (entries.length === 0) break
        // A batch is one round on the line; the next is asked for when it is known how this one went.
        const results = await Promise.all(beginAll(entries).map((entry) => attempter.run(entry)))
        onProgress()
        if (stopped || results.some(({ outcome }) => outcome.kind === 'blocked')) break
        if (results.every(({ outcome }) => outcome.kind === 'unknown')) break
      }
    } catch (cause) {
      onFault(cause)
      pause = faultPauseMs
    }
    draining = false
    reschedule(pause)
  }

  /** One commit for the round: that each of them is being sent is on the disk before the first byte leaves. */
  function beginAll(entries: readonly Redemption[]): readonly Redemption[] {
    const at = clock()
    const begun = entries.map((entry) => begin(entry, at))
    const audit = { at, event: 'sending', evidence: null } as const
    store.updateAll(begun.map((redemption) => ({ redemption, audit })))
    return begun
  }

  function reschedule(shortest = shortestSleepMs): void {
    cancelTimer?.()
    cancelTimer = undefined
    if (stopped) return
    const dueAt = store.nextDueAt()
    connection.expectProbe(dueAt ?? null)
    if (dueAt === undefined) return
    const wait = Math.min(longestSleepMs, Math.max(shortest, dueAt - clock()))
    cancelTimer = scheduler.after(wait, () => void drain(clock()))
  }

  return {
    start() {
      stopped = false
      void drain(Number.MAX_SAFE_INTEGER)
    },
    wake: () => void drain(Number.MAX_SAFE_INTEGER),
    reschedule: () => reschedule(),
    stop() {
      stopped = true
      cancelTimer?.()
    },
  }
}
