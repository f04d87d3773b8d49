import { Buffer } from 'node:buffer'
import type { SignableRequest } from './request-signature.ts'

const busifavor = '/v3/marketing/busifavor'
const noBody = Buffer.alloc(0)

export function useCouponRequest(body: Uint8Array): SignableRequest {
  return { method: 'POST', target: `${busifavor}/coupons/use`, body, hasTimeInBody: true }
}

export function returnCouponRequest(body: Uint8Array): SignableRequest {
  return { method: 'POST', target: `${busifavor}/coupons/return`, body, hasTimeInBody: false }
}

/** One coupon of a user. */
export function couponRequest(of: {
  openid: string
  couponCode: string
  appid: string
}): SignableRequest {
  return get(
    `${busifavor}/users/${segment(of.openid)}/coupons/${segment(of.couponCode)}` +
      `/appids/${segment(of.appid)}`,
  )
}

/** A code that the merchant uploaded for a batch. */
export function prestoredCodeRequest(of: {
  stockId: string
  couponCode: string
  appid: string
}): SignableRequest {
  return get(
    `${busifavor}/stocks/${segment(of.stockId)}/couponcodes/${segment(of.couponCode)}` +
      `?appid=${segment(of.appid)}`,
  )
}

/** One batch of coupons. */
export function stockRequest(stockId: string): SignableRequest {
  return get(`${busifavor}/stocks/${segment(stockId)}`)
}

/** The list of platform certificates. */
export function certificatesRequest(): SignableRequest {
  return get('/v3/certificates')
}

function get(target: string): SignableRequest {
  return { method: 'GET', target, body: noBody, hasTimeInBody: false }
}

/** Percent-encoded: a merchant's own codes may hold `/`, `\`, `=`, `|` and spaces. */
function segment(text: string): string {
  // Half a surrogate pair, which an openid of a reply may hold, would make `encodeURIComponent` throw.
  return encodeURIComponent(text.toWellFormed())
}
