import type { Clock, Redemptions, Scheduler } from './ports.ts'
import type { Peers } from './peers.ts'
import { standingOf } from './peers.ts'
import type { Redemption } from './redemption.ts'
import { type Claim, type ClaimResult, claimOf, type ShopLock } from './shop-lock.ts'
import type { ShopStanding } from './shop-standing.ts'
import { isOver } from './telling.ts'

interface ShopClaimsParts {
  readonly lock: ShopLock
  readonly redemptions: Pick<Redemptions, 'find' | 'siblings'>
  readonly peers: Pick<Peers, 'all'>
  readonly elapsed: Clock
  readonly scheduler: Scheduler
  /** Called when it became known how a coupon stands that somebody may have been told of otherwise. */
  readonly onChanged: (useRequestNo: string) => void
  readonly onFault: (cause: unknown) => void
}

interface Entry {
  claim: Claim
  standing: ShopStanding
  /** The number that the lock knows: an earlier one, where its redemption was renewed. */
  heldAs: string
  /** When it began to be asked, by the `elapsed` clock. */
  askedAt: number
  /** Resolves when the standing is no longer `asking`. */
  answered: PromiseWithResolvers<void> | null
  isUnderWay: boolean
}

/** So long the server may take before its answer no longer counts as one that is about to come. */
export const answerWithinMs = 1000
/** One till's claim gives way to its next one on the same coupon only when the server knows that it is over. */
const ownAgainMs = 50
const firstAgainMs = 2000
const longestAgainMs = 60_000

/**
 * This till's claims on coupons, of a till in a shop of several. Nobody waits for them; what the server did not answer is asked
 * again for as long as the coupon is open here, because the claim may have landed.
 */
export class ShopClaims {
  readonly #parts: ShopClaimsParts
  readonly #entries = new Map<string, Entry>()
  #cancelTimer: (() => void) | null = null
  #againMs = firstAgainMs
  #isStopped = false

  constructor(parts: ShopClaimsParts) {
    this.#parts = parts
  }

  /** Claims a recorded coupon. To be called at every presentation. Returns at once. */
  claim(redemption: Redemption): void {
    const claim = claimOf(redemption)
    if (claim === null || this.#isStopped) return
    const known = this.#entries.get(claim.useRequestNo)
    const entry = known ?? newEntry(claim, 'asking')
    this.#entries.set(claim.useRequestNo, entry)
    // What was won stays so until the server says otherwise. What was not may have changed since.
    if (entry.standing.kind !== 'held') {
      entry.standing = { kind: 'asking' }
      entry.askedAt = this.#parts.elapsed()
      entry.answered ??= Promise.withResolvers<void>()
      this.#parts.scheduler.after(answerWithinMs, () => this.#giveUpWaiting(entry))
    }
    this.#ask(entry)
  }

  /**
   * Takes up what an earlier run of the program claimed, or another till that handed it over: asked soon, and not all at once. `held`: the
   * numbers that a cashier was told are held for this shop.
   */
  adopt(redemptions: readonly Redemption[], held: ReadonlySet<string>): void {
    for (const redemption of redemptions) {
      const claim = redemption.state === 'pending' ? claimOf(redemption) : null
      if (claim === null || this.#entries.has(claim.useRequestNo)) continue
      const kind = held.has(claim.useRequestNo) ? 'held' : 'unchecked'
      this.#entries.set(claim.useRequestNo, newEntry(claim, kind))
    }
    if (this.#entries.size > 0) this.#askLater()
  }

  /** What this till has won and still needs: to be asserted again at a server that has forgotten everything. */
  get held(): Claim[] {
    return this.#open()
      .filter(({ standing }) => standing.kind === 'held')
      .map(({ claim, heldAs }) => ({ ...claim, useRequestNo: heldAs }))
  }

  /** Returns how the coupon of a redemption stands among the tills of the shop. */
  of(redemption: Redemption): ShopStanding {
    const claim = claimOf(redemption)
    if (claim === null) return { kind: 'unchecked' }
    const told = this.#parts.peers.all(claim.couponCode, claim.stockId)
    const peer = standingOf(told.filter((each) => each.useRequestNo !== claim.useRequestNo))
    if (peer !== null && peer.state !== 'returned')
      return { kind: 'elsewhere', tillId: peer.tillId, at: peer.at, how: peer.state }
    return this.#entries.get(claim.useRequestNo)?.standing ?? { kind: 'unchecked' }
  }

  /** Resolves once the server has answered for this number or `ms` have passed; `null` when nothing is awaited. */
  answer(useRequestNo: string, ms: number): Promise<void> | null {
    const answered = this.#entries.get(useRequestNo)?.answered ?? null
    if (answered === null) return null
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#parts.scheduler.after(ms, resolve)
    void answered.promise.then(() => {
      cancel()
      resolve()
    })
    return promise
  }

  /** To be called after each change of a redemption that was written. */
  changed(redemption: Redemption): void {
    const entry = this.#entries.get(redemption.useRequestNo)
    if (isOver(redemption)) this.#release(redemption)
    else if (redemption.state !== 'pending' && entry !== undefined) this.#forget(entry)
  }

  /** A redemption ended, and another of the same coupon goes on for it: the claim goes on too, under the number it has. */
  renewed(from: Redemption, to: Redemption): void {
    const entry = this.#entries.get(from.useRequestNo)
    const claim = claimOf(to)
    if (entry === undefined || claim === null) return
    this.#entries.delete(from.useRequestNo)
    entry.claim = claim
    this.#entries.set(claim.useRequestNo, entry)
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelTimer?.()
  }

  #release(redemption: Redemption): void {
    const claim = claimOf(redemption)
    const entry = this.#entries.get(redemption.useRequestNo)
    if (entry !== undefined) this.#forget(entry)
    if (claim === null || this.#isStopped) return
    this.#releaseAtServer(claim)
    // Before a renewal it was claimed under another number, perhaps before the last start.
    for (const sibling of this.#parts.redemptions.siblings(redemption)) {
      const { useRequestNo } = sibling
      if (isOver(sibling)) this.#releaseAtServer({ ...claim, useRequestNo })
    }
  }

  /** The change that ended the claim is written, and stays so whatever the lock does. */
  #releaseAtServer(claim: Claim): void {
    try {
      this.#parts.lock.release(claim)
    } catch (cause) {
      this.#parts.onFault(cause)
    }
  }

  #forget(entry: Entry): void {
    this.#entries.delete(entry.claim.useRequestNo)
    this.#settle(entry, entry.standing)
  }

  #ask(entry: Entry): void {
    if (entry.isUnderWay) return
    entry.isUnderWay = true
    const claim = { ...entry.claim, useRequestNo: entry.heldAs }
    // Also what the lock throws at once is a rejection, because a cashier's scan goes on whatever the lock does.
    const answer = new Promise<ClaimResult>((resolve) => resolve(this.#parts.lock.claim(claim)))
    answer
      .catch((cause: unknown): ClaimResult => {
        this.#parts.onFault(cause)
        return { outcome: 'unanswered' }
      })
      .then((result) => {
        entry.isUnderWay = false
        this.#heard(entry, result)
      })
      .catch((cause: unknown) => this.#parts.onFault(cause))
  }

  #heard(entry: Entry, result: ClaimResult): void {
    // Its redemption is over, and the release is on its way.
    if (this.#isStopped || this.#entries.get(entry.claim.useRequestNo) !== entry) return
    const meaning = this.#meaningOf(entry, result)
    if (meaning === 'own-before') {
      this.#parts.scheduler.after(ownAgainMs, () => {
        if (this.#entries.get(entry.claim.useRequestNo) === entry) this.#ask(entry)
      })
      return
    }
    // An earlier answer stands, because only this till releases what it has won.
    if (meaning.kind === 'unchecked' && entry.standing.kind === 'held') return
    this.#settle(entry, meaning)
  }

  #meaningOf(entry: Entry, result: ClaimResult): ShopStanding | 'own-before' {
    switch (result.outcome) {
      case 'won':
        return { kind: 'held' }
      case 'unanswered':
        return { kind: 'unchecked' }
      case 'lost': {
        const { couponCode, stockId } = entry.claim
        const own = this.#parts.redemptions.find(result.useRequestNo)
        if (own !== null && isOver(own)) {
          this.#releaseAtServer({ ...entry.claim, useRequestNo: result.useRequestNo })
          const isLong = this.#parts.elapsed() - entry.askedAt >= answerWithinMs
          return isLong ? { kind: 'unchecked' } : 'own-before'
        }
        // Its holder told that it is over: the release is on its way to the server.
        const isEnded = this.#parts.peers
          .all(couponCode, stockId)
          .some((told) => told.useRequestNo === result.useRequestNo && told.state === 'returned')
        if (isEnded) return { kind: 'unchecked' }
        return { kind: 'elsewhere', tillId: result.tillId, at: result.at, how: 'claimed' }
      }
    }
  }

  #giveUpWaiting(entry: Entry): void {
    if (this.#isStopped || this.#entries.get(entry.claim.useRequestNo) !== entry) return
    const isLate = this.#parts.elapsed() - entry.askedAt >= answerWithinMs
    if (!isLate) return
    // Whatever became of that call, the coupon is asked for again.
    entry.isUnderWay = false
    if (entry.standing.kind === 'asking') this.#settle(entry, { kind: 'unchecked' })
  }

  #settle(entry: Entry, standing: ShopStanding): void {
    const isNews = entry.standing.kind !== standing.kind
    entry.standing = standing
    entry.answered?.resolve()
    entry.answered = null
    if (!isNews) return
    if (standing.kind === 'unchecked') this.#askLater()
    else this.#againMs = firstAgainMs
    this.#parts.onChanged(entry.claim.useRequestNo)
  }

  /** The claims of what is still open here. What was handed over is another till's from then on. */
  #open(): Entry[] {
    for (const entry of this.#entries.values())
      if (this.#parts.redemptions.find(entry.claim.useRequestNo)?.state !== 'pending')
        this.#forget(entry)
    return [...this.#entries.values()]
  }

  /** Asks again what is not known, one after the other, so that a server that comes back is not flooded. */
  #askLater(): void {
    if (this.#cancelTimer !== null || this.#isStopped) return
    this.#cancelTimer = this.#parts.scheduler.after(this.#againMs, () => {
      this.#cancelTimer = null
      this.#againMs = Math.min(this.#againMs * 2, longestAgainMs)
      const unchecked = this.#open().filter(({ standing }) => standing.kind === 'unchecked')
      for (const entry of unchecked.slice(0, 50)) this.#ask(entry)
      if (unchecked.length > 0) this.#askLater()
    })
  }
}

function newEntry(claim: Claim, kind: 'asking' | 'held' | 'unchecked'): Entry {
  const heldAs = claim.useRequestNo
  return { claim, standing: { kind }, heldAs, askedAt: 0, answered: null, isUnderWay: false }
}
