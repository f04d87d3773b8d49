import type { IncomingHttpHeaders } from 'node:http'
import type { Answered } from '../redemption/gateway.ts'
import type { Reply } from './exchange.ts'
import { parseJson } from './json.ts'
import type { Verification } from './reply-signature.ts'

/** Translates a reply for the domain. Does not throw, whatever the peer sent. */
export function toAnswered(
  reply: Reply & { readonly resent: boolean },
  verification: Verification,
  nowMs: number,
): Answered {
  return {
    kind: 'answered',
    status: reply.status,
    verified: verification.kind === 'verified',
    carriesSignature: verification.kind !== 'unsigned',
    ...signatureFacts(verification),
    body: reply.body === null ? null : parseJson(reply.body),
    requestId: header(reply.headers, 'request-id'),
    mayHaveArrivedBefore: reply.resent,
    retryAfterMs: parseRetryAfter(header(reply.headers, 'retry-after'), nowMs),
  }
}

function signatureFacts(verification: Verification): Pick<Answered, 'signedWith' | 'unproven'> {
  if (verification.kind === 'unsigned') return { signedWith: null, unproven: null }
  const { signedWith } = verification
  if (verification.kind === 'verified') return { signedWith, unproven: null }
  const { why, tillHas } = verification
  return { signedWith, unproven: { why, signedWith, tillHas } }
}

/** The `Date` header in epoch milliseconds; `null` when it is missing or cannot be read. */
export function replyDate(headers: IncomingHttpHeaders): number | null {
  const ms = Date.parse(header(headers, 'date') ?? '')
  return Number.isNaN(ms) ? null : ms
}

/** Milliseconds to wait; the header has seconds or a date (RFC 9110 §10.2.3). */
function parseRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}
