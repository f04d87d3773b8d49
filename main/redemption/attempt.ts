import { familyOf } from '../contract/reason.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Breaker } from './breaker.ts'
import type { ConnectionState } from './connection.ts'
import type { GatewayReply, RedemptionGateway } from './gateway.ts'
import { judgeReturn, type Outcome, type ReturnOutcome } from './outcome.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { Change, Clock, NotSaved, Random, RedemptionStore, Scheduler } from './ports.ts'
import { canAsk, type Finding, mayBeOurs, reconcile, type Reconciled } from './reconcile.ts'
import { lastReason, move, type Redemption } from './redemption.ts'
import { learnFrom } from './replay-lesson.ts'
import { SettingsFaults } from './settings-faults.ts'
import { blockedWaitMs, type Caps, isLastTry, settle, settleByLesson } from './settle.ts'
import { Unwritten } from './unwritten.ts'

interface AttemptParts {
  readonly gateway: RedemptionGateway
  readonly judge: (reply: GatewayReply) => Outcome
  readonly store: RedemptionStore
  readonly connection: ConnectionState
  readonly breaker: Breaker
  readonly clock: Clock
  readonly random: Random
  readonly caps: Caps
  readonly appid: string
  /** Of a batch, as far as known. */
  readonly codeModeOf: (stockId: string | null) => string | null
  readonly scheduler: Scheduler
  /** The time as WeChat Pay has confirmed it; `null` while it has not. */
  readonly confirmedClock: () => number | null
  /** What else follows from how an attempt ended; written in the same transaction. */
  readonly beforeWrite: (change: Change) => Change
  /** What is owed to its customer is kept in mind, whoever changes the redemption. */
  readonly keepInMind: (redemption: Redemption) => Redemption
  /** What could not be written, and is tried again by itself. */
  readonly onNotWritten: (cause: unknown) => void
  readonly onFault: (cause: unknown) => void
}

export interface Attempted {
  readonly redemption: Redemption
  readonly outcome: Outcome | ReturnOutcome
  /** The line was broken before, and this got through. */
  readonly brokeThrough: boolean
  /** False when it could not be written down: it is true all the same, and is written as soon as that is possible. */
  readonly isRecorded: boolean
}

export interface Attempter {
  /** Sends a recorded redemption, or return, once and writes down what came of it. */
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
  /** As it is now, whatever the caller has read before. */
  latest(redemption: Redemption): Redemption
  /** The same by its number. */
  find(useRequestNo: string): Redemption | undefined
  /** Whether a query can say who holds the coupon. */
  canAsk(redemption: Redemption): boolean
  /** Asks the coupon itself. Writes nothing. */
  ask(redemption: Redemption): Promise<Reconciled>
  /** The numbers under way. */
  readonly running: ReadonlySet<string>
  stop(): void
}

interface Run {
  latest: Redemption
  done: Promise<Attempted>
}

/** Each number has one attempt at a time. */
export function createAttempter(parts: AttemptParts): Attempter {
  const { gateway, judge, store, connection, breaker, clock, random, caps } = parts
  const runs = new Map<string, Run>()
  const running = new Set<string>()
  const stopping = new AbortController()
  const settingsFaults = new SettingsFaults()
  const unwritten = new Unwritten(store, parts.scheduler, parts.onNotWritten)
  let lastDecidedAt = Number.NEGATIVE_INFINITY
  let lesson = store.replayLesson()

  async function send(redemption: Redemption): Promise<Outcome | ReturnOutcome> {
    const { body, giveBack, state } = redemption
    const options = { signal: stopping.signal }
    if (state === 'returning' && giveBack !== null)
      return judgeReturn(await gateway.returnCoupon(giveBack.body, options))
    return judge(await gateway.useCoupon(body, options))
  }

  async function attempt(run: Run): Promise<Attempted> {
    const startedAt = clock()
    const sentAt = parts.confirmedClock()
    const said = await send(run.latest)
    learn(run.latest, said, Math.max(0, clock() - startedAt))
    const { outcome, finding } = stopping.signal.aborted
      ? { outcome: said, finding: null }
      : await verify(run.latest, said)
    // After the stop nothing is written: the row says "begun", and the next start sends it again.
    if (stopping.signal.aborted)
      return { redemption: run.latest, outcome, brokeThrough: false, isRecorded: true }
    const brokeThrough = breaker.learn(run.latest.useRequestNo, outcome)
    const othersGotThrough =
      settingsFaults.isOwnFault(run.latest.couponCode) || wasBlockedBefore(run.latest)
    const at = clock()
    const settled = settle(run.latest, outcome, {
      at,
      random,
      caps,
      othersGotThrough,
      finding,
      lesson,
    })
    if (outcome.kind === 'confirmed' || outcome.kind === 'refused') lastDecidedAt = at
    const before = run.latest
    const change = parts.beforeWrite({ redemption: settled.redemption, audits: [settled.audit] })
    const isRecorded = unwritten.writeOrKeep(change)
    // The run is over only some turns later: who changes it until then must not begin from what it was.
    run.latest = change.redemption
    learnOfReplays(before, outcome, { sentAt, finding })
    return { redemption: change.redemption, outcome, brokeThrough, isRecorded }
  }

  function learn(
    { couponCode }: Redemption,
    outcome: Outcome | ReturnOutcome,
    latencyMs: number,
  ): void {
    if (stopping.signal.aborted) return
    const reached = outcome.kind !== 'unknown' || outcome.reached
    const blockedBy = settingsFaults.judge(couponCode, outcome, connection.current.blockedBy)
    connection.learn({ reached, blockedBy, latencyMs })
  }

  /** What a reply teaches about replays decides what waits in review for want of knowing it. */
  function learnOfReplays(
    redemption: Redemption,
    outcome: Outcome | ReturnOutcome,
    reply: { sentAt: number | null; finding: Finding | null },
  ): void {
    const learnt = learnFrom(lesson, redemption, outcome, reply)
    if (learnt === lesson || learnt === null) return
    lesson = learnt
    try {
      if (learnt === 'proven') closeByLesson()
      store.saveReplayLesson(learnt)
    } catch (cause) {
      // The redemption itself is settled and written; a lesson that could not be kept is learnt again after a start.
      parts.onFault(cause)
    }
  }

  function closeByLesson(): void {
    const at = clock()
    const closed = store.unsettled().flatMap((entry) => settleByLesson(entry, at) ?? [])
    if (closed.length === 0) return
    store.updateAll(closed.map(({ redemption, audit }) => ({ redemption, audits: [audit] })))
  }

  function canAskAbout(redemption: Redemption): boolean {
    return canAsk(redemption, parts.codeModeOf(redemption.stockId))
  }

  function ask(redemption: Redemption): Promise<Reconciled> {
    const codeMode = parts.codeModeOf(redemption.stockId)
    return reconcile(redemption, parts.appid, gateway, codeMode, stopping.signal)
  }

  /**
   * A refusal after an attempt that may have had its effect, and the last try before a person is asked: the coupon
   * itself knows better.
   */
  async function verify(
    redemption: Redemption,
    outcome: Outcome | ReturnOutcome,
  ): Promise<{ outcome: Outcome | ReturnOutcome; finding: Finding | null }> {
    const isGivenUp = outcome.kind === 'unknown' && outcome.reached && isLastTry(redemption, caps)
    if (!isGivenUp && !mayBeOurs(redemption, outcome)) return { outcome, finding: null }
    const found = await ask(redemption)
    if (typeof found !== 'string') return { outcome, finding: found }
    // A refusal that nothing can speak against is one, also while nobody answers.
    const isOpen = redemption.uncertain && outcome.kind === 'refused'
    if (found === 'undecided' || !isOpen) return { outcome, finding: null }
    const later = {
      kind: 'unknown',
      reason: 'answer-not-final',
      retryAfterMs: null,
      reached: true,
      mayHaveTakenEffect: true,
      evidence: outcome.evidence,
    } as const
    return { outcome: later, finding: null }
  }

  function find(useRequestNo: string): Redemption | undefined {
    return (
      runs.get(useRequestNo)?.latest ?? unwritten.find(useRequestNo) ?? store.find(useRequestNo)
    )
  }

  function latest(redemption: Redemption): Redemption {
    return find(redemption.useRequestNo) ?? redemption
  }

  function tryAmend(
    redemption: Redemption,
    change: Partial<Redemption>,
    ...audits: readonly AuditEntry[]
  ): Result<Redemption, NotSaved> {
    const run = runs.get(redemption.useRequestNo)
    const amended = parts.keepInMind(move(latest(redemption), change))
    const written = unwritten.write({ redemption: amended, audits })
    if (!written.ok) return written
    if (run) run.latest = amended
    return ok(amended)
  }

  /** It was blocked, and since then somebody else was not. */
  function wasBlockedBefore(redemption: Redemption): boolean {
    const { nextAttemptAt, spent } = redemption
    const reason = lastReason(redemption)
    if (reason === null || familyOf(reason) !== 'blocked') return false
    return spent > 0 || lastDecidedAt > (nextAttemptAt ?? 0) - blockedWaitMs
  }

  return {
    get running() {
      return unwritten.size === 0 ? running : new Set([...running, ...unwritten.numbers()])
    },
    latest,
    find,
    canAsk: canAskAbout,
    ask,
    run(redemption) {
      const { useRequestNo } = redemption
      const already = runs.get(useRequestNo)
      if (already) return already.done
      const { promise, resolve, reject } = Promise.withResolvers<Attempted>()
      const run: Run = { latest: redemption, done: promise }
      runs.set(useRequestNo, run)
      running.add(useRequestNo)
      attempt(run)
        .finally(() => {
          runs.delete(useRequestNo)
          running.delete(useRequestNo)
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
