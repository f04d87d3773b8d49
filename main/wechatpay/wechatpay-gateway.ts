import { performance } from 'node:perf_hooks'
import type { z } from 'zod'
import { type Result, err, ok } from '../contract/result.ts'
import type { GatewayReply, RedemptionGateway, SendOptions } from '../redemption/gateway.ts'
import { type ClockSkew, SkewedClock } from './clock-skew.ts'
import type { CredentialSource, Credentials } from './credentials.ts'
import {
  certificatesRequest,
  couponRequest,
  prestoredCodeRequest,
  returnCouponRequest,
  stockRequest,
  useCouponRequest,
} from './endpoints.ts'
import { unanswered } from './failure.ts'
import { couponFacts, prestoredFacts, stockFacts } from './facts.ts'
import { answered } from './reply.ts'
import { CouponReply, PrestoredCodeReply, StockReply } from './reply-schemas.ts'
import type { SignableRequest } from './request-signature.ts'
import { createSignedChannel } from './signed-channel.ts'
import { type Deadlines, createTransport } from './transport.ts'
import { createTrust } from './trust.ts'

export interface WechatpayOptions {
  /** Primary first, then backups: `https://host[:port]`; plain `http:` on loopback alone. */
  readonly origins: readonly string[]
  readonly credentials: CredentialSource
  /** Epoch milliseconds of this machine; the client corrects it by what replies say. */
  readonly clock: () => number
  /** A fresh nonce for each request: 32 letters and digits. */
  readonly nonce: () => string
  readonly userAgent: string
  readonly deadlines?: Partial<Deadlines>
  readonly maxReplyBytes?: number
}

export interface WechatpayGateway extends RedemptionGateway {
  /** How far this machine's clock is off, as far as replies have shown. */
  clockSkew(): ClockSkew
  /** Epoch milliseconds as WeChat Pay counts them. */
  correctedNow(): number
  close(): Promise<void>
}

const defaultDeadlines: Deadlines = { connectMs: 3000, totalMs: 10_000 }
const defaultMaxReplyBytes = 1_048_576

/** The API v3 client. Throws at once on an origin that is neither https nor loopback. */
export function createWechatpayGateway(options: WechatpayOptions): WechatpayGateway {
  const clock = new SkewedClock(options.clock)
  const deadlines = { ...defaultDeadlines, ...options.deadlines }
  const transport = createTransport({
    origins: options.origins,
    deadlines,
    maxReplyBytes: options.maxReplyBytes ?? defaultMaxReplyBytes,
  })
  const channel = createSignedChannel({ ...options, transport, clock })
  const trust = createTrust({ channel, clock, fetchDeadlineMs: deadlines.totalMs })

  async function call(request: SignableRequest, send: SendOptions): Promise<GatewayReply> {
    const credentials = await options.credentials.current()
    if (!credentials.ok) return { kind: 'unsendable', fault: credentials.error }
    return callWith(credentials.value, request, send)
  }

  async function callWith(
    credentials: Credentials,
    request: SignableRequest,
    { signal }: SendOptions,
  ): Promise<GatewayReply> {
    const limits = { signal, deadlineAt: performance.now() + deadlines.totalMs }
    const askFor = trust.preferredSerial(credentials)
    const sent = await channel.send(request, credentials, askFor, limits)
    if (!sent.ok) return { kind: 'unsendable', fault: sent.error }
    if (sent.value.kind === 'failure') return unanswered(sent.value)
    const verified = await trust.verifies(sent.value, credentials, limits)
    return answered(sent.value, verified, clock.now())
  }

  async function query<T, F>(
    request: SignableRequest,
    schema: z.ZodType<T>,
    facts: (value: T) => F,
    send: SendOptions,
  ): Promise<Result<F, GatewayReply>> {
    const reply = await call(request, send)
    if (reply.kind !== 'answered' || reply.status !== 200 || !reply.verified) return err(reply)
    const parsed = schema.safeParse(reply.body)
    return parsed.success ? ok(facts(parsed.data)) : err(reply)
  }

  return {
    useCoupon: (body, send) => call(useCouponRequest(body), send),
    returnCoupon: (body, send) => call(returnCouponRequest(body), send),
    queryCoupon: (of, send) => query(couponRequest(of), CouponReply, couponFacts, send),
    queryPrestoredCode: (of, send) =>
      query(prestoredCodeRequest(of), PrestoredCodeReply, prestoredFacts, send),
    queryStock: (stockId, send) => query(stockRequest(stockId), StockReply, stockFacts, send),
    probe: (send) => call(certificatesRequest(), send),
    clockSkew: () => clock.skew(),
    correctedNow: () => clock.now(),
    close: () => transport.close(),
  }
}
