/** What can happen to one exchange with WeChat Pay. */
export const exchangeFaults = [
  'request-lost',
  'reply-lost',
  'reply-slow',
  'request-late',
  'bad-gateway',
  'bad-gateway-after-effect',
  'system-error-400',
  'system-error-after-effect',
  'accepted-202',
  'accepted-202-after-effect',
  'unverified-200',
  'signtest',
  'forged-200',
  'cut-body',
  'rate-limit',
  'overloaded-503',
  'redirect',
  'proxy-page-403',
  'connection-refused',
  /** The client's own second try within one call: on a stale connection, or at the backup host after a 5xx. */
  'resent',
  'resent-after-effect',
  'resent-then-limited',
  'resent-then-blocked',
] as const
export type ExchangeFault = (typeof exchangeFaults)[number]

/** What can be wrong in the merchant's or the till's settings; fixed later. */
export const settingsFaults = [
  'sign-error',
  'no-auth',
  'appid-not-bound',
  'merchant-unknown',
  'address-not-allowed',
  'appid-in-message',
  'sub-merchant',
  'header-missing',
  'path-404',
  'path-405',
  'bare-401',
  'keychain-locked',
  'credentials-missing',
] as const
export type SettingsFault = (typeof settingsFaults)[number]

/** What a single coupon's requests run into, for ever. */
export const couponTroubles = [
  'system-error',
  'accepted-202',
  'no-auth',
  'param-error',
  'rate-limit',
  'appid-not-bound',
  'sub-merchant',
  'never-verified',
  'never-signed',
  'path-404',
  'path-405',
  'bare-401',
  'bad-gateway',
  'proxy-page',
  'reply-lost',
  'request-lost',
] as const
export type CouponTrouble = (typeof couponTroubles)[number]
