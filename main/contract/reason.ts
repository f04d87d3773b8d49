/**
 * Every reason of a verdict, with the family that it belongs to. The family decides what may be honoured, what stops
 * the queue and what a person is asked; by its type, a reason of one family cannot be used where another is required.
 * The words of a reason are in `words/<language>/reasons.json` under the same name; a test checks that they are
 * complete.
 *
 * - `confirmed`: redeemed, by WeChat Pay's verified reply to a redemption or a query, or by what a person saw there.
 * - `withheld`: redeemed, but the discount is not given, or only when the cashier decides so.
 * - `recalled`: this till, or another of the shop, already knows the coupon.
 * - `no-coupon`: what was scanned is no coupon; nothing was recorded.
 * - `declined`: the till declined the coupon before sending it; nothing was recorded.
 * - `not-saved`: the till could not save the redemption in its file; nothing was sent.
 * - `refused`: WeChat Pay refused this coupon.
 * - `suspect`: WeChat Pay refused, and the cause may be the coupon or the till's settings.
 * - `silence`: no reply, or none that counts. The offline policy may honour this family alone.
 * - `undecided`: a reply that decides nothing, or that may be about an earlier attempt of this till.
 * - `blocked`: the cause is the till's settings and not the coupon; the queue stops.
 * - `return-refused`: WeChat Pay refused a return, or it turned out to have had no effect; the coupon stays redeemed.
 */
export const reasonFamilies = {
  redeemed: 'confirmed',
  'confirmed-by-person': 'confirmed',

  'redeemed-not-given': 'withheld',
  'redeemed-below-threshold': 'withheld',
  'redeemed-nothing-left': 'withheld',

  'redeemed-here-before': 'recalled',
  'honoured-here-before': 'recalled',
  'waiting-here-already': 'recalled',
  'in-review-here': 'recalled',
  'being-returned': 'recalled',
  'returned-here': 'recalled',
  'kept-by-customer': 'recalled',
  'resolved-here': 'recalled',
  'returned-here-before': 'recalled',
  'redeemed-at-other-till': 'recalled',
  'honoured-at-other-till': 'recalled',
  'claimed-at-other-till': 'recalled',
  'handed-over': 'recalled',

  'payment-code': 'no-coupon',
  'product-barcode': 'no-coupon',
  'not-a-coupon': 'no-coupon',
  misread: 'no-coupon',

  'offline-not-accepted': 'declined',
  'stock-not-chosen': 'declined',
  'below-threshold': 'declined',
  'nothing-left-to-pay': 'declined',
  'outside-known-window': 'declined',

  'not-saved-disk-full': 'not-saved',
  'not-saved-file-locked': 'not-saved',
  'not-saved': 'not-saved',

  'used-elsewhere': 'refused',
  'outside-validity': 'refused',
  'coupon-unknown': 'refused',
  'openid-wrong': 'refused',
  'coupon-not-ours': 'refused',

  'request-invalid': 'suspect',
  'refused-otherwise': 'suspect',

  'no-connection': 'silence',
  'no-answer-in-time': 'silence',
  'service-error': 'silence',
  'rate-limited': 'silence',
  'answer-not-verified': 'silence',
  'reply-key-unknown': 'silence',

  'answer-not-final': 'undecided',

  'signature-rejected': 'blocked',
  'clock-wrong': 'blocked',
  'certificate-expired': 'blocked',
  'no-permission': 'blocked',
  'appid-not-bound': 'blocked',
  'merchant-unknown': 'blocked',
  'address-not-allowed': 'blocked',
  'merchant-relation': 'blocked',
  'merchant-restricted': 'blocked',
  'headers-rejected': 'blocked',
  'wechatpay-key-wrong': 'blocked',
  'settings-refused': 'blocked',
  'credentials-missing': 'blocked',
  'keychain-unavailable': 'blocked',
  'keychain-locked': 'blocked',

  'return-not-redeemed': 'return-refused',
  'return-repeated': 'return-refused',
  'return-coupon-unknown': 'return-refused',
  'return-too-late': 'return-refused',
  'return-refused-otherwise': 'return-refused',
  'return-not-done': 'return-refused',
} as const

export type Reason = keyof typeof reasonFamilies
export type ReasonFamily = (typeof reasonFamilies)[Reason]
/** The reasons that belong to the given families. */
export type ReasonOf<F extends ReasonFamily> = {
  [R in Reason]: (typeof reasonFamilies)[R] extends F ? R : never
}[Reason]

function isReason(name: string): name is Reason {
  return name in reasonFamilies
}

export const reasons: readonly Reason[] = Object.keys(reasonFamilies).filter(isReason)

export function familyOf(reason: Reason): ReasonFamily {
  return reasonFamilies[reason]
}
