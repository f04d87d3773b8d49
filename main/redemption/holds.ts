import type { Result } from '../contract/result.ts'
import type { Attempter } from './attempt.ts'
import { askForReturn } from './ask-for-return.ts'
import type { Change, Clocks, WriteFault, OpenRedemptions, Random, Scheduler } from './ports.ts'
import { hadNoEffect, move, type Redemption, type ReleaseKind, wasGiven } from './redemption.ts'
import { createRequestNumber } from './use-request.ts'

interface HoldsParts {
  readonly open: Pick<OpenRedemptions, 'undecided' | 'held' | 'nextHeldUntil'>
  readonly attempter: Attempter
  readonly clocks: Clocks
  readonly random: Random
  readonly scheduler: Scheduler
  readonly tillId: string
  readonly holdMs: number
  /** Called when a coupon was released to its customer. */
  readonly onReleased: (redemption: Redemption) => void
  readonly onFault: (cause: unknown) => void
}

interface Release {
  readonly how: ReleaseKind
  /** Who released it, and why. */
  readonly by: string
  readonly why: string
}

const manyHeld = 10_000
const longestSleepMs = 3_600_000
const shortestSleepMs = 1000
const againMs = 5000
/** Smaller changes of the clock are ignored: clocks drift and are corrected all the time. */
const noticedMs = 5000
const holdName = 'hold'

/**
 * A coupon without a discount given belongs to its customer. It is held for a while and then released: cancelled if no
 * attempt can have redeemed it; otherwise it settles, and is returned if it turns out to be redeemed.
 */
export class Holds {
  readonly #parts: HoldsParts
  #cancelTimer: () => void = () => undefined
  /** `now` minus `elapsed` when last looked at: a change shows that the clock was set. */
  #setTo: number | null = null

  constructor(parts: HoldsParts) {
    this.#parts = parts
  }

  /** Releases a coupon that is pending, or redeemed and not given. */
  release(redemption: Redemption, { how, by, why }: Release): Result<Redemption, WriteFault> {
    const { attempter, clocks } = this.#parts
    const latest = attempter.latest(redemption)
    const at = clocks.now()
    const note = { by, how, why }
    const released = { ...latest, released: latest.released ?? { at, how } }
    const ended = this.#ended({
      redemption: released,
      audits: [{ at, event: 'released', evidence: note }],
    })
    const saved = attempter.tryAmend(latest, ended.redemption, ...ended.audits)
    if (saved.ok) this.#parts.onReleased(saved.value)
    return saved
  }

  /** Returns the change with what an earlier release adds to it, before it is written. */
  followUp(change: Change): Change {
    const { released, couponReturn } = change.redemption
    // A refused return is tried again only when a person orders it: otherwise it would be tried and refused for ever.
    return released === null || couponReturn !== null ? change : this.#ended(change)
  }

  /** Releases every held coupon. */
  releaseAll(how: ReleaseKind, by: string): void {
    for (const redemption of this.#held()) this.#releaseOrReport(redemption, how, by)
  }

  /** Holds coupons that were recorded before this start, or came from another till. */
  adopt(): void {
    // The program ended before the cashier was told anything: held from the recording on.
    for (const redemption of this.#parts.open.undecided()) {
      const { state, given, heldUntil, released, recordedAt } = redemption
      if (state !== 'pending' || given !== null || heldUntil !== null || released !== null) continue
      this.#parts.attempter.tryAmend(redemption, { heldUntil: recordedAt + this.#parts.holdMs })
    }
    this.schedule()
  }

  /** Sets the timer anew. */
  schedule(): void {
    this.#cancelTimer()
    this.#followClock()
    const dueAt = this.#parts.open.nextHeldUntil()
    if (dueAt === null) return
    const left = dueAt - this.#parts.clocks.now()
    const sleep = Math.min(longestSleepMs, this.#parts.holdMs, Math.max(shortestSleepMs, left))
    this.#sleep(sleep)
  }

  stop(): void {
    this.#cancelTimer()
  }

  #sleep(ms: number): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#parts.scheduler.after(ms, () => {
      try {
        this.#releaseDue()
        this.schedule()
      } catch (cause) {
        this.#parts.onFault(cause)
        this.#sleep(againMs)
      }
    })
  }

  /** Moves the ends of all holds with the clock when it is set, as the first reply often does: holds last the same time. */
  #followClock(): void {
    const { clocks, attempter } = this.#parts
    const setTo = clocks.now() - clocks.elapsed()
    const byMs = setTo - (this.#setTo ?? setTo)
    if (this.#setTo !== null && Math.abs(byMs) < noticedMs) return
    this.#setTo = setTo
    if (byMs === 0) return
    const longest = clocks.now() + this.#parts.holdMs
    for (const redemption of this.#held()) {
      const { heldUntil } = attempter.latest(redemption)
      // What was held after the clock was set has the right time already.
      if (heldUntil === null || (byMs < 0 && heldUntil <= longest)) continue
      attempter.tryAmend(redemption, { heldUntil: Math.min(heldUntil + byMs, longest) })
    }
  }

  #releaseDue(): void {
    this.#followClock()
    const now = this.#parts.clocks.now()
    for (const redemption of this.#held()) {
      const { heldUntil } = redemption
      // An end later than the longest hold was written under a clock that was ahead.
      const isDue = heldUntil !== null && (heldUntil <= now || heldUntil > now + this.#parts.holdMs)
      if (isDue) this.#releaseOrReport(redemption, 'hold-ended', holdName)
    }
  }

  #held(): Redemption[] {
    return this.#parts.open.held(manyHeld).filter(({ released }) => released === null)
  }

  #releaseOrReport(redemption: Redemption, how: ReleaseKind, by: string): void {
    // A result that is not written yet may have given the discount, or ended the redemption.
    const latest = this.#parts.attempter.latest(redemption)
    if (wasGiven(latest) || (latest.state !== 'pending' && latest.state !== 'redeemed')) return
    const released = this.release(redemption, { how, by, why: how })
    if (!released.ok) this.#parts.onFault(released.error.cause)
  }

  #ended(change: Change): Change {
    const { redemption, audits } = change
    const { tillId, clocks, random } = this.#parts
    const at = clocks.now()
    const by = redemption.released?.how ?? 'customer-keeps'
    const note = { by: holdName, how: by, why: by }
    if (redemption.state === 'redeemed') {
      const { stockId, body } = redemption
      // Without its batch, or after it was erased, it cannot be returned: it stays redeemed and not given.
      if (stockId === null || body.length === 0) return change
      const returnRequestNo = createRequestNumber(tillId, clocks.now, random)
      return {
        redemption: move(redemption, askForReturn(redemption, { stockId, returnRequestNo, at })),
        audits: [...audits, { at, event: 'returning', evidence: note }],
      }
    }
    const isWithoutEffect = redemption.state === 'pending' && hadNoEffect(redemption)
    return isWithoutEffect ? this.#cancelled(change, at) : change
  }

  #cancelled({ redemption, audits }: Change, at: number): Change {
    const how = redemption.released?.how ?? 'customer-keeps'
    const ended = {
      state: 'cancelled',
      settledAt: at,
      nextAttemptAt: null,
      heldUntil: null,
    } as const
    return {
      redemption: move(redemption, ended),
      audits: [...audits, { at, event: 'cancelled', evidence: { by: holdName, how, why: how } }],
    }
  }
}
