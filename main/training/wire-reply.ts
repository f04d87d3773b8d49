import type { ApiReply } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import type { InjectedFault } from './faults.ts'
import type { IncomingRequest } from './incoming-request.ts'
import { signatureHeaders } from './platform-signing.ts'
import type { World } from './world.ts'

/** A reply as it is sent. */
export interface WireReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Only so many bytes of the body are sent before the connection is destroyed; `null`: all. */
  readonly dropAfter: number | null
}

const staleMs = 600_000
const unknownSerial = '7777777777777777777777777777777777777777'

/** Adds date, request id and signature to a reply, and then whatever the fault spoils. */
export function toWireReply(
  state: { readonly world: World; readonly behaviour: () => Behaviour },
  request: IncomingRequest,
  { reply, now, fault }: { reply: ApiReply; now: number; fault: InjectedFault | null },
): WireReply {
  const behaviour = state.behaviour()
  const isPage = typeof reply.body === 'string'
  const body = Buffer.from(isPage ? reply.body : reply.body ? JSON.stringify(reply.body) : '')
  const isSigned = reply.signed && (reply.status < 300 || behaviour.errorsSigned)
  const askedFor = request.headers['wechatpay-serial']
  const signature = isSigned
    ? signatureHeaders(state.world, behaviour, {
        body,
        now: fault?.kind === 'stale-signature' ? now - staleMs : now,
        askedFor: typeof askedFor === 'string' ? askedFor : null,
      })
    : {}
  const half = body.length >> 1
  return {
    status: reply.status,
    headers: {
      Date: new Date(now).toUTCString(),
      'Content-Type': isPage ? 'text/html' : 'application/json; charset=utf-8',
      ...(isPage ? {} : { 'Request-ID': requestId(reply.status, now) }),
      ...(fault === null ? signature : tamperWith(signature, fault)),
      ...reply.headers,
    },
    body: fault?.kind === 'cut-body' ? body.subarray(0, half) : body,
    dropAfter: fault?.kind === 'truncated' ? half : null,
  }
}

/** `{id}-{error number}`, where 0 means success. */
function requestId(status: number, now: number): string {
  const errno = status < 300 ? '0' : '268435461'
  return `08${now.toString(16).toUpperCase()}-${errno}`
}

function tamperWith(
  signature: Record<string, string>,
  fault: InjectedFault,
): Record<string, string> {
  const genuine = signature['Wechatpay-Signature']
  if (genuine === undefined) return signature
  switch (fault.kind) {
    case 'bad-signature': {
      const first = genuine.startsWith('A') ? 'B' : 'A'
      return { ...signature, 'Wechatpay-Signature': first + genuine.slice(1) }
    }
    case 'signtest':
      return { ...signature, 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${genuine.slice(19)}` }
    case 'unknown-serial':
      return { ...signature, 'Wechatpay-Serial': unknownSerial }
    default:
      return signature
  }
}
