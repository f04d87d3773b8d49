/**
 * Why a verdict is what it is. A reason is a code; its words, for the cashier and for the manager, are in
 * `words/<language>/reasons.json` under the same name, complete in every language (a test holds that).
 */
export const reasons = [
  // confirmed
  'redeemed',
  // recall: this till already knows the code
  'redeemed-here-before',
  'waiting-here-already',
  'in-review-here',
  'redeemed-at-other-till',
  'handed-over',
  // the payload is no coupon; nothing was recorded
  'payment-code',
  'product-barcode',
  'not-a-coupon',
  'offline-not-accepted',
  // known before sending; nothing was recorded
  'stock-not-chosen',
  'below-threshold',
  'outside-known-window',
  // the till's own file could not take it; nothing was recorded, nothing sent
  'not-saved-disk-full',
  'not-saved-file-locked',
  'not-saved',
  // refused: WeChat Pay said no
  'used-elsewhere',
  'outside-validity',
  'coupon-unknown',
  'openid-wrong',
  'request-invalid',
  'refused-otherwise',
  // unknown: recorded, settled later under the same number
  'no-connection',
  'no-answer-in-time',
  'service-error',
  'rate-limited',
  'answer-not-final',
  'answer-not-verified',
  // blocked: the till's settings, not the coupon; the queue stops
  'signature-rejected',
  'clock-wrong',
  'no-permission',
  'appid-not-bound',
  'merchant-unknown',
  'credentials-missing',
  'keychain-unavailable',
  'keychain-locked',
] as const

export type Reason = (typeof reasons)[number]
