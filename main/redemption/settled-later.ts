import type { SettledLater as View } from '../contract/snapshot.ts'
import { type Redemption, wasGiven } from './redemption.ts'

/** As long as a verdict is on the screen as news (docs/decisions/0039): who scanned the coupon saw what came sooner. */
const seenMs = 15_000

type Count = Exclude<keyof View, 'since'>

/**
 * What became of coupons that waited for a reply longer than anybody looks at them, from when a person last read it, and
 * as far as it still holds: what was given, returned or decided since is no longer told. It is a message and no record:
 * after a restart it begins anew.
 */
export class SettledLater {
  readonly #find: (useRequestNo: string) => Redemption | null
  readonly #settled = new Map<string, { readonly as: Count; readonly recordedAt: number }>()
  #seenAt: number | null = null

  constructor(find: (useRequestNo: string) => Redemption | null) {
    this.#find = find
  }

  /** Notes what an attempt of the outbox made of a redemption. */
  note(redemption: Redemption, now: number): void {
    const { useRequestNo, recordedAt } = redemption
    const as = countOf(redemption)
    if (as === null) this.#settled.delete(useRequestNo)
    else if (waitedMs(redemption, now) >= seenMs)
      this.#settled.set(useRequestNo, { as, recordedAt })
  }

  /** A person has read it. */
  read(): void {
    this.#settled.clear()
  }

  /** Returns the counts; `null` for nothing to tell. `revision` grows with every change of a redemption. */
  view(revision: number): View | null {
    if (this.#seenAt !== revision) this.#dropWhatChanged()
    this.#seenAt = revision
    if (this.#settled.size === 0) return null
    const all = [...this.#settled.values()]
    const count = (as: Count): number => all.filter((each) => each.as === as).length
    return {
      since: Math.min(...all.map(({ recordedAt }) => recordedAt)),
      redeemed: count('redeemed'),
      notGiven: count('notGiven'),
      returned: count('returned'),
      refused: count('refused'),
      refusedGiven: count('refusedGiven'),
      review: count('review'),
    }
  }

  #dropWhatChanged(): void {
    for (const [useRequestNo, { as }] of this.#settled) {
      const now = this.#find(useRequestNo)
      if (now === null || countOf(now) !== as) this.#settled.delete(useRequestNo)
    }
  }
}

/** How long the redemption itself waited for its result, and not a return that was ordered afterwards. */
function waitedMs({ couponReturn, recordedAt, settledAt }: Redemption, now: number): number {
  return (couponReturn === null ? now : (settledAt ?? now)) - recordedAt
}

function countOf(redemption: Redemption): Count | null {
  switch (redemption.state) {
    case 'redeemed':
      return wasGiven(redemption) ? 'redeemed' : 'notGiven'
    // Without a release it was returned on a complaint, by somebody who knows.
    case 'returned':
      return redemption.released === null ? null : 'returned'
    case 'refused':
      return 'refused'
    case 'review':
      return wasGiven(redemption) ? 'refusedGiven' : 'review'
    // On its way still, or decided by a person.
    default:
      return null
  }
}
