import type { Result } from '../contract/result.ts'
import type { StockView } from '../contract/redemption-view.ts'
import type { WeekHours } from './week-hours.ts'

/** What came back over the wire, or did not. Facts only: `outcome.ts` judges them. */
export type GatewayReply = Answered | Unanswered | Unsendable

export interface Answered {
  readonly kind: 'answered'
  readonly status: number
  /** The signature over the raw reply bytes was verified with a key of WeChat Pay's that this till trusts. */
  readonly verified: boolean
  /** The reply came with a signature at all; errors often come without. Told where `verified` is false. */
  readonly carriesSignature?: boolean
  /** The serial, or the id of the public key, that the signature names. */
  readonly signedWith?: string
  /** Why a signature that came could not be verified. */
  readonly unproven?: Unproven
  /** The reply body parsed as JSON; `null` when it is none. Bounded in size by the client. */
  readonly body: unknown
  /** `Request-ID` header, to quote to WeChat Pay's support. */
  readonly requestId: string | null
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | null
  /** Bytes of an earlier try of this same call may have arrived: an "already used" may mean ourselves. */
  readonly mayHaveArrivedBefore?: boolean
}

/** A signature that this till could not verify: what was seen, and what the till has, for whoever mends the settings. */
export interface Unproven {
  readonly why:
    /** By a key that the till does not have. */
    | 'key-unknown'
    /** The list of platform certificates could not be fetched so far: nothing can be said of the key. */
    | 'no-keys-yet'
    /** Not over these bytes by that key: a probe, a changed reply, or a key under another's id. */
    | 'signature-wrong'
    /** Signed before this request was sent, or before what was verified already. */
    | 'too-old'
    /** It answered another request already. */
    | 'seen-before'
    /** It names another batch or coupon than the request did. */
    | 'of-another'
    /** Longer than this till reads. */
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
  /** Number of the redemption that holds it. */
  readonly useRequestNo: string | null
  /** Number of the return that took effect last; absent when there was none. */
  readonly returnRequestNo?: string | null
  /** Absent where the reply named none. */
  readonly stockId?: string | null
  /** Of its owner, where the query was by code alone and the reply named them. */
  readonly openid?: string | null
}

export interface StockFacts extends StockView {
  readonly couponCodeMode: string | null
  readonly availableFrom: number | null
  readonly availableUntil: number | null
  /** Absent where the batch is not limited to days or hours, or in a way that this till does not know. */
  readonly weekHours?: WeekHours | null
}

export interface SendOptions {
  /** Aborting gives up waiting; it does not undo what was sent. */
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
  /** Cheapest contact there is: any HTTP answer counts as contact. */
  probe(options: SendOptions): Promise<GatewayReply>
}
