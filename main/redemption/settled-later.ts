import type { SettledLater as View } from '../contract/snapshot.ts'
import { type Redemption, wasGiven } from './redemption.ts'

/** As long as a verdict is on the screen as news (docs/decisions/0039): who scanned the coupon saw what came sooner. */
const seenMs = 15_000

type Count = Exclude<keyof View, 'since'>

/**
 * What became of coupons that waited for a reply longer than anybody looks at them, from when a person last read it. It
 * is a message and no record: after a restart it begins anew.
 */
export class SettledLater {
  readonly #settled = new Map<string, { readonly as: Count; readonly recordedAt: number }>()

  /** Notes what an attempt of the outbox made of a redemption. */
  note(redemption: Redemption, now: number): void {
    const { useRequestNo, recordedAt } = redemption
    const as = countOf(redemption)
    if (as === null) this.#settled.delete(useRequestNo)
    else if (now - recordedAt >= seenMs) this.#settled.set(useRequestNo, { as, recordedAt })
  }

  /** A person has read it. */
  read(): void {
    this.#settled.clear()
  }

  /** Returns the counts; `null` for nothing to tell. */
  view(): View | null {
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
}

function countOf(redemption: Redemption): Count | null {
  switch (redemption.state) {
    case 'redeemed':
      return wasGiven(redemption) ? 'redeemed' : 'notGiven'
    case 'returned':
      return 'returned'
    case 'refused':
      return 'refused'
    case 'review':
      return wasGiven(redemption) ? 'refusedGiven' : 'review'
    // On its way still, or decided by a person.
    default:
      return null
  }
}
