import type { Result } from '../contract/result.ts'
import type { StockView } from '../contract/redemption-view.ts'
import type { WeekHours } from './week-hours.ts'

/** A reply, or why there is none. Facts only: `judge-reply.ts` decides what they mean. */
export type GatewayReply = Answered | Unanswered | Unsendable

export interface Answered {
  readonly kind: 'answered'
  readonly status: number
  /** The signature over the raw reply bytes was verified with a key of WeChat Pay that this till trusts. */
  readonly verified: boolean
  /** The reply came with a signature; errors often come without one. Matters where `verified` is false. */
  readonly carriesSignature: boolean
  /** The serial, or the id of the public key, that the signature names; `null` without one. */
  readonly signedWith: string | null
  /** Why a signature that came could not be verified; `null` where it was, or none came. */
  readonly unproven: Unproven | null
  /** The reply body parsed as JSON; `null` when it is none. Bounded in size by the client. */
  readonly body: unknown
  /** `Request-ID` header, to quote to WeChat Pay's support. */
  readonly requestId: string | null
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | null
  /** An earlier try of this same call may have arrived, so that "already used" may be about that try. */
  readonly mayHaveArrivedBefore: boolean
}

/** A signature that could not be verified: what it names, and which keys the till has. Shown to the person who mends the settings. */
export interface Unproven {
  readonly why:
    /** Made with a key that the till does not have. */
    | 'key-unknown'
    /** The list of platform certificates was not fetched yet, so that the key cannot be judged. */
    | 'no-keys-yet'
    /** Not made with that key over these bytes: a probe, a changed reply, or a wrong key under this id. */
    | 'signature-wrong'
    /** Signed before this request was sent, or before what was verified already. */
    | 'too-old'
    /** It came with the reply to another request before. */
    | 'seen-before'
    /** It names another batch or coupon than the request did. */
    | 'of-another'
    /** The reply is longer than this till reads. */
    | 'not-read'
  /** The serial of the certificate, or the id of the public key, that it names. */
  readonly signedWith: string
  /** The serials and ids that the till has. */
  readonly tillHas: readonly string[]
}

export interface Unanswered {
  readonly kind: 'unanswered'
  readonly fault: 'timeout' | 'connection' | 'name' | 'tls' | 'proxy' | 'aborted'
  /** False only when no byte of the request can have reached the server. */
  readonly mayHaveArrived: boolean
}

export interface Unsendable {
  readonly kind: 'unsendable'
  readonly fault:
    | 'credentials-missing'
    | 'keychain-unavailable'
    | 'keychain-locked'
    | 'signing-failed'
}

/** A coupon as WeChat Pay's query describes it. `state` stays open: values are added upstream. */
export interface CouponFacts {
  readonly state: string
  /** Number of the redemption that holds it; `null` where the reply named none. */
  readonly useRequestNo: string | null
  /** Number of the return that took effect last; `null` where there was none. */
  readonly returnRequestNo: string | null
  /** `null` where the reply named none. */
  readonly stockId: string | null
  /** The owner's, where the query was by code alone and the reply named them; `null` otherwise. */
  readonly openid: string | null
}

export interface StockFacts extends StockView {
  readonly couponCodeMode: string | null
  readonly availableFrom: number | null
  readonly availableUntil: number | null
  /** `null` where the batch is not limited to days or hours, or in a way that this till does not know. */
  readonly weekHours: WeekHours | null
}

export interface SendOptions {
  /** Aborting ends the waiting. It does not undo what was sent. */
  readonly signal: AbortSignal
}

/** WeChat Pay as the domain needs it. Never rejects for anything the network or the server can do. */
export interface RedemptionGateway {
  /** `coupons/use` with exactly these bytes, signed now. */
  useCoupon(body: Uint8Array, options: SendOptions): Promise<GatewayReply>
  /** `coupons/return` with exactly these bytes, signed now. */
  returnCoupon(body: Uint8Array, options: SendOptions): Promise<GatewayReply>
  queryCoupon(
    of: { openid: string; couponCode: string; appid: string },
    options: SendOptions,
  ): Promise<Result<CouponFacts, GatewayReply>>
  queryPrestoredCode(
    of: { stockId: string; couponCode: string; appid: string },
    options: SendOptions,
  ): Promise<Result<CouponFacts, GatewayReply>>
  queryStock(stockId: string, options: SendOptions): Promise<Result<StockFacts, GatewayReply>>
  /** Sends a harmless request: any HTTP reply shows that the line is up. */
  probe(options: SendOptions): Promise<GatewayReply>
}
