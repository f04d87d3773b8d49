/**
 * Why a verdict is what it is, and the family each reason belongs to: the one table. What may be honoured, what stops
 * the queue and what a person is asked is decided by family; types keep a settings reason from being built as a
 * refusal. A reason is a code; its words, for the cashier and for the manager, are in `words/<language>/reasons.json`
 * under the same name, complete in every language (a test holds that).
 *
 * - `confirmed`: redeemed: a verified 200 or query says so, or a person who has seen it at WeChat Pay.
 * - `withheld`: redeemed, and the discount is not to be given, or not without a word from the cashier.
 * - `recalled`: this till, or another of the shop, already knows the coupon.
 * - `no-coupon`: the payload is no coupon; nothing was recorded.
 * - `declined`: known before sending; nothing was recorded.
 * - `not-saved`: the till's own file could not take it; nothing was sent.
 * - `refused`: WeChat Pay said no to this coupon.
 * - `suspect`: WeChat Pay said no, and it may be the coupon or the settings.
 * - `silence`: no answer, or none that counts. The only family that the offline policy may honour.
 * - `undecided`: an answer that decides nothing, or that may speak of an earlier attempt of our own.
 * - `blocked`: the till's settings, not the coupon; the queue stops.
 * - `return-refused`: WeChat Pay said no to a return, or it turned out to have had no effect; the coupon stays redeemed.
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
/** The reasons of some families. */
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
