import { setTimeout as delay } from 'node:timers/promises'
import type { ApiReply } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import { afterEffect, insteadOfEffect, tooFrequent } from './fault-replies.ts'
import { type Fault, type FaultScript, codeOf } from './faults.ts'
import type { IncomingRequest } from './incoming-request.ts'
import type { RateLimit } from './rate-limit.ts'
import { checkRequest } from './request-check.ts'
import { route } from './router.ts'
import { sampleFault } from './sample-faults.ts'
import { type WireReply, wireReply } from './wire-reply.ts'
import { type World, findCoupon } from './world.ts'

const maxNotes = 1000

export interface GatewayState {
  readonly world: World
  readonly behaviour: () => Behaviour
  readonly faults: FaultScript
  readonly rateLimit: RateLimit
  readonly now: () => number
  /** Called after every change, before the reply leaves. */
  readonly save: () => void
}

/** Answers one request of the gateway port; `null` drops the connection without a byte. */
export async function handle(
  state: GatewayState,
  request: IncomingRequest,
): Promise<WireReply | null> {
  count(state.world, request)
  const fault = state.faults.take(request) ?? faultOfSample(state, request)
  if (fault !== null) note(state, fault, request)
  if (fault?.kind === 'reset-before-effect') return null
  if (fault?.kind === 'delay-before-effect') await delay(fault.ms)
  const now = state.now() + (fault?.kind === 'clock-off' ? fault.ms : 0)
  const send = (reply: ApiReply) => wireReply(state, request, { reply, now, fault })

  const instead = fault && insteadOfEffect(fault)
  if (instead !== null) return send(instead)
  const reply = respond(state, request, now)
  if (request.method === 'POST') state.save()
  if (fault === null) return send(reply)
  if (fault.kind === 'reset-after-effect') return null
  if (fault.kind === 'delay-after-effect') await delay(fault.ms)
  return send(afterEffect(fault, reply))
}

function respond(state: GatewayState, request: IncomingRequest, now: number): ApiReply {
  const reply = answer(state, request, now)
  const apiCode = errorCodeOf(reply)
  if (apiCode !== null) {
    const code = codeOf(request)
    const { target } = request
    keep(state.world.ledger.refusals, { target, code, status: reply.status, apiCode, at: now })
  }
  return reply
}

function answer(state: GatewayState, request: IncomingRequest, now: number): ApiReply {
  const { world } = state
  const behaviour = state.behaviour()
  const checked = checkRequest(world, request, now)
  if (!checked.ok) return checked.reply
  const { merchant } = checked
  if (!state.rateLimit.allows(merchant.mchid, now, behaviour.requestsPerSecond)) {
    return tooFrequent(null)
  }
  return route(request, { world, behaviour, merchant, now })
}

function errorCodeOf({ status, body }: ApiReply): string | null {
  if (status < 400) return null
  return body !== null && typeof body === 'object' && 'code' in body ? String(body.code) : ''
}

function faultOfSample(state: GatewayState, request: IncomingRequest): Fault | null {
  const code = codeOf(request)
  const coupon = code === null ? null : findCoupon(state.world, code)
  return coupon && sampleFault(coupon, state.now())
}

/** Effects are kept for ever; of the rest the newest, lest a till that trains for a year fill the file. */
function keep<T>(entries: T[], entry: T): void {
  entries.push(entry)
  if (entries.length > maxNotes) entries.shift()
}

function count(world: World, request: IncomingRequest): void {
  const [path = ''] = request.target.split('?', 1)
  const { requests } = world.ledger
  requests[path] = (requests[path] ?? 0) + 1
}

function note(state: GatewayState, fault: Fault, request: IncomingRequest): void {
  const { target } = request
  keep(state.world.ledger.faults, { fault: fault.kind, target, at: state.now() })
  state.save()
}
