import type { Clock, Random } from './ports.ts'
import type { Trade } from './trade.ts'

const timeZoneOffsetMs = 8 * 60 * 60 * 1000
const randomCharacters = 8
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Date, random part and hyphens take 24 of the 32 characters that every document allows. */
const tillIdShape = /^[0-9A-Za-z_]{1,8}$/

/** `yyyy-MM-ddTHH:mm:ss+08:00`, from the epoch and never from the PC's own zone. */
export function formatUseTime(at: number): string {
  return new Date(at + timeZoneOffsetMs).toISOString().replace(/\.\d{3}Z$/, '+08:00')
}

/** Throws unless the id is 1–8 letters, digits or `_`, as request numbers need. */
export function checkTillId(tillId: string): void {
  if (!tillIdShape.test(tillId))
    throw new RangeError(`a till id is 1–8 letters, digits or _: ${tillId}`)
}

/**
 * Returns a new number for a redemption or return: till, Beijing time to the second, and 40 random bits, e.g.
 * `T01-20261123104512-7K2M9QXA`. 6–32 of `[0-9A-Za-z_-]`, which every document and sister API agrees on. The random part
 * keeps two numbers of one second apart, also after the clock was set back or the till was installed anew.
 */
export function createRequestNumber(tillId: string, clock: Clock, random: Random): string {
  const time = formatUseTime(clock()).replace(/\+.*$/, '').replaceAll(/\D/g, '')
  const tail = Array.from({ length: randomCharacters }, () =>
    alphabet.charAt(Math.floor(random() * alphabet.length)),
  ).join('')
  return `${tillId}-${time}-${tail}`
}

/** Returns the bytes of a `coupons/use` request. They are made once and sent unchanged each time. */
export function createUseBody(of: {
  readonly couponCode: string
  readonly appid: string
  readonly useRequestNo: string
  readonly at: number
  /** The batch of the merchant's own code; `null` where WeChat Pay issued the code. */
  readonly stockId: string | null
  /** The payment of the order, where a POS told it. WeChat Pay's statements name it beside the coupon. */
  readonly trade?: Trade | null
}): Uint8Array {
  const { outTradeNo = null, transactionId = null, mchId = null } = of.trade ?? {}
  return encode({
    coupon_code: of.couponCode,
    ...(of.stockId !== null && { stock_id: of.stockId }),
    appid: of.appid,
    use_time: formatUseTime(of.at),
    use_request_no: of.useRequestNo,
    ...(outTradeNo !== null && { out_trade_no: outTradeNo }),
    ...(mchId !== null && { mch_id: mchId }),
    ...(transactionId !== null && { transaction_id: transactionId }),
  })
}

/** Returns the bytes of a `coupons/return` request, which always names the batch. */
export function createReturnBody(of: {
  readonly couponCode: string
  readonly stockId: string
  readonly returnRequestNo: string
}): Uint8Array {
  return encode({
    coupon_code: of.couponCode,
    stock_id: of.stockId,
    return_request_no: of.returnRequestNo,
  })
}

function encode(body: Readonly<Record<string, string>>): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}
