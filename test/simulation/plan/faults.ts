import { isPlayed, type Kind } from '../not-yet-played.ts'

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
  /** The client's own second try within one call: on a stale connection, or to the backup host after a 5xx. */
  'resent',
  'resent-after-effect',
  'resent-then-limited',
  'resent-then-blocked',
] as const
export type ExchangeFault = (typeof exchangeFaults)[number]

/** What the merchant's settings, or the till's, can be wrong in; mended later. */
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

/** What one coupon alone is answered with, for ever. */
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

const needs: Readonly<Partial<Record<ExchangeFault | SettingsFault, Kind>>> = {
  'address-not-allowed': 'address-not-allowed',
  'appid-in-message': 'appid-in-message',
  'sub-merchant': 'sub-merchant',
  'header-missing': 'header-missing',
  'resent-then-blocked': 'resent-then-blocked',
}

const troubleNeeds: Readonly<Partial<Record<CouponTrouble, Kind>>> = {
  'no-auth': 'coupon-settings-alone',
  'appid-not-bound': 'coupon-settings-alone',
  'never-verified': 'coupon-never-verified',
  'never-signed': 'coupon-never-verified',
  'path-404': 'coupon-never-found-path',
  'path-405': 'coupon-never-found-path',
  'bare-401': 'coupon-never-found-path',
  'bad-gateway': 'coupon-never-answered',
  'proxy-page': 'coupon-never-answered',
  'reply-lost': 'coupon-never-answered',
  'request-lost': 'coupon-never-answered',
}

export function playedFaults(): readonly ExchangeFault[] {
  return exchangeFaults.filter((fault) => isAllowed(needs[fault]))
}

export function playedSettingsFaults(): readonly SettingsFault[] {
  return settingsFaults.filter((fault) => isAllowed(needs[fault]))
}

export function playedTroubles(): readonly CouponTrouble[] {
  return couponTroubles.filter((trouble) => isAllowed(troubleNeeds[trouble]))
}

function isAllowed(kind: Kind | undefined): boolean {
  return kind === undefined || isPlayed(kind)
}
