/*
 * wechatpay/ is the client of WeChat Pay's API v3: it signs requests, sends them, verifies replies and translates them
 * into the domain's facts (redemption/gateway.ts). What a fact means for a coupon is not decided here. Nothing here
 * knows a till, a keychain, a database or Electron.
 */

import type { z } from 'zod'
import { type Result, err, ok } from '../contract/result.ts'
import type { GatewayReply, RedemptionGateway, SendOptions } from '../redemption/gateway.ts'
import type { Authorities } from './authorities.ts'
import type { CertificateCache } from './certificate-cache.ts'
import { type ClockSkew, CorrectedClock } from './clock-skew.ts'
import type { CredentialSource, Credentials, SigningFault } from './credentials.ts'
import {
  certificatesRequest,
  couponRequest,
  prestoredCodeRequest,
  returnCouponRequest,
  stockRequest,
  useCouponRequest,
} from './endpoints.ts'
import type { Connections } from './connections.ts'
import { toUnanswered } from './unanswered.ts'
import { stockFacts } from './facts.ts'
import { startDeadline } from './deadline.ts'
import { ReplyGuard, type VerifiedTimeMemory } from './reply-guard.ts'
import { toAnswered } from './reply.ts'
import { factsAbout, isOfRequest, ofAnother, storedFactsAbout } from './reply-fits.ts'
import { CouponReply, PrestoredCodeReply, StockReply } from './reply-schemas.ts'
import type { SignableRequest } from './request-signature.ts'
import { createSignedChannel } from './signed-channel.ts'
import { type ResolveProxy, createTransport } from './transport.ts'
import { createReplyVerifier } from './reply-verifier.ts'

export interface WechatpayOptions {
  /** Primary first, then backups: `https://host[:port]`; plain `http:` on loopback alone. */
  readonly origins: readonly string[]
  readonly credentials: CredentialSource
  /** This computer's clock, epoch milliseconds; the client corrects it by the `Date` of replies. */
  readonly clock: () => number
  /** Monotonic milliseconds; `performance.now` by default. */
  readonly elapsed?: () => number
  /** Returns a new nonce for each request: 32 letters and digits. */
  readonly nonce: () => string
  readonly userAgent: string
  readonly deadlines?: Partial<Deadlines>
  readonly maxReplyBytes?: number
  /** Where the list of platform certificates is kept across restarts; `null`: nowhere. */
  readonly certificateCache: CertificateCache | null
  /** Called before every request, for the proxy to use; `null`: every host is reached directly. */
  readonly resolveProxy: ResolveProxy | null
  /** Where the highest verified time is kept across restarts; `null`: nowhere. */
  readonly verifiedTime: VerifiedTimeMemory | null
  /** Who may vouch for a server: by name, or their certificates (PEM), for a chain with a gateway of its own. */
  readonly certificateAuthorities: Authorities | readonly string[]
  /** Told of every reply, and of every call that got none. */
  readonly onReply?: (reply: GatewayReply) => void
}

export interface Deadlines {
  /** For opening one connection. */
  readonly connectMs: number
  /** For a whole call: connecting, every attempt, reading the reply. The caller's signal may end it sooner. */
  readonly totalMs: number
}

export interface WechatpayGateway extends RedemptionGateway {
  /** How far this computer's clock is off, as far as replies have shown. */
  clockSkew(): ClockSkew
  /** WeChat Pay's time in epoch milliseconds, as far as replies have shown it. */
  correctedNow(): number
  /** The same while a verified reply confirms it; `null` otherwise. */
  confirmedNow(): number | null
  /** Fetches platform certificates, so that the first redemption need not wait for them. Never rejects. */
  prepare(): Promise<void>
  /** A request is about to come: has a connection ready for it, and sends nothing. */
  expectRequest(): void
  /** Closes all connections; calls under way end without a reply. */
  close(): Promise<void>
}

const defaultDeadlines: Deadlines = { connectMs: 3000, totalMs: 10_000 }
const defaultMaxReplyBytes = 1_048_576

/** Creates the API v3 client. Throws on an origin that is neither https nor loopback. */
export function createWechatpayGateway(options: WechatpayOptions): WechatpayGateway {
  const clock = new CorrectedClock(options.clock, options.elapsed ?? (() => performance.now()))
  const deadlines = { ...defaultDeadlines, ...options.deadlines }
  let opened: Promise<Connections> | null = null
  /** The HTTP client is most of the engine's code: it is loaded when a request is about to come, and not before the window shows. */
  function connections(): Promise<Connections> {
    opened ??= import('./connections.ts').then(({ createConnections }) =>
      createConnections({
        connectMs: deadlines.connectMs,
        certificateAuthorities: options.certificateAuthorities,
      }),
    )
    return opened
  }
  const transport = createTransport({
    origins: options.origins,
    connections,
    maxReplyBytes: options.maxReplyBytes ?? defaultMaxReplyBytes,
    resolveProxy: options.resolveProxy,
  })
  const channel = createSignedChannel({ ...options, transport, clock })
  const guard = new ReplyGuard(clock, options.verifiedTime)
  const verifier = createReplyVerifier({
    channel,
    clock,
    guard,
    fetchDeadlineMs: deadlines.totalMs,
    cache: options.certificateCache,
  })
  const closing = new AbortController()

  async function call(request: SignableRequest, send: SendOptions): Promise<GatewayReply> {
    const credentials = await options.credentials.current()
    if (!credentials.ok) return { kind: 'unsendable', fault: credentials.error.code }
    const deadline = startDeadline(send.signal, deadlines.totalMs)
    try {
      const reply = await callWith(credentials.value, request, deadline.signal)
      options.onReply?.(reply)
      return reply
    } finally {
      deadline.end()
    }
  }

  async function callWith(
    credentials: Credentials,
    request: SignableRequest,
    signal: AbortSignal,
  ): Promise<GatewayReply> {
    const askFor = verifier.preferredSerial(credentials)
    const sent = await channel.send(request, credentials, askFor, signal)
    if (!sent.ok) return toUnsent(sent.error)
    if (sent.value.kind === 'fault') return toUnanswered(sent.value)
    const verification = await verifier.verify(sent.value, credentials, signal)
    return toAnswered(sent.value, verification, clock.now())
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
      if (credentials.ok) await verifier.prepare(credentials.value, closing.signal)
    },
    expectRequest: () => void transport.prepare(),
    async close() {
      closing.abort()
      guard.close()
      await (await opened)?.close()
    },
  }
}

/** Translates a request that could not be signed, and so was not sent, for the domain. */
function toUnsent({ code }: SigningFault): GatewayReply {
  return code === 'signer-unreachable'
    ? { kind: 'unanswered', fault: 'connection', mayHaveArrived: false }
    : { kind: 'unsendable', fault: code }
}
