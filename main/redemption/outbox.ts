import type { ConnectionState } from './connection.ts'
import type { createAttempter } from './attempt.ts'
import type { Clock, Random, RedemptionStore, Scheduler } from './ports.ts'
import { begin, type Redemption } from './redemption.ts'

interface OutboxParts {
  readonly store: RedemptionStore
  readonly attempter: ReturnType<typeof createAttempter>
  readonly connection: ConnectionState
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly random: Random
  readonly onProgress: () => void
  /** A round ended with a fault of the store's; it is tried again. */
  readonly onFault: (cause: unknown) => void
}

/** Requests at a time on a line that works. On one that does not, a single entry tries it out for the others. */
const batch = 4
/** Node's timers hold 31 bits; a wake-up too early costs nothing. */
const longestSleepMs = 60_000
/** An entry that is under way, or could not be written, is still due: asked again at once, the till would spin. */
const shortestSleepMs = 250
/** How long a line rests after a round that reached nobody: doubled each time, up to the longest. */
const firstRestMs = 1000
const longestRestMs = 30_000
/** After the store could not write: room on a disk comes back by somebody's hand. */
const faultPauseMs = 10_000

/** Settles what is recorded and not decided: earliest due first, a few at a time, until nothing is due. */
export function createOutbox(parts: OutboxParts): {
  start(): void
  /** Tries everything that waits now, due or not; only who was told to wait by WeChat Pay waits on. */
  wake(): void
  /** Sets the timer anew, after something was recorded or settled elsewhere. */
  reschedule(): void
  stop(): void
} {
  const { store, attempter, connection, scheduler, clock, random, onProgress } = parts
  let cancelTimer: (() => void) | undefined
  let draining = false
  let isWoken = false
  let stopped = true
  let restMs = 0

  async function drain(): Promise<void> {
    if (draining || stopped) return
    draining = true
    try {
      while (await round());
    } catch (cause) {
      // The disk took no write: nothing was sent, and the next round tries again.
      parts.onFault(cause)
      restMs = faultPauseMs
    } finally {
      draining = false
      reschedule()
    }
  }

  /** One round on the line; the next is asked for when it is known how this one went. */
  async function round(): Promise<boolean> {
    if (isWoken) {
      isWoken = false
      restMs = 0
      store.hasten(clock())
    }
    const width = connection.current.state === 'offline' ? 1 : batch
    const entries = store
      .due(clock(), width + attempter.running())
      .filter((entry) => !attempter.isRunning(entry.useRequestNo))
      .slice(0, width)
    if (entries.length === 0) return false
    const results = await Promise.all(beginAll(entries).map((entry) => attempter.run(entry)))
    onProgress()
    const outcomes = results.map(({ outcome }) => outcome)
    const reachedNobody = outcomes.every(
      (outcome) => outcome.kind === 'unknown' && !outcome.reached,
    )
    restMs = reachedNobody ? nextRest(restMs) : 0
    if (stopped) return false
    return isWoken || !(reachedNobody || outcomes.some((outcome) => outcome.kind === 'blocked'))
  }

  function nextRest(last: number): number {
    const doubled = last === 0 ? firstRestMs : Math.min(longestRestMs, last * 2)
    return Math.ceil(doubled * (0.75 + random() / 4))
  }

  /** One commit for the round: that each of them is being sent is on the disk before the first byte leaves. */
  function beginAll(entries: readonly Redemption[]): readonly Redemption[] {
    const at = clock()
    const begun = entries.map((entry) => begin(entry, at))
    const audit = { at, event: 'sending', evidence: null } as const
    store.updateAll(begun.map((redemption) => ({ redemption, audit })))
    return begun
  }

  function reschedule(): void {
    cancelTimer?.()
    cancelTimer = undefined
    if (stopped) return
    const dueAt = store.nextDueAt()
    if (dueAt === undefined) {
      connection.expectProbe(null)
      return
    }
    const wait = Math.max(shortestSleepMs, restMs, Math.min(longestSleepMs, dueAt - clock()))
    connection.expectProbe(clock() + wait)
    cancelTimer = scheduler.after(wait, () => void drain())
  }

  function wake(): void {
    isWoken = true
    void drain()
  }

  return {
    start() {
      stopped = false
      wake()
    },
    wake,
    reschedule,
    stop() {
      stopped = true
      cancelTimer?.()
    },
  }
}
