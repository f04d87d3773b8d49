import { setTimeout as delay } from 'node:timers/promises'
import { type ApiReply, failure, unsigned } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import { type Fault, type FaultScript, codeOf } from './faults.ts'
import type { IncomingRequest } from './incoming-request.ts'
import { signatureHeaders } from './platform-signing.ts'
import type { RateLimit } from './rate-limit.ts'
import { checkRequest } from './request-check.ts'
import { route } from './router.ts'
import { type Coupon, type World, findCoupon } from './world.ts'

/** What goes onto the wire. */
export interface WireReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Send only so many bytes of the body, then drop the connection. */
  readonly dropAfter: number | null
}

export interface GatewayState {
  readonly world: World
  readonly behaviour: () => Behaviour
  readonly faults: FaultScript
  readonly rateLimit: RateLimit
  readonly now: () => number
  /** Called after every change, before the reply leaves. */
  readonly save: () => void
}

/** How long a slow-network sample takes the first time: longer than any cashier waits. */
export const slowNetworkMs = 15_000
/** How long a no-network sample's line stays dead, from its first attempt on. */
export const noNetworkMs = 10_000

const page = '<!doctype html><title>Welcome</title><p>Please log in to use this network.'
const badGatewayPage = '<html><head><title>502 Bad Gateway</title></head></html>'

/** Answers one request of the gateway port; `null` drops the connection without a byte. */
export async function handle(
  state: GatewayState,
  request: IncomingRequest,
): Promise<WireReply | null> {
  const fault = state.faults.take(request) ?? troubleOf(state, request)
  if (fault !== null) note(state, fault.kind, request)
  const now = state.now() + (fault?.kind === 'clock-off' ? fault.ms : 0)
  const instead = fault && withoutEffect(fault)
  if (fault?.kind === 'reset-before-effect') return null
  if (fault?.kind === 'delay-before-effect') await delay(fault.ms)
  if (instead !== null) return wire(state, request, instead, now, fault)

  const reply = respond(state, request, now)
  state.save()
  if (fault === null) return wire(state, request, reply, now, null)
  if (fault.kind === 'reset-after-effect') return null
  if (fault.kind === 'delay-after-effect') await delay(fault.ms)
  return wire(state, request, afterEffect(fault, reply), now, fault)
}

function respond(state: GatewayState, request: IncomingRequest, now: number): ApiReply {
  const { world } = state
  const behaviour = state.behaviour()
  const checked = checkRequest(world, request, now)
  if (!checked.ok) return refused(state, request, checked.reply, now)
  const { merchant } = checked
  if (!state.rateLimit.allows(merchant.mchid, now, behaviour.requestsPerSecond)) {
    return refused(state, request, tooFrequent(null), now)
  }
  const reply = route(request, { world, behaviour, merchant, now })
  return reply.status < 400 ? reply : refused(state, request, reply, now)
}

/** Replies that come instead of the effect. */
function withoutEffect(fault: Fault): ApiReply | null {
  switch (fault.kind) {
    case 'captive-portal':
      return html(200, page)
    case 'redirect':
      return { ...html(302, page), headers: { Location: fault.location } }
    case 'rate-limit':
      return tooFrequent(fault.retryAfterSeconds)
    case 'bad-gateway':
    case 'accepted-202':
    case 'error':
      return fault.effect ? null : special(fault)
    default:
      return null
  }
}

function afterEffect(fault: Fault, reply: ApiReply): ApiReply {
  if (fault.kind === 'bad-gateway' || fault.kind === 'accepted-202' || fault.kind === 'error') {
    return special(fault)
  }
  if (fault.kind === 'no-signature') return unsigned(reply)
  if (fault.kind === 'oversized' && typeof reply.body === 'object') {
    return { ...reply, body: { ...reply.body, padding: 'x'.repeat(2 * 1_048_576) } }
  }
  return reply
}

function special(
  fault: Extract<Fault, { kind: 'bad-gateway' | 'accepted-202' | 'error' }>,
): ApiReply {
  if (fault.kind === 'bad-gateway') return html(502, badGatewayPage)
  if (fault.kind === 'accepted-202') return { status: 202, body: {}, signed: true }
  const reply = failure(fault.status, fault.code, fault.message)
  return fault.signed ? reply : unsigned(reply)
}

function wire(
  state: GatewayState,
  request: IncomingRequest,
  reply: ApiReply,
  now: number,
  fault: Fault | null,
): WireReply {
  const whole = Buffer.from(
    typeof reply.body === 'string' ? reply.body : reply.body ? JSON.stringify(reply.body) : '',
  )
  const askedFor = request.headers['wechatpay-serial']
  const isSigned = reply.signed && (reply.status < 300 || state.behaviour().errorsSigned)
  const signature = isSigned
    ? signatureHeaders(state.world, state.behaviour(), {
        body: whole,
        now: fault?.kind === 'stale-signature' ? now - 600_000 : now,
        askedFor: typeof askedFor === 'string' ? askedFor : null,
      })
    : {}
  const errno = reply.status < 300 ? '0' : '268435461'
  const isJson = typeof reply.body !== 'string'
  return {
    status: reply.status,
    headers: {
      Date: new Date(now).toUTCString(),
      'Content-Type': isJson ? 'application/json; charset=utf-8' : 'text/html',
      ...(reply.signed ? { 'Request-ID': `08F5B8${now.toString(16).toUpperCase()}-${errno}` } : {}),
      ...(fault === null ? signature : tampered(signature, fault)),
      ...reply.headers,
    },
    body: fault?.kind === 'cut-body' ? whole.subarray(0, whole.length >> 1) : whole,
    dropAfter: fault?.kind === 'truncated' ? whole.length >> 1 : null,
  }
}

function tampered(signature: Record<string, string>, fault: Fault): Record<string, string> {
  const genuine = signature['Wechatpay-Signature']
  if (genuine === undefined) return signature
  if (fault.kind === 'bad-signature') {
    const first = genuine.startsWith('A') ? 'B' : 'A'
    return { ...signature, 'Wechatpay-Signature': first + genuine.slice(1) }
  }
  if (fault.kind === 'signtest') {
    const probe = `WECHATPAY/SIGNTEST/${genuine.slice(19)}`
    return { ...signature, 'Wechatpay-Signature': probe }
  }
  if (fault.kind === 'unknown-serial') {
    return { ...signature, 'Wechatpay-Serial': '7777777777777777777777777777777777777777' }
  }
  return signature
}

/** The sample coupons whose network is bad. */
function troubleOf(state: GatewayState, request: IncomingRequest): Fault | null {
  const code = codeOf(request)
  const coupon = code === null ? null : findCoupon(state.world, code)
  return coupon && samplesFault(coupon, state.now())
}

function samplesFault(coupon: Coupon, now: number): Fault | null {
  if (coupon.trouble === null) return null
  const isFirst = coupon.firstTriedAt === null
  coupon.firstTriedAt ??= now
  const common = { times: 1, match: {} }
  if (coupon.trouble === 'slow-network') {
    return isFirst ? { kind: 'delay-after-effect', ms: slowNetworkMs, ...common } : null
  }
  const isDead = now - coupon.firstTriedAt < noNetworkMs
  return isDead ? { kind: 'reset-before-effect', ...common } : null
}

function refused(
  state: GatewayState,
  request: IncomingRequest,
  reply: ApiReply,
  now: number,
): ApiReply {
  const body = reply.body
  state.world.ledger.refusals.push({
    target: request.target,
    code: codeOf(request),
    status: reply.status,
    apiCode: body !== null && typeof body === 'object' && 'code' in body ? String(body.code) : '',
    at: now,
  })
  return reply
}

function note(state: GatewayState, fault: string, request: IncomingRequest): void {
  state.world.ledger.faults.push({ fault, target: request.target, at: state.now() })
  state.save()
}

function tooFrequent(retryAfterSeconds: number | null): ApiReply {
  const reply = failure(429, 'FREQUENCY_LIMITED', '频率限制')
  if (retryAfterSeconds === null) return reply
  return { ...reply, headers: { 'Retry-After': String(retryAfterSeconds) } }
}

function html(status: number, body: string): ApiReply {
  return { status, body, signed: false }
}
