import type { Attempted, Attempter } from './attempt.ts'
import { createAskedWaits } from './asked-waits.ts'
import { backOffMs } from './back-off.ts'
import type { Line } from './connection.ts'
import { findsOutAboutKey } from './key-trial.ts'
import { createPace } from './pace.ts'
import type { Clock, Random, Reach, Scheduler, TillStore } from './ports.ts'
import { begin, type Redemption } from './redemption.ts'
import { blockedWaitMs } from './settle.ts'

interface OutboxParts {
  readonly store: Pick<TillStore, 'redemptions' | 'open'>
  readonly attempter: Attempter
  readonly line: Line
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly random: Random
  /** Most requests in one second. */
  readonly perSecond: number
  /** Sends a harmless request and returns whether WeChat Pay was reached. */
  readonly probe: () => Promise<boolean>
  readonly onSettled: (attempted: Attempted) => void
  readonly onFault: (cause: unknown) => void
}

export interface Outbox {
  start(): void
  /** Tries everything that waits, due or not, on a person's order. Waits that WeChat Pay asked for are kept. */
  wake(): void
  /** The network may be back, or the settings mended: tries what is due, without waiting for a probe. */
  hint(): void
  /** Looks again at what is due, after something changed. */
  look(): void
  /** Sets the timers anew, after something was recorded. */
  reschedule(): void
  /** Takes note of the result of an attempt that a cashier began. */
  heard(attempted: Attempted): void
  pause(): void
  resume(): void
  readonly paused: boolean
  stop(): void
}

const lanes = 4
const reaches: readonly Reach[] = ['due', 'settings', 'all']
/** Node's timers hold 31 bits. Waking up too early costs nothing. */
const longestSleepMs = 60_000
/** An entry that is under way, or could not be written, is still due. Without a least wait the till would loop. */
const shortestSleepMs = 250
const longestProbeWaitMs = 60_000
const afterFaultMs = 5000

/**
 * Sends what is recorded and not settled, a few entries at a time. It rests while the breaker is open, after a fault of the
 * settings and after "too many requests". Those rests are timers, so that setting the clock does not change them. Each
 * entry has its own back-off, which the results of other entries do not shorten.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const { attempter, scheduler, clock, random } = parts
  const { redemptions, open } = parts.store
  const { breaker, connection } = parts.line
  const pace = createPace(parts.perSecond, clock)
  const timers = { sleep: noTimer, probe: noTimer, settings: noTimer, pace: noTimer }
  const asked = createAskedWaits(scheduler, () => pass())
  let active = 0
  let stopped = true
  let paused = false
  let isBlocked = false
  let pumpAsked = false
  /** What the current pass tries. A pass tries each number once, so that none is tried over and over. */
  let reach: Reach = 'due'
  const tried = new Set<string>()

  function pass(to: Reach = 'due'): void {
    const isFarther = reaches.indexOf(to) > reaches.indexOf(reach)
    if (active === 0 || isFarther) tried.clear()
    if (isFarther) reach = to
    goOn()
  }

  /** Goes on with the same pass: what it has tried is not tried again. */
  function goOn(): void {
    guarded(pump)
  }

  /** Runs the work and, when the file cannot be read or written, reports that and tries again later. */
  function guarded(work: () => void): void {
    try {
      work()
    } catch (cause) {
      timers.sleep()
      timers.sleep = scheduler.after(afterFaultMs, () => pass())
      parts.onFault(cause)
    }
  }

  function pump(): void {
    if (stopped) return
    const free = allowedLanes() - active
    if (free > 0) {
      const due = nextInTurn(free)
      const going = due.slice(0, pace.take(due.length))
      for (const entry of beginAll(going)) launch(entry)
      if (going.length < due.length) {
        timers.pace()
        timers.pace = scheduler.after(pace.waitMs(), () => goOn())
        return
      }
    }
    if (active > 0) return
    // The pass is over. What is recorded from here on waits until it is due.
    reach = 'due'
    reschedule()
  }

  function nextInTurn(free: number): Redemption[] {
    const busy = [...attempter.running, ...asked.numbers]
    if (connection.current.blockedBy === 'wechatpay-key-wrong') {
      const next = findsOutAboutKey(open, clock(), busy, reach)
      if (next !== null) return [next]
      if (findsOutAboutKey(open, clock(), busy, 'all') !== null) {
        // One entry finds out once its back-off is over. Until then nothing is sent.
        restForSettings()
        return []
      }
    }
    return open.due(clock(), free, [...tried, ...busy], reach)
  }

  function isResting(): boolean {
    return isBlocked || asked.everybody
  }

  function allowedLanes(): number {
    if (paused || isResting() || breaker.state === 'open') return 0
    // While the settings are at fault, and after silences, one entry finds out for all.
    return breaker.state === 'trial' || connection.current.state === 'blocked' ? 1 : lanes
  }

  /** Writes in one commit that these entries are being sent, before the first byte leaves. */
  function beginAll(entries: readonly Redemption[]): readonly Redemption[] {
    if (entries.length === 0) return []
    const at = clock()
    const begun = entries.map((entry) => begin(entry, at))
    const audits = [{ at, event: 'sending', evidence: null }] as const
    const written = redemptions.update(begun.map((redemption) => ({ redemption, audits })))
    if (!written.ok) throw written.error.cause
    return begun
  }

  function launch(entry: Redemption): void {
    active += 1
    tried.add(entry.useRequestNo)
    attempter
      .run(entry)
      .then((attempted) => {
        goFarther(react(attempted))
        parts.onSettled(attempted)
      })
      .catch(parts.onFault)
      .finally(() => {
        active -= 1
        askPump()
      })
      .catch(parts.onFault)
  }

  /** Widens what the pass tries. */
  function goFarther(to: Reach | null): void {
    if (to !== null && reaches.indexOf(to) > reaches.indexOf(reach)) reach = to
  }

  /** Goes on once for all replies that came together. */
  function askPump(): void {
    if (pumpAsked) return
    pumpAsked = true
    queueMicrotask(() => {
      pumpAsked = false
      goOn()
    })
  }

  /** Returns what may be tried because of this result; `null` for nothing more. */
  function react({ outcome, brokeThrough, redemption }: Attempted): Reach | null {
    if (stopped) return null
    const { useRequestNo, nextAttemptAt } = redemption
    // Whatever the result, this pass has tried it.
    if (nextAttemptAt === null) tried.delete(useRequestNo)
    else tried.add(useRequestNo)
    if (outcome.kind === 'unknown' && nextAttemptAt !== null) {
      const wait = nextAttemptAt - clock()
      // The limit is for all of the merchant's requests together, so all entries wait.
      if (outcome.reason === 'rate-limited') asked.waitAll(wait)
      if (outcome.retryAfterMs !== null) asked.wait(useRequestNo, wait)
      if (asked.everybody) connection.expectProbe(nextAttemptAt)
    }
    if (connection.current.state === 'blocked') {
      if (outcome.kind === 'blocked') restForSettings()
      return null
    }
    if (!isBlocked) return brokeThrough ? 'due' : null
    endRest()
    return 'settings'
  }

  function restForSettings(): void {
    isBlocked = true
    timers.settings()
    // The next entry finds out, because the first may be refused for a fault of its own.
    timers.settings = scheduler.after(blockedWaitMs, () => {
      endRest()
      goOn()
    })
    connection.expectProbe(clock() + blockedWaitMs)
  }

  function endRest(): void {
    isBlocked = false
    timers.settings()
  }

  function reschedule(): void {
    timers.sleep()
    if (stopped || paused || isResting()) return
    const dueAt = open.nextDueAt()
    if (breaker.state === 'open' || (dueAt === null && connection.wantsProbe)) return probeLater()
    if (dueAt === null) return connection.expectProbe(null)
    const wait = Math.min(longestSleepMs, Math.max(shortestSleepMs, dueAt - clock()))
    timers.sleep = scheduler.after(wait, () => pass())
    connection.expectProbe(Math.max(dueAt, clock()))
  }

  /** Plans a probe, unless one is planned already. */
  function probeLater(): void {
    if (timers.probe !== noTimer) return
    const wait = backOffMs(1 + breaker.openings, random, longestProbeWaitMs)
    connection.expectProbe(clock() + wait)
    timers.probe = scheduler.after(wait, () => {
      probe().catch(parts.onFault)
    })
  }

  async function probe(): Promise<void> {
    const reached = await parts.probe()
    timers.probe = noTimer
    if (stopped) return
    breaker.probed(reached)
    pass()
  }

  function hint(): void {
    if (stopped) return
    breaker.allowTrial()
    // Mended settings are tried at once; a limit of WeChat Pay's is kept.
    if (isBlocked) endRest()
    pass('settings')
  }

  return {
    start() {
      stopped = false
      hint()
    },
    wake() {
      if (stopped) return
      breaker.allowTrial()
      if (isBlocked) endRest()
      pass('all')
    },
    hint,
    look: () => pass(),
    reschedule: () => guarded(reschedule),
    heard(attempted) {
      const to = react(attempted)
      if (to === null) guarded(reschedule)
      else pass(to)
    },
    pause() {
      paused = true
    },
    resume() {
      paused = false
      hint()
    },
    get paused() {
      return paused
    },
    stop() {
      stopped = true
      asked.stop()
      for (const cancel of Object.values(timers)) cancel()
    },
  }
}

function noTimer(): void {}
