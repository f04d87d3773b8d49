import { ok, type Result } from '../contract/result.ts'
import type { Breaker } from './breaker.ts'
import type { ConnectionState } from './connection.ts'
import { type Checked, createCouponCheck } from './coupon-check.ts'
import type { GatewayReply, RedemptionGateway, StockFacts } from './gateway.ts'
import { KeyTrial } from './key-trial.ts'
import { judgeReturn } from './judge-reply.ts'
import { type Outcome, type ReturnOutcome, wasReached } from './outcome.ts'
import type { AuditEntry } from './audit-entry.ts'
import type {
  Change,
  Clock,
  KeptReplayLesson,
  LostTime,
  NotSaved,
  OpenRedemptions,
  Random,
  Redemptions,
  Scheduler,
  Stocks,
} from './ports.ts'
import type { Reconciled } from './reconcile.ts'
import { type Redemption, begin, move } from './redemption.ts'
import { ReplayLessons } from './replay-lessons.ts'
import { SettingsFaults } from './settings-faults.ts'
import { type Caps, settle } from './settle.ts'
import { Unwritten } from './unwritten.ts'
import type { Times } from './mint-anew.ts'
import { createRenewal } from './renewal.ts'

interface AttemptParts extends Times {
  readonly gateway: RedemptionGateway
  readonly judgeReply: (reply: GatewayReply) => Outcome
  readonly redemptions: Pick<Redemptions, 'find' | 'update' | 'replace'>
  readonly open: Pick<OpenRedemptions, 'undecided'>
  readonly lostTime: LostTime
  readonly replayLesson: KeptReplayLesson
  readonly stocks: Pick<Stocks, 'all'>
  readonly connection: ConnectionState
  readonly breaker: Breaker
  readonly clock: Clock
  readonly random: Random
  readonly caps: Caps
  readonly tillId: string
  readonly appid: string
  /** Of a batch, as far as known. */
  readonly findStock: (stockId: string | null) => StockFacts | null
  readonly scheduler: Scheduler
  /** What else follows from how an attempt ended; written in the same transaction. */
  readonly beforeWrite: (change: Change) => Change
  /** What is owed to its customer is kept in mind, whoever changes the redemption. */
  readonly keepInMind: (redemption: Redemption) => Redemption
  /** What could not be written, and is tried again by itself. */
  readonly onNotWritten: (cause: unknown) => void
  readonly onFault: (cause: unknown) => void
  /** A redemption goes on under another number. */
  readonly onRenewed: (from: string, to: string) => void
}

export interface Attempted {
  /** As it is now. Under another number than the one sent, where that one was refused for the time and minted anew. */
  readonly redemption: Redemption
  readonly outcome: Outcome | ReturnOutcome
  /** The line was broken before, and this got through. */
  readonly brokeThrough: boolean
  /** False when it could not be written down: it is true all the same, and is written as soon as that is possible. */
  readonly isRecorded: boolean
}

export interface Attempter {
  /**
   * Sends a recorded redemption, or return, once and writes down what came of it. One that was recorded under a wrong
   * clock, and of which nothing can have come, is minted anew and goes out under its new number.
   */
  run(redemption: Redemption): Promise<Attempted>
  /** Changes a redemption whether or not an attempt is under way, without either losing the other's change. */
  amend(
    redemption: Redemption,
    change: Partial<Redemption>,
    ...audits: readonly AuditEntry[]
  ): Redemption
  /** The same; fails, with nothing changed, when it cannot be written. */
  tryAmend(
    redemption: Redemption,
    change: Partial<Redemption>,
    ...audits: readonly AuditEntry[]
  ): Result<Redemption, NotSaved>
  /** As it is now, whatever the caller has read before; under its new number, if it was minted anew since. */
  latest(redemption: Redemption): Redemption
  /** The same by its number. */
  find(useRequestNo: string): Redemption | undefined
  /** Whether a query can say who holds the coupon. */
  canAsk(redemption: Redemption): boolean
  /** Asks the coupon itself. Writes nothing. */
  ask(redemption: Redemption): Promise<Reconciled>
  /** Whether a request of it is under way. */
  isUnderWay(useRequestNo: string): boolean
  /** The numbers that are not to be sent now: under way, or answered and not written down yet. */
  readonly running: ReadonlySet<string>
  /** Of a key that is in doubt: it verified something since. */
  isKeySound(): boolean
  stop(): void
}

/** WeChat Pay was heard within this time, by anything: a silence now is not the line's. */
const lineIsUpMs = 10 * 60_000

interface Run {
  latest: Redemption
  done: Promise<Attempted>
}

/** Each number has one attempt at a time. */
export function createAttempter(parts: AttemptParts): Attempter {
  const { gateway, judgeReply, redemptions, connection, breaker, clock, random, caps } = parts
  const runs = new Map<string, Run>()
  const running = new Set<string>()
  const stopping = new AbortController()
  const settingsFaults = new SettingsFaults()
  const unwritten = new Unwritten(redemptions, parts.scheduler, parts.onNotWritten)
  const renewal = createRenewal(parts)
  const keyTrial = new KeyTrial({ ...parts, signal: stopping.signal })
  const lessons = new ReplayLessons(parts)
  const check = createCouponCheck({ ...parts, signal: stopping.signal })

  async function sendOnce(redemption: Redemption): Promise<Outcome | ReturnOutcome> {
    const { body, couponReturn, state } = redemption
    const options = { signal: stopping.signal }
    if (state === 'returning' && couponReturn !== null)
      return judgeReturn(await gateway.returnCoupon(couponReturn.body, options))
    return judgeReply(await gateway.useCoupon(body, options))
  }

  /** What is refused for its time alone had no effect: it goes out once more, with a time that is right. */
  async function send(run: Run, mostAgain = 2): Promise<Outcome | ReturnOutcome> {
    renewIn(run, renewal.beforeSending(run.latest))
    const offsetMs = renewal.offsetMs()
    const said = await sendOnce(run.latest)
    if (stopping.signal.aborted || mostAgain === 0) return said
    const next = renewal.afterRefusal(run.latest, said, offsetMs)
    const goesOn = next && (renewIn(run, next.renewed) || (next.maySendAgain && beginAgain(run)))
    return goesOn === true ? send(run, mostAgain - 1) : said
  }

  function renewIn(run: Run, renewed: Redemption | null): boolean {
    if (renewed === null) return false
    runs.set(renewed.useRequestNo, run)
    running.add(renewed.useRequestNo)
    parts.onRenewed(run.latest.useRequestNo, renewed.useRequestNo)
    run.latest = renewed
    return true
  }

  /** The same bytes once more, as an attempt of their own. The one that was refused for its time had no effect. */
  function beginAgain(run: Run): boolean {
    const at = clock()
    const begun = begin({ ...run.latest, inFlight: false }, at)
    const audits = [{ at, event: 'sending', evidence: null }] as const
    const written = unwritten.write({ redemption: begun, audits })
    // What cannot be written down is not sent.
    if (!written.ok) parts.onNotWritten(written.error.cause)
    else run.latest = begun
    return written.ok
  }

  async function attempt(run: Run): Promise<Attempted> {
    const startedAt = clock()
    const sentAt = parts.confirmedClock()
    const isLineUp = connection.heardWithin(lineIsUpMs)
    const { outcome, finding } =
      (await check.beforeReturn(run.latest, isLineUp)) ?? (await sendAndCheck(run, startedAt))
    // After the stop nothing is written: the row says "begun", and the next start sends it again.
    if (stopping.signal.aborted)
      return { redemption: run.latest, outcome, brokeThrough: false, isRecorded: true }
    const brokeThrough = breaker.recordOutcome(run.latest.useRequestNo, outcome)
    const at = clock()
    const before = run.latest
    const settled = settle(before, outcome, {
      at,
      random,
      caps,
      isLineUp,
      finding,
      lesson: lessons.current,
      mayHaveBeenGiven: before.recordedAt <= (parts.lostTime.lastAt() ?? -1),
    })
    const change = parts.beforeWrite({ redemption: settled.redemption, audits: [settled.audit] })
    const isRecorded = unwritten.writeOrKeep(change)
    // The run is over only some turns later: who changes it until then must not begin from what it was.
    run.latest = change.redemption
    if (change.redemption.nextAttemptAt === null) renewal.forget(change.redemption)
    lessons.recordReply(before, outcome, { sentAt, finding })
    return { redemption: change.redemption, outcome, brokeThrough, isRecorded }
  }

  async function sendAndCheck(run: Run, startedAt: number): Promise<Checked> {
    const said = await send(run)
    const outcome = recordReply(run.latest, said, Math.max(0, clock() - startedAt))
    keyTrial.heard(outcome)
    return stopping.signal.aborted
      ? { outcome, finding: null }
      : check.afterReply(run.latest, outcome)
  }

  function recordReply(
    { couponCode }: Redemption,
    said: Outcome | ReturnOutcome,
    latencyMs: number,
  ): Outcome | ReturnOutcome {
    if (stopping.signal.aborted) return said
    const { blockedBy: standing } = connection.current
    const { outcome, blockedBy } = settingsFaults.understand(couponCode, said, standing)
    connection.recordContact({ reached: wasReached(said), blockedBy, latencyMs })
    return outcome
  }

  function find(useRequestNo: string): Redemption | undefined {
    const number = renewal.numberOf(useRequestNo)
    return runs.get(number)?.latest ?? unwritten.find(number) ?? redemptions.find(number)
  }

  function latest(redemption: Redemption): Redemption {
    return find(redemption.useRequestNo) ?? redemption
  }

  function tryAmend(
    redemption: Redemption,
    change: Partial<Redemption>,
    ...audits: readonly AuditEntry[]
  ): Result<Redemption, NotSaved> {
    const run = runs.get(renewal.numberOf(redemption.useRequestNo))
    const amended = parts.keepInMind(move(latest(redemption), change))
    const written = unwritten.write({ redemption: amended, audits })
    if (!written.ok) return written
    if (run) run.latest = amended
    return ok(amended)
  }

  return {
    get running() {
      return unwritten.size === 0 ? running : new Set([...running, ...unwritten.numbers()])
    },
    isKeySound: () => keyTrial.isSound,
    isUnderWay: (useRequestNo) => runs.has(renewal.numberOf(useRequestNo)),
    latest,
    find,
    canAsk: (redemption) => check.canAsk(redemption),
    ask: (redemption) => check.ask(redemption),
    run(redemption) {
      const { useRequestNo } = redemption
      const already = runs.get(useRequestNo)
      if (already) return already.done
      const { promise, resolve, reject } = Promise.withResolvers<Attempted>()
      const run: Run = { latest: redemption, done: promise }
      runs.set(useRequestNo, run)
      running.add(useRequestNo)
      renewal.seen(redemption)
      attempt(run)
        .finally(() => {
          for (const [number, other] of runs) {
            if (other !== run) continue
            runs.delete(number)
            running.delete(number)
          }
        })
        .then(resolve, reject)
      return promise
    },
    tryAmend,
    amend(redemption, change, ...audits) {
      const amended = tryAmend(redemption, change, ...audits)
      if (!amended.ok) throw amended.error.cause
      return amended.value
    },
    stop() {
      stopping.abort()
      unwritten.stop()
    },
  }
}
