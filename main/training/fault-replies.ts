import { type ApiReply, failure, unsigned } from './api-reply.ts'
import type { Fault } from './faults.ts'

const loginPage = '<!doctype html><title>Welcome</title><p>Please log in to use this network.'
const badGatewayPage = '<html><head><title>502 Bad Gateway</title></head></html>'
const oversizedBytes = 2 * 1_048_576

type Masked = Extract<Fault, { kind: 'bad-gateway' | 'accepted-202' | 'error' }>

/** The reply of a fault that keeps the request from having any effect; `null` for the others. */
export function insteadOfEffect(fault: Fault): ApiReply | null {
  if (fault.kind === 'captive-portal') return page(200, loginPage)
  if (fault.kind === 'redirect') {
    return { ...page(302, loginPage), headers: { Location: fault.location } }
  }
  if (fault.kind === 'rate-limit') return tooFrequent(fault.retryAfterSeconds)
  return isMasked(fault) && !fault.effect ? masked(fault) : null
}

/** What a fault makes of the genuine reply to a request that had its effect. */
export function afterEffect(fault: Fault, reply: ApiReply): ApiReply {
  if (isMasked(fault)) return masked(fault)
  if (fault.kind === 'no-signature') return unsigned(reply)
  if (fault.kind === 'oversized' && typeof reply.body === 'object') {
    return { ...reply, body: { ...reply.body, padding: 'x'.repeat(oversizedBytes) } }
  }
  if (fault.kind === 'empty-body') return { ...reply, body: null }
  return reply
}

export function tooFrequent(retryAfterSeconds: number | null): ApiReply {
  const reply = failure(429, 'FREQUENCY_LIMITED', '频率限制')
  if (retryAfterSeconds === null) return reply
  return { ...reply, headers: { 'Retry-After': String(retryAfterSeconds) } }
}

function isMasked(fault: Fault): fault is Masked {
  return ['bad-gateway', 'accepted-202', 'error'].includes(fault.kind)
}

function masked(fault: Masked): ApiReply {
  if (fault.kind === 'bad-gateway') return page(502, badGatewayPage)
  if (fault.kind === 'accepted-202') return { status: 202, body: {}, signed: true }
  const reply = failure(fault.status, fault.code, fault.message)
  return fault.signed ? reply : unsigned(reply)
}

/** A page from something between the till and WeChat Pay. */
function page(status: number, body: string): ApiReply {
  return { status, body, signed: false }
}
