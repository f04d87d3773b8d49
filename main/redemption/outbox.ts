import type { Attempted, Attempter } from './attempt.ts'
import { backOffMs, longestWaitMs } from './back-off.ts'
import type { Breaker } from './breaker.ts'
import type { ConnectionState } from './connection.ts'
import { createPace } from './pace.ts'
import type { Clock, Random, RedemptionStore, Scheduler } from './ports.ts'
import { begin, type Redemption } from './redemption.ts'
import { blockedWaitMs } from './settle.ts'

interface OutboxParts {
  readonly store: RedemptionStore
  readonly attempter: Attempter
  readonly breaker: Breaker
  readonly connection: ConnectionState
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly random: Random
  /** Requests a second at most. */
  readonly perSecond: number
  /** Cheapest contact there is; says whether WeChat Pay was reached. */
  readonly probe: () => Promise<boolean>
  readonly onSettled: (attempted: Attempted) => void
  readonly onFault: (cause: unknown) => void
}

export interface Outbox {
  start(): void
  /** Tries everything that waits now, due or not. */
  wake(): void
  /** Sets the timers anew, after something was recorded. */
  reschedule(): void
  /** A cashier's own request was answered. */
  heard(attempted: Attempted): void
  pause(): void
  resume(): void
  readonly paused: boolean
  stop(): void
}

const lanes = 4
const everything = Number.MAX_SAFE_INTEGER
/** Node's timers hold 31 bits; a wake-up too early costs nothing. */
const longestSleepMs = 60_000
/** An entry that is under way, or could not be written, is still due: asked again at once, the till would spin. */
const shortestSleepMs = 250
const longestProbeWaitMs = 60_000
const afterFaultMs = 5000

/**
 * Settles what is recorded and not decided, a few at a time. It rests while the breaker is open, after a settings fault
 * and after "too many requests"; those rests are timers, so that a clock step neither ends nor prolongs them.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, attempter, breaker, connection, scheduler, clock, random } = parts
  const pace = createPace(parts.perSecond, clock)
  const timers = { sleep: noTimer, probe: noTimer, rest: noTimer, pace: noTimer }
  let active = 0
  let stopped = true
  let paused = false
  let resting: 'no' | 'blocked' | 'limited' = 'no'
  let pumpAsked = false
  /** A pass tries what is due by this instant; each number once, so that none is tried over and over. */
  let until = 0
  const tried = new Set<string>()

  function pass(to: number): void {
    if (active === 0 || to > until) tried.clear()
    goOn(to)
  }

  /** The same pass: what it has tried is not tried again. */
  function goOn(to: number): void {
    until = active === 0 ? to : Math.max(until, to)
    guarded(pump)
  }

  /** The file cannot be read or written now: nobody else must suffer for it, and it is tried again. */
  function guarded(work: () => void): void {
    try {
      work()
    } catch (cause) {
      timers.sleep()
      timers.sleep = scheduler.after(afterFaultMs, () => pass(clock()))
      parts.onFault(cause)
    }
  }

  function pump(): void {
    if (stopped) return
    const free = allowedLanes() - active
    if (free > 0) {
      const due = store.due(until, free, [...tried, ...attempter.running])
      const going = due.slice(0, pace.take(due.length))
      for (const entry of beginAll(going)) launch(entry)
      if (going.length < due.length) return later()
    }
    if (active === 0) reschedule()
  }

  function allowedLanes(): number {
    if (paused || resting !== 'no' || breaker.state === 'open') return 0
    // While the settings are at fault, and after a silence, one entry finds out for all.
    return breaker.state === 'trial' || connection.current.state === 'blocked' ? 1 : lanes
  }

  function later(): void {
    timers.pace()
    timers.pace = scheduler.after(pace.waitMs(), () => goOn(until))
  }

  /** One commit for the round: that each of them is being sent is on the disk before the first byte leaves. */
  function beginAll(entries: readonly Redemption[]): readonly Redemption[] {
    if (entries.length === 0) return []
    const at = clock()
    const begun = entries.map((entry) => begin(entry, at))
    const audits = [{ at, event: 'sending', evidence: null }] as const
    store.updateAll(begun.map((redemption) => ({ redemption, audits })))
    return begun
  }

  function launch(entry: Redemption): void {
    active += 1
    tried.add(entry.useRequestNo)
    attempter
      .run(entry)
      .then((attempted) => {
        react(attempted)
        parts.onSettled(attempted)
      })
      .catch(parts.onFault)
      .finally(() => {
        active -= 1
        askPump()
      })
      .catch(parts.onFault)
  }

  /** Replies that came together are followed by one round. */
  function askPump(): void {
    if (pumpAsked) return
    pumpAsked = true
    queueMicrotask(() => {
      pumpAsked = false
      goOn(until)
    })
  }

  /** Says whether everything may be worth trying again. */
  function react({ outcome, brokeThrough, redemption }: Attempted): boolean {
    if (stopped) return false
    if (redemption.nextAttemptAt === null) tried.delete(redemption.useRequestNo)
    if (connection.current.state === 'blocked') {
      if (outcome.kind === 'blocked') rest('blocked', blockedWaitMs)
    } else if (resting === 'blocked') {
      endRest()
      return forgetTried()
    }
    // The limit is on the merchant's calls together, so all of them wait.
    if (outcome.kind === 'unknown' && outcome.reason === 'rate-limited')
      rest('limited', outcome.retryAfterMs ?? (redemption.nextAttemptAt ?? clock()) - clock())
    return brokeThrough && forgetTried()
  }

  function forgetTried(): true {
    until = everything
    tried.clear()
    return true
  }

  function rest(why: 'blocked' | 'limited', ms: number): void {
    resting = why
    timers.rest()
    const wait = Math.min(longestWaitMs, Math.max(shortestSleepMs, ms))
    timers.rest = scheduler.after(wait, () => {
      endRest()
      // After a settings fault the next in turn finds out: the first may be refused for a fault of its own.
      if (why === 'blocked') goOn(clock())
      else pass(clock())
    })
    connection.expectProbe(clock() + wait)
  }

  function endRest(): void {
    resting = 'no'
    timers.rest()
  }

  function reschedule(): void {
    timers.sleep()
    if (stopped || paused || resting !== 'no') return
    const dueAt = store.nextDueAt()
    if (breaker.state === 'open' || (dueAt === undefined && connection.wantsProbe))
      return probeLater()
    if (dueAt === undefined) return connection.expectProbe(null)
    const wait = Math.min(longestSleepMs, Math.max(shortestSleepMs, dueAt - clock()))
    timers.sleep = scheduler.after(wait, () => pass(clock()))
    connection.expectProbe(Math.max(dueAt, clock()))
  }

  /** A probe that is expected already stays where it is. */
  function probeLater(): void {
    if (timers.probe !== noTimer) return
    const wait = backOffMs(1 + breaker.openings, random, longestProbeWaitMs)
    connection.expectProbe(clock() + wait)
    timers.probe = scheduler.after(wait, () => {
      probe().catch(parts.onFault)
    })
  }

  async function probe(): Promise<void> {
    const wasOpen = breaker.state === 'open'
    const reached = await parts.probe()
    timers.probe = noTimer
    if (stopped) return
    breaker.probed(reached)
    pass(wasOpen && reached ? everything : clock())
  }

  function wake(): void {
    if (stopped) return
    breaker.allowTrial()
    // Mended settings are tried at once; a limit of WeChat Pay's is kept.
    if (resting === 'blocked') endRest()
    pass(everything)
  }

  return {
    start() {
      stopped = false
      wake()
    },
    wake,
    reschedule: () => guarded(reschedule),
    heard(attempted) {
      if (react(attempted)) pass(everything)
      else guarded(reschedule)
    },
    pause() {
      paused = true
    },
    resume() {
      paused = false
      wake()
    },
    get paused() {
      return paused
    },
    stop() {
      stopped = true
      for (const cancel of Object.values(timers)) cancel()
    },
  }
}

function noTimer(): void {}
