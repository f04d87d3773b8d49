import type { CodeRules } from './coupon-code.ts'
import type { GatewayReply, RedemptionGateway } from './gateway.ts'
import type { OfflinePolicy } from './offline-policy.ts'
import type { Outcome } from './outcome.ts'
import type { Clocks, Random, Scheduler, TillStore } from './ports.ts'
import type { ShopLock } from './shop-lock.ts'
import { type Caps, defaultCaps } from './settle.ts'

/** What a till is made of: handed in, so that the domain knows no clock, disk or network of its own. */
export interface TillParts {
  readonly identity: TillIdentity
  readonly gateway: RedemptionGateway
  /** Judges the reply to `coupons/use`; see `judge-reply.ts`. */
  readonly judgeReply: (reply: GatewayReply) => Outcome
  readonly store: TillStore
  /** The lock of the shop's tills; `null` for a till alone. */
  readonly shopLock?: ShopLock | null
  readonly clocks: Clocks
  readonly random: Random
  readonly scheduler: Scheduler
  readonly rules: TillRules
  readonly limits: TillLimits
  /** Whether the counter's screen is in front, so that a cashier can see what it says. */
  readonly isCounterInFront: () => boolean
  /** Called with what background work threw, such as when the disk is full. The work is tried again by itself. */
  readonly onFault: (cause: unknown) => void
}

/** In whose name requests are sent. */
export interface TillIdentity {
  /** First part of every request number: 1–8 letters, digits or `_`. */
  readonly tillId: string
  readonly appid: string
}

/** So much off from a threshold, in fen. */
export interface StockTerms {
  readonly discountFen: number
  readonly thresholdFen: number
}

/** What the shop decides in its settings. */
export interface TillRules {
  readonly codeRules: CodeRules
  readonly offlinePolicy: OfflinePolicy
  /** The batch, in a shop that has only one; `null` when a code may belong to several. */
  readonly onlyStockId: string | null
  /** What batches are worth that WeChat Pay has not described yet, by `stockId`. */
  readonly stockTerms: Readonly<Record<string, StockTerms>>
}

export interface TillLimits {
  /** How long a cashier waits for a reply before the till says "saved, will be settled", in milliseconds. */
  readonly patienceMs: number
  /** How long a coupon without a reply is held for its customer, in milliseconds. */
  readonly holdMs: number
  readonly caps: Caps
  /** Most requests that the outbox sends in one second. */
  readonly perSecond: number
}

export const defaultLimits: TillLimits = {
  patienceMs: 5000,
  holdMs: 600_000,
  caps: defaultCaps,
  perSecond: 50,
}
