import type { CodeRules } from './coupon-code.ts'
import type { GatewayReply, RedemptionGateway } from './gateway.ts'
import type { OfflinePolicy } from './offline-policy.ts'
import type { Outcome } from './outcome.ts'
import type { Clock, Random, Scheduler, TillStore } from './ports.ts'
import type { Caps } from './settle.ts'

/** What a till is made of: handed in, so that the domain knows no clock, disk or network of its own. */
export interface TillParts {
  readonly gateway: RedemptionGateway
  readonly judgeReply: (reply: GatewayReply) => Outcome
  readonly store: TillStore
  readonly clock: Clock
  readonly random: Random
  readonly scheduler: Scheduler
  readonly tillId: string
  readonly appid: string
  readonly codeRules: CodeRules
  /** How long a cashier waits for an answer before "saved, will be settled", in milliseconds. */
  readonly patienceMs: number
  /** Absent: everything is recorded and nothing honoured. */
  readonly offlinePolicy?: OfflinePolicy
  /** The one batch of a shop that has one; `null` when codes may be of several. */
  readonly onlyStockId?: string | null
  /** The time as WeChat Pay has confirmed it; `null` while it has not. Coupons are refused by their dates under it alone. */
  readonly confirmedClock?: () => number | null
  /** WeChat Pay's time as far as replies have told it, confirmed or not; the PC's when absent. */
  readonly correctedClock?: Clock
  /** The PC's own clock, and milliseconds that pass whoever sets it; the clock itself when absent. */
  readonly pcClock?: Clock
  readonly elapsed?: Clock
  /** How long an unanswered coupon is held for its customer, in milliseconds; ten minutes when absent. */
  readonly holdMs?: number
  readonly caps?: Caps
  /** Requests a second that the outbox sends at most; 50 when absent. */
  readonly perSecond?: number
  /** What background work threw, the store's full disk above all. The work is tried again by itself. */
  readonly onFault: (cause: unknown) => void
}
