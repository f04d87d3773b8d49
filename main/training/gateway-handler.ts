import { setTimeout as delay } from 'node:timers/promises'
import type { ApiReply } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import { replyAfterEffect, replyInsteadOfEffect, tooFrequent } from './fault-replies.ts'
import { type InjectedFault, type FaultScript, codeOf } from './faults.ts'
import type { IncomingRequest } from './incoming-request.ts'
import type { RateLimit } from './rate-limit.ts'
import { checkRequest } from './request-check.ts'
import { route } from './router.ts'
import { sampleFault } from './sample-faults.ts'
import { type WireReply, toWireReply } from './wire-reply.ts'
import { type World, findCoupon } from './world.ts'

/** How many refusals and faults the ledger keeps. */
const maxLedgerEntries = 1000

export interface GatewayState {
  readonly world: World
  readonly behaviour: () => Behaviour
  readonly faults: FaultScript
  readonly rateLimit: RateLimit
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Called after every change, before the reply is sent. */
  readonly save: () => void
}

/** Returns the reply to one request of the gateway port; `null`: the connection is closed without one. */
export async function handleRequest(
  state: GatewayState,
  request: IncomingRequest,
): Promise<WireReply | null> {
  countRequest(state.world, request)
  const fault = state.faults.take(request) ?? faultOfSample(state, request)
  if (fault !== null) recordFault(state, fault, request)
  if (fault?.kind === 'reset-before-effect') return null
  if (fault?.kind === 'delay-before-effect') await delay(fault.ms)
  const now = state.now() + (fault?.kind === 'clock-off' ? fault.ms : 0)
  const send = (reply: ApiReply) => toWireReply(state, request, { reply, now, fault })

  const instead = fault && replyInsteadOfEffect(fault)
  if (instead !== null) return send(instead)
  const reply = replyTo(state, request, now)
  if (request.method === 'POST') state.save()
  if (fault === null) return send(reply)
  if (fault.kind === 'reset-after-effect') return null
  if (fault.kind === 'delay-after-effect') await delay(fault.ms)
  return send(replyAfterEffect(fault, reply))
}

/** The genuine reply. Errors are entered in the ledger. */
function replyTo(state: GatewayState, request: IncomingRequest, now: number): ApiReply {
  const reply = carryOut(state, request, now)
  const apiCode = errorCodeOf(reply)
  if (apiCode !== null) {
    const code = codeOf(request)
    const { target } = request
    appendLimited(state.world.ledger.refusals, {
      target,
      code,
      status: reply.status,
      apiCode,
      at: now,
    })
  }
  return reply
}

function carryOut(state: GatewayState, request: IncomingRequest, now: number): ApiReply {
  const { world } = state
  const behaviour = state.behaviour()
  const checked = checkRequest(world, request, now)
  if (!checked.ok) return checked.error
  const merchant = checked.value
  if (!state.rateLimit.allows(merchant.mchid, now, behaviour.requestsPerSecond)) {
    return tooFrequent(null)
  }
  return route(request, { world, behaviour, merchant, now })
}

function errorCodeOf({ status, body }: ApiReply): string | null {
  if (status < 400) return null
  return body !== null && typeof body === 'object' && 'code' in body ? String(body.code) : ''
}

function faultOfSample(state: GatewayState, request: IncomingRequest): InjectedFault | null {
  const code = codeOf(request)
  const coupon = code === null ? null : findCoupon(state.world, code)
  return coupon && sampleFault(coupon, state.now())
}

/** Keeps the newest entries alone, so that a till that trains for a year does not fill its disk. */
function appendLimited<T>(entries: T[], entry: T): void {
  entries.push(entry)
  if (entries.length > maxLedgerEntries) entries.shift()
}

function countRequest(world: World, request: IncomingRequest): void {
  const [path = ''] = request.target.split('?', 1)
  const { requests } = world.ledger
  requests[path] = (requests[path] ?? 0) + 1
}

function recordFault(state: GatewayState, fault: InjectedFault, request: IncomingRequest): void {
  const { target } = request
  appendLimited(state.world.ledger.faults, { fault: fault.kind, target, at: state.now() })
  state.save()
}
