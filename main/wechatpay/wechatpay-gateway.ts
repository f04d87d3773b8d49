import type { z } from 'zod'
import { type Result, err, ok } from '../contract/result.ts'
import type { GatewayReply, RedemptionGateway, SendOptions } from '../redemption/gateway.ts'
import type { CertificateCache } from './certificate-cache.ts'
import { type ClockSkew, SkewedClock } from './clock-skew.ts'
import type { CredentialSource, Credentials, SigningFault } from './credentials.ts'
import {
  certificatesRequest,
  couponRequest,
  prestoredCodeRequest,
  returnCouponRequest,
  stockRequest,
  useCouponRequest,
} from './endpoints.ts'
import { createConnections } from './dispatchers.ts'
import { unanswered } from './failure.ts'
import { stockFacts } from './facts.ts'
import { startPatience } from './patience.ts'
import { ReplyGuard, type VerifiedTimeMemory } from './reply-guard.ts'
import { answered } from './reply.ts'
import { factsAbout, isOfRequest, ofAnother, storedFactsAbout } from './reply-fits.ts'
import { CouponReply, PrestoredCodeReply, StockReply } from './reply-schemas.ts'
import type { SignableRequest } from './request-signature.ts'
import { createSignedChannel } from './signed-channel.ts'
import { type ResolveProxy, createTransport } from './transport.ts'
import { createTrust } from './trust.ts'

export interface WechatpayOptions {
  /** Primary first, then backups: `https://host[:port]`; plain `http:` on loopback alone. */
  readonly origins: readonly string[]
  readonly credentials: CredentialSource
  /** Epoch milliseconds of this machine; the client corrects it by what replies say. */
  readonly clock: () => number
  /** Monotonic milliseconds, which nobody can set; `performance.now` when absent. */
  readonly elapsed?: () => number
  /** A fresh nonce for each request: 32 letters and digits. */
  readonly nonce: () => string
  readonly userAgent: string
  readonly deadlines?: Partial<Deadlines>
  readonly maxReplyBytes?: number
  /** Where the list of platform certificates is kept over restarts; nowhere when absent. */
  readonly certificateCache?: CertificateCache
  /** How a host is to be reached from this machine; straight when absent. Asked before every request. */
  readonly resolveProxy?: ResolveProxy
  /** Where the highest verified time is kept over restarts; nowhere when absent. */
  readonly verifiedTime?: VerifiedTimeMemory
  /** PEM; in place of the system's, for a chain with a gateway of its own. */
  readonly certificateAuthorities?: readonly string[]
}

export interface Deadlines {
  /** For opening one connection. */
  readonly connectMs: number
  /** For a whole call: connecting, every try, reading the reply. The caller's signal may end it sooner. */
  readonly totalMs: number
}

export interface WechatpayGateway extends RedemptionGateway {
  /** How far this machine's clock is off, as far as replies have shown. */
  clockSkew(): ClockSkew
  /** Epoch milliseconds as WeChat Pay counts them. */
  correctedNow(): number
  /** The same, but only as long as a verified reply vouches for it; `null` otherwise. */
  confirmedNow(): number | null
  /** Fetches what replies are verified with, so that the first redemption need not wait for it. Never rejects. */
  prepare(): Promise<void>
  close(): Promise<void>
}

const defaultDeadlines: Deadlines = { connectMs: 3000, totalMs: 10_000 }
const defaultMaxReplyBytes = 1_048_576

/** The API v3 client. Throws at once on an origin that is neither https nor loopback. */
export function createWechatpayGateway(options: WechatpayOptions): WechatpayGateway {
  const clock = new SkewedClock(options.clock, options.elapsed ?? (() => performance.now()))
  const deadlines = { ...defaultDeadlines, ...options.deadlines }
  const connections = createConnections({
    connectMs: deadlines.connectMs,
    certificateAuthorities: options.certificateAuthorities ?? null,
  })
  const transport = createTransport({
    origins: options.origins,
    connections,
    maxReplyBytes: options.maxReplyBytes ?? defaultMaxReplyBytes,
    resolveProxy: options.resolveProxy ?? null,
  })
  const channel = createSignedChannel({ ...options, transport, clock })
  const guard = new ReplyGuard(clock, options.verifiedTime ?? null)
  const trust = createTrust({
    channel,
    clock,
    guard,
    fetchDeadlineMs: deadlines.totalMs,
    cache: options.certificateCache ?? null,
  })
  const closing = new AbortController()

  async function call(request: SignableRequest, send: SendOptions): Promise<GatewayReply> {
    const credentials = await options.credentials.current()
    if (!credentials.ok) return { kind: 'unsendable', fault: credentials.error }
    const patience = startPatience(send.signal, deadlines.totalMs)
    try {
      return await callWith(credentials.value, request, patience.signal)
    } finally {
      patience.end()
    }
  }

  async function callWith(
    credentials: Credentials,
    request: SignableRequest,
    signal: AbortSignal,
  ): Promise<GatewayReply> {
    const askFor = trust.preferredSerial(credentials)
    const sent = await channel.send(request, credentials, askFor, signal)
    if (!sent.ok) return unsigned(sent.error)
    if (sent.value.kind === 'failure') return unanswered(sent.value)
    const verification = await trust.verify(sent.value, credentials, signal)
    return answered(sent.value, verification, clock.now())
  }

  /** `facts` returns `null` for a reply that names something else than was asked about. */
  async function query<T, F>(
    request: SignableRequest,
    schema: z.ZodType<T>,
    facts: (value: T) => F | null,
    send: SendOptions,
  ): Promise<Result<F, GatewayReply>> {
    const reply = await call(request, send)
    if (reply.kind !== 'answered' || reply.status !== 200 || !reply.verified) return err(reply)
    const parsed = schema.safeParse(reply.body)
    if (!parsed.success) return err(reply)
    const found = facts(parsed.data)
    return found === null ? err(ofAnother(reply)) : ok(found)
  }

  async function use(body: Uint8Array, send: SendOptions): Promise<GatewayReply> {
    const reply = await call(useCouponRequest(body), send)
    return isOfRequest(body, reply) ? reply : ofAnother(reply)
  }

  return {
    useCoupon: use,
    returnCoupon: (body, send) => call(returnCouponRequest(body), send),
    queryCoupon: (of, send) =>
      query(couponRequest(of), CouponReply, (reply) => factsAbout(of, reply), send),
    queryPrestoredCode: (of, send) =>
      query(
        prestoredCodeRequest(of),
        PrestoredCodeReply,
        (reply) => storedFactsAbout(of, reply),
        send,
      ),
    queryStock: (stockId, send) =>
      query(
        stockRequest(stockId),
        StockReply,
        (reply) => (reply.stock_id === stockId ? stockFacts(reply) : null),
        send,
      ),
    probe: (send) => call(certificatesRequest(), send),
    clockSkew: () => clock.skew(),
    correctedNow: () => clock.now(),
    confirmedNow: () => clock.confirmedNow(),
    async prepare() {
      const credentials = await options.credentials.current()
      if (credentials.ok) await trust.prepare(credentials.value, closing.signal)
    },
    async close() {
      closing.abort()
      guard.close()
      await connections.close()
    },
  }
}

function unsigned(fault: SigningFault): GatewayReply {
  return fault === 'signer-unreachable'
    ? { kind: 'unanswered', fault: 'connection', mayHaveArrived: false }
    : { kind: 'unsendable', fault }
}
