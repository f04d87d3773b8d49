import { type JournalRecord, newsIn } from '../../../main/redemption/journal.ts'
import type { PeerRedemption } from '../../../main/redemption/peers.ts'
import type { Claim, ClaimResult, CouponKey } from '../../../main/redemption/shop-lock.ts'
import type { History } from '../history.ts'

/** One lock over its time; `until` is Infinity while it stands. */
export interface Hold {
  readonly key: string
  readonly till: string
  readonly useRequestNo: string
  readonly from: number
  until: number
}

export interface Published {
  readonly till: string
  readonly at: number
  readonly record: JournalRecord
}

export function keyOfClaim({ couponCode, stockId }: CouponKey): string {
  return `${couponCode} ${stockId ?? ''}`
}

/**
 * A shop's server as the facts and the ports promise it: one lock a coupon, a release for ever, each journal record once by its id, and
 * after it has lost its disk no new lock before every till has asserted its own again. All that it ever did is kept for the checks.
 */
export class ModelServer {
  readonly tills: readonly string[]
  readonly holds: Hold[] = []
  /** What any disk of it ever took, in the order of arrival. */
  readonly published: Published[] = []
  isDown = false
  incarnation = 1
  #locks = new Map<string, Hold>()
  #ended = new Set<string>()
  #journal = new Map<string, Published>()
  #asserted: Set<string>
  readonly #now: () => number
  readonly #history: History
  readonly #onPublished: () => void

  constructor(
    tills: readonly string[],
    parts: {
      readonly now: () => number
      readonly history: History
      readonly onPublished: () => void
    },
  ) {
    this.tills = tills
    this.#asserted = new Set(tills)
    this.#now = parts.now
    this.#history = parts.history
    this.#onPublished = parts.onPublished
  }

  claim(till: string, claim: Claim): ClaimResult {
    const key = keyOfClaim(claim)
    const held = this.#locks.get(key)
    const isEnded = this.#ended.has(claim.useRequestNo)
    if (held !== undefined && (held.useRequestNo !== claim.useRequestNo || isEnded))
      return { outcome: 'lost', tillId: held.till, useRequestNo: held.useRequestNo, at: held.from }
    if (held !== undefined) return { outcome: 'won' }
    if (isEnded || this.#asserted.size < this.tills.length) return { outcome: 'unanswered' }
    this.#history.count('chain: lock granted')
    this.#hold(key, till, claim.useRequestNo)
    return { outcome: 'won' }
  }

  /** What a till has won of an earlier disk. Where another till asserted the same coupon before, it has it. */
  assert(till: string, claims: readonly Claim[]): void {
    for (const claim of claims) {
      const key = keyOfClaim(claim)
      if (this.#ended.has(claim.useRequestNo) || this.#locks.has(key)) continue
      this.#history.count('chain: lock asserted again')
      this.#hold(key, till, claim.useRequestNo)
    }
    this.#asserted.add(till)
  }

  release({ useRequestNo, ...key }: Claim): void {
    this.#ended.add(useRequestNo)
    const held = this.#locks.get(keyOfClaim(key))
    if (held?.useRequestNo !== useRequestNo) return
    held.until = this.#now()
    this.#locks.delete(keyOfClaim(key))
  }

  publish(till: string, record: JournalRecord): void {
    if (this.#journal.has(record.id)) {
      this.#history.count('chain: record came twice')
      return
    }
    const published = { till, at: this.#now(), record }
    this.#journal.set(record.id, published)
    this.published.push(published)
    this.#onPublished()
  }

  /** Returns what all tills told, from a place on. */
  news(from: number): { readonly told: readonly PeerRedemption[]; readonly to: number } {
    const all = [...this.#journal.values()]
    const told = all.slice(from).flatMap((entry) => {
      const { record } = entry
      const { couponCode, stockId, useRequestNo, at } = record
      const state = newsIn(record)
      if (state === null || couponCode === null) return []
      return [{ couponCode, stockId, tillId: entry.till, useRequestNo, at, state }]
    })
    return { told, to: all.length }
  }

  loseDisk(): void {
    this.incarnation += 1
    for (const held of this.#locks.values()) held.until = this.#now()
    this.#locks = new Map()
    this.#ended = new Set()
    this.#journal = new Map()
    this.#asserted = new Set()
  }

  get standing(): readonly Hold[] {
    return [...this.#locks.values()]
  }

  #hold(key: string, till: string, useRequestNo: string): void {
    const hold = { key, till, useRequestNo, from: this.#now(), until: Infinity }
    this.#locks.set(key, hold)
    this.holds.push(hold)
  }
}
