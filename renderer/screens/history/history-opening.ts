import type { Money, MoneyKind, ShiftPlace } from '../../../main/contract/money.ts'
import type { HistoryQuery } from '../../../main/contract/history.ts'

/** The part of the money page that somebody wants to see the coupons of. */
export interface MoneyPart {
  /** `null`: at any time, as with one shift. */
  readonly days: Money['days']
  readonly place: ShiftPlace
  /** The place in words. */
  readonly placeText: string
  readonly about: HistoryQuery['about']
  readonly money: MoneyKind | null
  readonly hour: number | null
  /** `''`: those without one; `null`: any. */
  readonly stockId: string | null
  readonly cashier: string | null
}

/** What History shows at first: one redemption, by its `useRequestNo`, all that are in a state, or a part of the money page. */
export type HistoryOpening =
  | { readonly coupon: string }
  | { readonly state: 'pending' }
  | { readonly part: MoneyPart }
