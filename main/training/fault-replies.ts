import { type ApiReply, apiError, unsigned } from './api-reply.ts'
import type { InjectedFault } from './faults.ts'

const loginPage = '<!doctype html><title>Welcome</title><p>Please log in to use this network.'
const badGatewayPage = '<html><head><title>502 Bad Gateway</title></head></html>'
const oversizedBytes = 2 * 1_048_576

/** Faults whose reply replaces the genuine one. */
type ReplacingFault = Extract<InjectedFault, { kind: 'bad-gateway' | 'accepted-202' | 'error' }>

/** The reply to a request that a fault keeps from having any effect; `null` for faults that do not. */
export function replyInsteadOfEffect(fault: InjectedFault): ApiReply | null {
  if (fault.kind === 'captive-portal') return page(200, loginPage)
  if (fault.kind === 'redirect') {
    return { ...page(302, loginPage), headers: { Location: fault.location } }
  }
  if (fault.kind === 'rate-limit') return tooFrequent(fault.retryAfterSeconds)
  return isReplacing(fault) && !fault.effect ? replacement(fault) : null
}

/** Applies a fault to the genuine reply to a request that had its effect. */
export function replyAfterEffect(fault: InjectedFault, reply: ApiReply): ApiReply {
  if (isReplacing(fault)) return replacement(fault)
  if (fault.kind === 'no-signature') return unsigned(reply)
  if (fault.kind === 'oversized' && typeof reply.body === 'object') {
    return { ...reply, body: { ...reply.body, padding: 'x'.repeat(oversizedBytes) } }
  }
  if (fault.kind === 'empty-body') return { ...reply, body: null }
  return reply
}

export function tooFrequent(retryAfterSeconds: number | null): ApiReply {
  const reply = apiError(429, 'FREQUENCY_LIMITED', '频率限制')
  if (retryAfterSeconds === null) return reply
  return { ...reply, headers: { 'Retry-After': String(retryAfterSeconds) } }
}

function isReplacing(fault: InjectedFault): fault is ReplacingFault {
  return ['bad-gateway', 'accepted-202', 'error'].includes(fault.kind)
}

function replacement(fault: ReplacingFault): ApiReply {
  if (fault.kind === 'bad-gateway') return page(502, badGatewayPage)
  if (fault.kind === 'accepted-202') return { status: 202, body: {}, signed: true, headers: {} }
  const reply = apiError(fault.status, fault.code, fault.message)
  return fault.signed ? reply : unsigned(reply)
}

/** A web page from something between the till and WeChat Pay. */
function page(status: number, body: string): ApiReply {
  return { status, body, signed: false, headers: {} }
}
