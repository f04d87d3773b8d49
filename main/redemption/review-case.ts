import type { RedemptionView } from '../contract/redemption-view.ts'
import type { ReviewAction, ReviewCase, ReviewEntry } from '../contract/snapshot.ts'
import { familyOf } from '../contract/reason.ts'
import type { OpenRedemptions } from './ports.ts'
import { isKnownRedeemed, mayHaveArrivedUnseen, type Redemption, wasGiven } from './redemption.ts'

/** Returns why a redemption waits for a person. */
export function caseOf(redemption: Redemption): ReviewCase {
  const { reason, couponReturn } = redemption
  if (couponReturn !== null) return isKnownRedeemed(redemption) ? 'return-open' : 'return-refused'
  const isRefused =
    reason !== null && (familyOf(reason) === 'refused' || familyOf(reason) === 'suspect')
  if (!wasGiven(redemption)) {
    if (!isRefused) return 'no-result'
    return reason === 'used-elsewhere' ? 'perhaps-ours' : 'perhaps-redeemed'
  }
  if (!isRefused) return 'no-result-given'
  return mayHaveArrivedUnseen(redemption) ? 'perhaps-ours-given' : 'refused-given'
}

/** Returns the possible decisions, the advised one first. Only what was given can be a loss, and it cannot be undone. */
export function actionsFor(redemption: Redemption, canLookUp: boolean): readonly ReviewAction[] {
  const lookUp: readonly ReviewAction[] = canLookUp ? ['look-up'] : []
  return [...lookUp, ...decisionsFor(redemption)]
}

function decisionsFor(redemption: Redemption): readonly ReviewAction[] {
  const { reason, uncertain } = redemption
  // A coupon that another order used stays used; any other refusal may not hold any more.
  const again: readonly ReviewAction[] = reason === 'used-elsewhere' ? [] : ['send-again']
  switch (caseOf(redemption)) {
    case 'no-result':
      // If no attempt can have redeemed it, there is nothing to confirm or return.
      return uncertain
        ? ['send-again', 'return', 'confirmed', 'not-redeemed']
        : ['send-again', 'not-redeemed']
    case 'no-result-given':
      return uncertain ? ['send-again', 'confirmed', 'loss'] : ['send-again', 'loss']
    case 'perhaps-ours':
      // The till told nobody to give the discount, so most likely nobody did.
      return ['return', 'confirmed']
    case 'perhaps-redeemed':
      return ['not-redeemed', 'confirmed', 'return']
    case 'perhaps-ours-given':
      return ['confirmed', 'loss', ...again]
    case 'refused-given':
      return ['loss', ...again]
    case 'return-open':
      return ['send-again', 'not-redeemed', 'confirmed']
    case 'return-refused':
      return ['not-redeemed', 'return', 'confirmed']
  }
}

const reviewLength = 200

/** Returns what waits for a person. `view`: what any screen may show of a redemption. */
export function reviewOf(
  open: Pick<OpenRedemptions, 'inReview'>,
  view: (redemption: Redemption) => RedemptionView,
  { canAsk }: { readonly canAsk: (redemption: Redemption) => boolean },
): ReviewEntry[] {
  return open
    .inReview(reviewLength)
    .map((found) => reviewEntryOf(found, view(found), canAsk(found)))
}

function reviewEntryOf(
  redemption: Redemption,
  view: RedemptionView,
  canLookUp: boolean,
): ReviewEntry {
  return {
    redemption: view,
    case: caseOf(redemption),
    actions: [...actionsFor(redemption, canLookUp)],
    wasGiven: wasGiven(redemption),
    givenFen: redemption.given?.fen ?? redemption.honouredValueFen,
    uncertain: redemption.uncertain,
  }
}
