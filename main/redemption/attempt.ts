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
  /** Called after results that could not be written at first were written. */
  readonly onWritten: () => void
}

export interface Attempted {
  /** The redemption after the attempt. Its number is new when the one that was sent was refused for its time and renewed. */
  readonly redemption: Redemption
  readonly outcome: Outcome | ReturnOutcome
  /** The line was down before, and this attempt got through. */
  readonly brokeThrough: boolean
  /** False when the result could not be written yet. It is true all the same, and is written as soon as possible. */
  readonly isRecorded: boolean
}

export interface Attempter {
  /**
   * Sends a recorded redemption, or its return, once and writes the result. A redemption that was recorded under a wrong
   * clock, and that no attempt can have redeemed, is renewed and sent under its new number.
   */
  run(redemption: Redemption): Promise<Attempted>
  /** Changes a redemption, also while an attempt is under way: neither change is lost. Throws when it cannot be written. */
  amend(
    redemption: Redemption,
    change: Partial<Redemption>,
    ...audits: readonly AuditEntry[]
  ): Redemption
  /** Like `amend`, but returns a fault when it cannot be written; then nothing has changed. */
  tryAmend(
    redemption: Redemption,
    change: Partial<Redemption>,
    ...audits: readonly AuditEntry[]
  ): Result<Redemption, WriteFault>
  /** Returns the redemption as it is now, under its new number if it was renewed. */
  latest(redemption: Redemption): Redemption
  /** Returns the redemption with this number as it is now; `null` when there is none. */
  find(useRequestNo: string): Redemption | null
  /** Whether a query can show who holds the coupon. */
  canAsk(redemption: Redemption): boolean
  /** Asks WeChat Pay who holds the coupon. Writes nothing. */
  ask(redemption: Redemption): Promise<Reconciled>
  /** Whether a request under this number is under way. */
  isUnderWay(useRequestNo: string): boolean
  /** Numbers that must not be sent now: under way, or with a result that is not written yet. */
  readonly running: ReadonlySet<string>
  /** Whether a key that was in doubt has verified a reply since. */
  isKeySound(): boolean
  stop(): void
}

/** When any reply came within this time, the line counts as up: a silence then has another cause. */
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
  const unwritten = new Unwritten({
    redemptions,
    scheduler: parts.scheduler,
    onWritten: parts.counter.onWritten,
    onFault,
  })
  const renewal = createRenewal({
    redemptions,
    clocks,
    random,
    identity,
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

  /** A request that was refused only for its time had no effect, so it is sent once more with the right time. */
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

  /** Begins one more attempt with the same bytes. The one that was refused for its time had no effect. */
  function beginAgain(run: Run): boolean {
    const at = clocks.now()
    const begun = begin({ ...run.latest, inFlight: false }, at)
    const audits = [{ at, event: 'sending', evidence: null }] as const
    const written = unwritten.write({ redemption: begun, audits })
    // What cannot be written is not sent.
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
    // After the stop nothing is written: the row says that an attempt is under way, and the next start sends it again.
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
    // The run ends only some turns of the event loop later: a change made before that must begin from the new row.
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
