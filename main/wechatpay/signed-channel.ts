import { type Result, ok } from '../contract/result.ts'
import type { SkewedClock, Span } from './clock-skew.ts'
import type { Credentials, SigningFault } from './credentials.ts'
import { replyDate } from './reply.ts'
import { type SignableRequest, authorization } from './request-signature.ts'
import type { Sent, Transport } from './transport.ts'

/** What came back, and when. */
export type SentInTime = Sent & { readonly span: Span }

export interface SignedChannel {
  /** Signs now, sends, and records the time that the reply claims. */
  send(
    request: SignableRequest,
    credentials: Credentials,
    /** Serial of the key that the reply should be signed with. */
    askFor: string | null,
    signal: AbortSignal,
  ): Promise<Result<SentInTime, SigningFault>>
}

/** A correction this large is worth a second try: WeChat Pay refuses what is more than 5 minutes off. */
const worthResendingMs = 60_000

export function createSignedChannel(options: {
  readonly transport: Transport
  readonly clock: SkewedClock
  readonly nonce: () => string
  readonly userAgent: string
}): SignedChannel {
  const { transport, clock, nonce, userAgent } = options

  async function sendOnce(
    request: SignableRequest,
    credentials: Credentials,
    askFor: string | null,
    signal: AbortSignal,
  ): Promise<Result<SentInTime, SigningFault>> {
    const at = { timestamp: Math.floor(clock.now() / 1000), nonce: nonce() }
    const signed = await authorization(request, credentials, at, signal)
    if (!signed.ok) return signed
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: signed.value,
      'accept-language': 'zh-CN',
      'user-agent': userAgent,
    }
    if (request.method === 'POST') headers['content-type'] = 'application/json'
    if (askFor !== null) headers['wechatpay-serial'] = askFor
    const sentAt = clock.local()
    const sent = await transport.send(request, headers, signal)
    const span = { sentAt, receivedAt: clock.local() }
    const date = sent.kind === 'reply' ? replyDate(sent.headers) : null
    if (date !== null) clock.recordClaim(date, span)
    return ok({ ...sent, span })
  }

  return {
    async send(request, credentials, askFor, signal) {
      const before = clock.skew().offsetMs
      const first = await sendOnce(request, credentials, askFor, signal)
      const wasRefused = first.ok && first.value.kind === 'reply' && first.value.status === 401
      const moved = Math.abs(clock.skew().offsetMs - before)
      // A 401 was not processed, so the same bytes may go again under the time that we now know. Not those that were
      // written under the wrong one: the caller mints them anew.
      if (wasRefused && moved > worthResendingMs && request.tellsTime !== true) {
        const again = await sendOnce(request, credentials, askFor, signal)
        if (!first.value.resent) return again
        // An earlier try of the first one may have done what the second speaks of.
        return again.ok ? ok({ ...again.value, resent: true }) : first
      }
      return first
    },
  }
}
