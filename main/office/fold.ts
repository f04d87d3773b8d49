import type { OfficeRecord } from '../chain/office/office-messages.ts'
import type { OfficeFigures } from '../contract/office.ts'

/** What the records of one redemption add up to, one after the other. */
export interface Folded {
  readonly state: string
  readonly settledAt: number | null
  readonly reason: string | null
  /** Given without a reply. */
  readonly honoured: boolean
  /** The customer kept the coupon instead. */
  readonly released: boolean
  readonly wasRedeemed: boolean
  readonly resolution: string | null
  /** What the cashier was told to give, in fen. */
  readonly givenFen: number | null
}

export type Figures = OfficeFigures

export const unrecorded: Folded = {
  state: 'pending',
  settledAt: null,
  reason: null,
  honoured: false,
  released: false,
  wasRedeemed: false,
  resolution: null,
  givenFen: null,
}

/** Returns what is so after this record. A kind that is not known here changes nothing but what every record tells. */
export function fold(
  before: Folded,
  {
    kind,
    at,
    honoured,
    discountFen,
    reason,
    resolution,
  }: Pick<OfficeRecord, 'kind' | 'at' | 'honoured' | 'discountFen' | 'reason' | 'resolution'>,
): Folded {
  const told: Folded = {
    ...before,
    honoured: before.honoured || honoured,
    reason: reason ?? before.reason,
    givenFen: before.givenFen ?? discountFen,
  }
  const settled = { ...told, settledAt: at }
  switch (kind) {
    case 'given':
      return { ...told, givenFen: discountFen === 0 ? null : discountFen, released: false }
    case 'honoured':
      return { ...told, honoured: true, released: false }
    case 'redeemed':
      return { ...settled, state: 'redeemed', wasRedeemed: true }
    case 'return-refused':
      return { ...told, state: 'redeemed' }
    case 'refused':
    case 'returned':
    case 'cancelled':
      return { ...settled, state: kind }
    case 'renewed':
      return { ...settled, state: 'cancelled' }
    case 'review':
    case 'returning':
      return { ...told, state: kind }
    case 'released':
      return { ...told, released: true }
    case 'sent-again':
      return { ...told, state: 'pending' }
    case 'resolved':
      return {
        ...settled,
        state: 'resolved',
        resolution,
        wasRedeemed: told.wasRedeemed || resolution === 'confirmed',
      }
    default:
      return told
  }
}

const takenBack = new Set(['returned', 'cancelled'])
const undecided = new Set(['pending', 'review'])

/** The customer had the discount, and still has. */
export function isGiven({ state, released, resolution, givenFen, honoured }: Folded): boolean {
  if (takenBack.has(state) || released || resolution === 'not-redeemed') return false
  return honoured || (givenFen ?? 0) > 0
}

/** Given, and no reply yet. */
export function isOpen(folded: Folded): boolean {
  return folded.honoured && undecided.has(folded.state) && isGiven(folded)
}

/** Given, and the coupon turned out not to be redeemable. */
export function isLoss(folded: Folded): boolean {
  return (folded.state === 'refused' || folded.resolution === 'loss') && isGiven(folded)
}

/** What it counts for. */
export function figuresOf(folded: Folded): Figures {
  const fen = isGiven(folded) ? (folded.givenFen ?? 0) : 0
  return {
    redeemed: Number(folded.wasRedeemed),
    refused: Number(folded.state === 'refused'),
    discountFen: fen,
    open: Number(isOpen(folded)),
    openFen: isOpen(folded) ? fen : 0,
    losses: Number(isLoss(folded)),
    lossFen: isLoss(folded) ? fen : 0,
    returned: Number(folded.state === 'returned'),
  }
}
