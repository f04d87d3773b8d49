import type { Breaker } from './breaker.ts'
import type { ConnectionState } from './connection.ts'
import type { GatewayReply, RedemptionGateway } from './gateway.ts'
import type { Times } from './mint-anew.ts'
import { judgeReturn, type Outcome, type ReturnOutcome, wasReached } from './outcome.ts'
import type { AuditEntry, Clock, Random, RedemptionStore } from './ports.ts'
import { mayBeOurs, reconcile, type Verified } from './reconcile.ts'
import { begin, move, type Redemption } from './redemption.ts'
import { createRenewal } from './renewal.ts'
import { SettingsFaults } from './settings-faults.ts'
import { type Caps, settle } from './settle.ts'

interface AttemptParts extends Times {
  readonly gateway: RedemptionGateway
  readonly judge: (reply: GatewayReply) => Outcome
  readonly store: RedemptionStore
  readonly connection: ConnectionState
  readonly breaker: Breaker
  readonly clock: Clock
  readonly random: Random
  readonly caps: Caps
  readonly tillId: string
  readonly appid: string
  /** Of a batch, as far as known. */
  readonly codeModeOf: (stockId: string | null) => string | null
}

export interface Attempted {
  /** As it is now. Under another number than the one sent, where that one was refused for the time and minted anew. */
  readonly redemption: Redemption
  readonly outcome: Outcome | ReturnOutcome
  /** The line was broken before, and this got through. */
  readonly brokeThrough: boolean
}

export interface Attempter {
  /**
   * Sends a recorded redemption, or return, once and writes down what came of it. One that was recorded under a wrong
   * clock, and of which nothing can have come, is minted anew and goes out under its new number.
   */
  run(redemption: Redemption): Promise<Attempted>
  /** Changes a redemption whether or not an attempt is under way, without either losing the other's change. */
  amend(redemption: Redemption, change: Partial<Redemption>, audit: AuditEntry): Redemption
  /** As it is now, whatever the caller has read before; under its new number, if it was minted anew since. */
  latest(redemption: Redemption): Redemption
  /** The numbers under way. */
  readonly running: ReadonlySet<string>
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
  const { gateway, judge, store, connection, breaker, clock, random, caps } = parts
  const runs = new Map<string, Run>()
  const running = new Set<string>()
  const stopping = new AbortController()
  const settingsFaults = new SettingsFaults()
  const renewal = createRenewal(parts)

  async function sendOnce(redemption: Redemption): Promise<Outcome | ReturnOutcome> {
    const { body, giveBack, state } = redemption
    const options = { signal: stopping.signal }
    if (state === 'returning' && giveBack !== null)
      return judgeReturn(await gateway.returnCoupon(giveBack.body, options))
    return judge(await gateway.useCoupon(body, options))
  }

  /** What is refused for its time alone had no effect: it goes out once more, with a time that is right. */
  async function send(run: Run): Promise<Outcome | ReturnOutcome> {
    renewIn(run, renewal.beforeSending(run.latest))
    const offsetMs = renewal.offsetMs()
    const said = await sendOnce(run.latest)
    if (stopping.signal.aborted || !renewal.hasTaughtTheTime(said, offsetMs)) return said
    if (!renewIn(run, renewal.afterRefusal(run.latest, said.evidence))) beginAgain(run)
    return sendOnce(run.latest)
  }

  function renewIn(run: Run, renewed: Redemption | null): boolean {
    if (renewed === null) return false
    runs.set(renewed.useRequestNo, run)
    running.add(renewed.useRequestNo)
    run.latest = renewed
    return true
  }

  /** The same bytes once more, as an attempt of their own. The one that was refused for its time had no effect. */
  function beginAgain(run: Run): void {
    const at = clock()
    run.latest = begin({ ...run.latest, inFlight: false }, at)
    store.update(run.latest, { at, event: 'sending', evidence: null })
  }

  async function attempt(run: Run): Promise<Attempted> {
    const startedAt = clock()
    const isLineUp = connection.heardWithin(lineIsUpMs)
    const said = await send(run)
    const understood = learn(run.latest, said, Math.max(0, clock() - startedAt))
    const { outcome, verified } = stopping.signal.aborted
      ? { outcome: understood, verified: null }
      : await verify(run.latest, understood)
    // After the stop nothing is written: the row says "begun", and the next start sends it again.
    if (stopping.signal.aborted) return { redemption: run.latest, outcome, brokeThrough: false }
    const brokeThrough = breaker.learn(run.latest.useRequestNo, outcome)
    const at = clock()
    const settled = settle(run.latest, outcome, { at, random, caps, isLineUp, verified })
    store.update(settled.redemption, settled.audit)
    // The run is over only some turns later: who changes it until then must not begin from what it was.
    run.latest = settled.redemption
    if (settled.redemption.nextAttemptAt === null) renewal.forget(settled.redemption)
    return { redemption: settled.redemption, outcome, brokeThrough }
  }

  function learn(
    { couponCode }: Redemption,
    said: Outcome | ReturnOutcome,
    latencyMs: number,
  ): Outcome | ReturnOutcome {
    if (stopping.signal.aborted) return said
    const { blockedBy: standing } = connection.current
    const { outcome, blockedBy } = settingsFaults.understand(couponCode, said, standing)
    connection.learn({ reached: wasReached(said), blockedBy, latencyMs })
    return outcome
  }

  /** "Used by another order" after an attempt that may have redeemed it: the coupon itself says by which. */
  async function verify(
    redemption: Redemption,
    outcome: Outcome | ReturnOutcome,
  ): Promise<{ outcome: Outcome | ReturnOutcome; verified: Verified | null }> {
    if (outcome.kind !== 'refused' || !mayBeOurs(redemption, outcome))
      return { outcome, verified: null }
    const codeMode = parts.codeModeOf(redemption.stockId)
    const found = await reconcile(redemption, parts.appid, gateway, codeMode, stopping.signal)
    if (found === 'undecided') return { outcome, verified: null }
    if (found !== 'later') return { outcome, verified: found }
    const later = {
      kind: 'unknown',
      reason: 'answer-not-final',
      retryAfterMs: null,
      reached: true,
      mayHaveTakenEffect: true,
      evidence: outcome.evidence,
    } as const
    return { outcome: later, verified: null }
  }

  function latest(redemption: Redemption): Redemption {
    const useRequestNo = renewal.numberOf(redemption.useRequestNo)
    return runs.get(useRequestNo)?.latest ?? store.find(useRequestNo) ?? redemption
  }

  return {
    running,
    latest,
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
    amend(redemption, change, audit) {
      const run = runs.get(renewal.numberOf(redemption.useRequestNo))
      const amended = move(latest(redemption), change)
      store.update(amended, audit)
      if (run) run.latest = amended
      return amended
    },
    stop: () => stopping.abort(),
  }
}
