import { Buffer } from 'node:buffer'
import type { SignableRequest } from './request-signature.ts'

const busifavor = '/v3/marketing/busifavor'
const noBody = Buffer.alloc(0)

export function useCouponRequest(body: Uint8Array): SignableRequest {
  return { method: 'POST', target: `${busifavor}/coupons/use`, body, tellsTime: true }
}

export function returnCouponRequest(body: Uint8Array): SignableRequest {
  return { method: 'POST', target: `${busifavor}/coupons/return`, body }
}

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

export function stockRequest(stockId: string): SignableRequest {
  return get(`${busifavor}/stocks/${segment(stockId)}`)
}

export function certificatesRequest(): SignableRequest {
  return get('/v3/certificates')
}

function get(target: string): SignableRequest {
  return { method: 'GET', target, body: noBody }
}

/** A merchant's own codes may hold `/`, `\`, `=`, `|` and spaces; they are signed as they are sent: encoded. */
function segment(text: string): string {
  // An openid comes from a reply; half a surrogate pair in it must not throw.
  return encodeURIComponent(text.toWellFormed())
}
