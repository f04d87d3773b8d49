import { type Result, ok } from '../contract/result.ts'
import type { CorrectedClock, Span } from './clock-skew.ts'
import type { Credentials, SigningFault } from './credentials.ts'
import { replyDate } from './reply.ts'
import { type SignableRequest, signRequest } from './request-signature.ts'
import type { Sent, Transport } from './transport.ts'

/** The outcome of a call, and when it was made. */
export type SentInTime = Sent & { readonly span: Span }

export interface SignedChannel {
  /**
   * Signs the request, sends it, and records the time that the reply claims. Fails when it cannot be signed; whatever
   * happens to it after that is in `SentInTime`.
   */
  send(
    request: SignableRequest,
    credentials: Credentials,
    /** The serial of the key that WeChat Pay is asked to sign the reply with. */
    askFor: string | null,
    signal: AbortSignal,
  ): Promise<Result<SentInTime, SigningFault>>
}

/**
 * After a correction of the clock by more than this, a request that was refused is signed and sent again. WeChat Pay
 * refuses requests that are more than five minutes off.
 */
const worthResendingMs = 60_000

export function createSignedChannel(options: {
  readonly transport: Transport
  readonly clock: CorrectedClock
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
    const signed = await signRequest(request, credentials, at, signal)
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
      // A 401 was not processed, so the same bytes may be signed with the corrected time and sent again. Not a body that
      // holds the wrong time itself: its caller has to write a new one.
      if (wasRefused && moved > worthResendingMs && !request.hasTimeInBody) {
        const again = await sendOnce(request, credentials, askFor, signal)
        if (!first.value.resent) return again
        // Bytes of an earlier attempt may have arrived before the 401, so the last reply may be about their effect.
        return again.ok ? ok({ ...again.value, resent: true }) : first
      }
      return first
    },
  }
}
