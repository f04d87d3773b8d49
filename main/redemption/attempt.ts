import { ok, type Result } from '../contract/result.ts'
import type { Line } from './connection.ts'
import { type Checked, createCouponCheck } from './coupon-check.ts'
import type { GatewayReply, RedemptionGateway, StockFacts } from './gateway.ts'
import { KeyTrial } from './key-trial.ts'
import { judgeReturn } from './judge-reply.ts'
import { type Outcome, type ReturnOutcome, wasReached } from './outcome.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { Change, Clocks, WriteFault, Random, Scheduler, TillStore } from './ports.ts'
import type { Reconciled } from './reconcile.ts'
import { type Redemption, begin, move } from './redemption.ts'
import { ReplayLessons } from './replay-lessons.ts'
import { SettingsFaults } from './settings-faults.ts'
import { type Caps, settle } from './settle.ts'
import { Unwritten } from './unwritten.ts'
import type { TillIdentity } from './till-parts.ts'
import { createRenewal } from './renewal.ts'

interface AttemptParts {
  readonly identity: TillIdentity
  readonly gateway: RedemptionGateway
  readonly judgeReply: (reply: GatewayReply) => Outcome
  readonly store: Pick<TillStore, 'redemptions' | 'open' | 'lostTime' | 'replayLesson' | 'stocks'>
  readonly line: Line
  readonly clocks: Clocks
  readonly random: Random
  readonly scheduler: Scheduler
  readonly caps: Caps
  /** Returns what is known of a batch; `null` for nothing. */
  readonly findStock: (stockId: string | null) => StockFacts | null
  readonly counter: AttemptedAtCounter
  /** Called with what background work threw, also when something could not be written. It is tried again by itself. */
  readonly onFault: (cause: unknown) => void
}

/** What the counter has to do with an attempt. */
interface AttemptedAtCounter {
  /** Returns the change that an attempt made, with what the counter adds to it in the same transaction. */
  readonly beforeWrite: (change: Change) => Change
  /** Returns the redemption with the time until which it is held for its customer, if it is. */
  readonly keepHeld: (redemption: Redemption) => Redemption
  /** Called when a redemption goes on under another number. */
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
  ): Result<Redemption, WriteFault>
  /** As it is now, whatever the caller has read before; under its new number, if it was minted anew since. */
  latest(redemption: Redemption): Redemption
  /** The same by its number. */
  find(useRequestNo: string): Redemption | null
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
  const { identity, gateway, judgeReply, store, clocks, random, caps, findStock, onFault } = parts
  const { connection, breaker } = parts.line
  const { redemptions } = store
  const runs = new Map<string, Run>()
  const running = new Set<string>()
  const stopping = new AbortController()
  const settingsFaults = new SettingsFaults()
  const { signal } = stopping
  const unwritten = new Unwritten(redemptions, parts.scheduler, onFault)
  const renewal = createRenewal({
    redemptions,
    clocks,
    random,
    tillId: identity.tillId,
    findStock,
  })
  const keyTrial = new KeyTrial({ stocks: store.stocks, gateway, signal, onFault })
  const lessons = new ReplayLessons({ store, clock: clocks.now, onFault })
  const check = createCouponCheck({
    gateway,
    lostTime: store.lostTime,
    caps,
    appid: identity.appid,
    findStock,
    signal,
  })

  async function sendOnce(redemption: Redemption): Promise<Outcome | ReturnOutcome> {
    const { body, couponReturn, state } = redemption
    const options = { signal }
    if (state === 'returning' && couponReturn !== null)
      return judgeReturn(await gateway.returnCoupon(couponReturn.body, options))
    return judgeReply(await gateway.useCoupon(body, options))
  }

  /** What is refused for its time alone had no effect: it goes out once more, with a time that is right. */
  async function send(run: Run, mostAgain = 2): Promise<Outcome | ReturnOutcome> {
    renewIn(run, renewal.beforeSending(run.latest))
    const offsetMs = renewal.offsetMs()
    const said = await sendOnce(run.latest)
    if (signal.aborted || mostAgain === 0) return said
    const next = renewal.afterRefusal(run.latest, said, offsetMs)
    const goesOn = next && (renewIn(run, next.renewed) || (next.maySendAgain && beginAgain(run)))
    return goesOn === true ? send(run, mostAgain - 1) : said
  }

  function renewIn(run: Run, renewed: Redemption | null): boolean {
    if (renewed === null) return false
    runs.set(renewed.useRequestNo, run)
    running.add(renewed.useRequestNo)
    parts.counter.onRenewed(run.latest.useRequestNo, renewed.useRequestNo)
    run.latest = renewed
    return true
  }

  /** The same bytes once more, as an attempt of their own. The one that was refused for its time had no effect. */
  function beginAgain(run: Run): boolean {
    const at = clocks.now()
    const begun = begin({ ...run.latest, inFlight: false }, at)
    const audits = [{ at, event: 'sending', evidence: null }] as const
    const written = unwritten.write({ redemption: begun, audits })
    // What cannot be written down is not sent.
    if (!written.ok) onFault(written.error.cause)
    else run.latest = begun
    return written.ok
  }

  async function attempt(run: Run): Promise<Attempted> {
    const startedAt = clocks.now()
    const sentAt = clocks.confirmed()
    const isLineUp = connection.heardWithin(lineIsUpMs)
    const { outcome, finding } =
      (await check.beforeReturn(run.latest, isLineUp)) ?? (await sendAndCheck(run, startedAt))
    // After the stop nothing is written: the row says "begun", and the next start sends it again.
    if (signal.aborted)
      return { redemption: run.latest, outcome, brokeThrough: false, isRecorded: true }
    const brokeThrough = breaker.recordOutcome(run.latest.useRequestNo, outcome)
    const at = clocks.now()
    const before = run.latest
    const settled = settle(before, outcome, {
      at,
      random,
      caps,
      isLineUp,
      finding,
      lesson: lessons.current,
      mayHaveBeenGiven: before.recordedAt <= (store.lostTime.lastAt() ?? -1),
    })
    const change = parts.counter.beforeWrite({
      redemption: settled.redemption,
      audits: [settled.audit],
    })
    const isRecorded = unwritten.writeOrKeep(change)
    // The run is over only some turns later: who changes it until then must not begin from what it was.
    run.latest = change.redemption
    if (change.redemption.nextAttemptAt === null) renewal.forget(change.redemption)
    lessons.recordReply(before, outcome, { sentAt, finding })
    return { redemption: change.redemption, outcome, brokeThrough, isRecorded }
  }

  async function sendAndCheck(run: Run, startedAt: number): Promise<Checked> {
    const said = await send(run)
    const outcome = recordReply(run.latest, said, Math.max(0, clocks.now() - startedAt))
    keyTrial.heard(outcome)
    return signal.aborted ? { outcome, finding: null } : check.afterReply(run.latest, outcome)
  }

  function recordReply(
    { couponCode }: Redemption,
    said: Outcome | ReturnOutcome,
    latencyMs: number,
  ): Outcome | ReturnOutcome {
    if (signal.aborted) return said
    const { blockedBy: standing } = connection.current
    const { outcome, blockedBy } = settingsFaults.understand(couponCode, said, standing)
    connection.recordContact({ reached: wasReached(said), blockedBy, latencyMs })
    return outcome
  }

  function find(useRequestNo: string): Redemption | null {
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
  ): Result<Redemption, WriteFault> {
    const run = runs.get(renewal.numberOf(redemption.useRequestNo))
    const amended = parts.counter.keepHeld(move(latest(redemption), change))
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
