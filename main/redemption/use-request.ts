import type { Clock, Random } from './ports.ts'

const timeZoneOffsetMs = 8 * 60 * 60 * 1000
const randomCharacters = 8
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `yyyy-MM-ddTHH:mm:ss+08:00`, from the epoch and never from the PC's own zone. */
export function formatUseTime(at: number): string {
  return new Date(at + timeZoneOffsetMs).toISOString().replace(/\.\d{3}Z$/, '+08:00')
}

/**
 * A number for one redemption: till, Beijing time to the second, and 40 random bits, e.g. `T01-20261123104512-7K2M9QXA`.
 * 6–32 of `[0-9A-Za-z_-]`, which every document and sister API agrees on.
 */
export function createRequestNumber(tillId: string, clock: Clock, random: Random): string {
  const time = formatUseTime(clock()).replace(/\+.*$/, '').replaceAll(/\D/g, '')
  const tail = Array.from({ length: randomCharacters }, () =>
    alphabet.charAt(Math.floor(random() * alphabet.length)),
  ).join('')
  return `${tillId}-${time}-${tail}`
}

/** The bytes of a `coupons/use` request. Fixed once, replayed as they are. */
export function createUseBody(of: {
  readonly couponCode: string
  readonly appid: string
  readonly useRequestNo: string
  readonly at: number
}): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({
      coupon_code: of.couponCode,
      appid: of.appid,
      use_time: formatUseTime(of.at),
      use_request_no: of.useRequestNo,
    }),
  )
}
