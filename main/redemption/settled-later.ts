import type { SettledLater as View } from '../contract/snapshot.ts'
import { tailOf } from './presentation.ts'
import { type Redemption, wasGiven } from './redemption.ts'

/** As long as a verdict is on the screen as news (docs/decisions/0039): who scanned the coupon saw what came sooner. */
const seenMs = 15_000

type Count = Exclude<keyof View, 'since'>

interface Settled {
  readonly as: Count
  readonly tail: string
  readonly recordedAt: number
}

/**
 * What became of coupons that waited for a reply longer than anybody looks at them, from when a person last read it, and
 * as far as it still holds: what was given, returned or decided since is no longer told. It is a message and no record:
 * after a restart it begins anew.
 */
export class SettledLater {
  readonly #find: (useRequestNo: string) => Redemption | null
  readonly #settled = new Map<string, Settled>()
  #seenAt: number | null = null

  constructor(find: (useRequestNo: string) => Redemption | null) {
    this.#find = find
  }

  /** Notes what an attempt of the outbox made of a redemption. */
  note(redemption: Redemption, now: number): void {
    const as = countOf(redemption)
    if (as === null) this.#settled.delete(redemption.useRequestNo)
    else if (waitedMs(redemption, now) >= seenMs) this.#set(redemption, as)
  }

  /**
   * The result came, however soon, when nobody could see it. At the counter the list of what is open says that one was redeemed
   * and not given; a refused one is in no list, and from another screen (`isInFront` false) no list is seen.
   */
  noteUnseen(redemption: Redemption, isInFront: boolean): void {
    const as = countOf(redemption)
    if (as === 'refusedHeld' || (as === 'notGiven' && !isInFront)) this.#set(redemption, as)
  }

  #set({ useRequestNo, couponCode, recordedAt }: Redemption, as: Count): void {
    this.#settled.set(useRequestNo, { as, tail: tailOf(couponCode), recordedAt })
  }

  /** A person has read it. */
  read(): void {
    this.#settled.clear()
  }

  /**
   * Returns the counts; `null` for nothing to tell. `revision` grows with every change of a redemption. While more are on
   * their way (`isMoving`) the counts would change under the reader's eyes: then only where a customer may be waiting.
   */
  view(revision: number, isMoving: boolean): View | null {
    if (this.#seenAt !== revision) this.#dropWhatChanged()
    this.#seenAt = revision
    const settled = [...this.#settled.values()]
    const all = isMoving ? settled.filter(({ as }) => as === 'refusedHeld') : settled
    if (all.length === 0) return null
    const count = (as: Count): number => all.filter((each) => each.as === as).length
    return {
      since: Math.min(...all.map(({ recordedAt }) => recordedAt)),
      redeemed: count('redeemed'),
      notGiven: count('notGiven'),
      returned: count('returned'),
      refused: count('refused'),
      refusedHeld: all.filter(({ as }) => as === 'refusedHeld').map(({ tail }) => tail),
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
      return redemption.released === null ? 'refusedHeld' : 'refused'
    case 'review':
      return wasGiven(redemption) ? 'refusedGiven' : 'review'
    // On its way still, or decided by a person.
    default:
      return null
  }
}
