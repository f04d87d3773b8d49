import { z } from 'zod'
import { ChainView } from './chain.ts'
import { DiscountCopyView } from './copy-discount.ts'
import { CertificateNotice, Obstacle } from './obstacle.ts'
import { UpdateProgress, UpdateState } from './updates.ts'
import { BackupState } from './upkeep.ts'
import { CounterView } from './counter.ts'
import { reasons } from './reason.ts'
import { RedemptionView, Resolution, StockView } from './redemption-view.ts'
import { AttachedState } from './attached-scanner.ts'
import { Preferences } from './preferences.ts'
import { ShiftState } from './shift.ts'
import { Session } from './staff.ts'

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
/** Money in fen (0.01 CNY). */
const Fen = z.number().int().nonnegative()

/** Why a redemption waits for a person; each case has its own question and actions (`redemption/review-case.ts`). */
export const ReviewCase = z.enum([
  'no-result',
  'no-result-given',
  'perhaps-ours',
  'perhaps-redeemed',
  'perhaps-ours-given',
  'refused-given',
  'return-open',
  'return-refused',
])
export type ReviewCase = z.infer<typeof ReviewCase>

/** How a review can be ended. `look-up` queries the coupon at WeChat Pay; the other actions are a person's decision. */
export const ReviewAction = z.enum(['look-up', 'send-again', 'return', ...Resolution.options])
export type ReviewAction = z.infer<typeof ReviewAction>

/** WeChat Pay's reply in its own words, without the coupon's code and the customer's openid. */
export const ApiReply = z.object({
  status: z.number().int().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** The field `detail` of the error, as JSON. */
  detail: z.string().nullable(),
  requestId: z.string().nullable(),
})
export type ApiReply = z.infer<typeof ApiReply>

/** A redemption that waits for a person, with the actions that fit it. */
export const ReviewEntry = z.object({
  redemption: RedemptionView,
  case: ReviewCase,
  /** The recommended one first. */
  actions: z.array(ReviewAction),
  /** The customer got the discount. */
  wasGiven: z.boolean(),
  /** The discount that the customer got; `null` where they got none, or its sum is not known. */
  givenFen: Fen.nullable(),
  /** An attempt without a reply may have reached WeChat Pay. */
  uncertain: z.boolean(),
  /** WeChat Pay's last reply about it. */
  said: ApiReply.nullish(),
})
export type ReviewEntry = z.infer<typeof ReviewEntry>

export const Connection = z.object({
  /**
   * `untried` until the first contact of all, `unchecked` until the first since the till was opened; `blocked` when a settings
   * fault stopped the queue.
   */
  state: z.enum(['untried', 'unchecked', 'online', 'unsteady', 'offline', 'blocked']),
  since: Instant,
  lastContactAt: Instant.nullable(),
  /** When a request last went without a reply since the start. */
  lastSilenceAt: Instant.nullable(),
  nextProbeAt: Instant.nullable(),
  blockedBy: z.enum(reasons).nullable(),
})
export type Connection = z.infer<typeof Connection>

export const Queue = z.object({
  waiting: z.number().int().nonnegative(),
  oldestAt: Instant.nullable(),
  review: z.number().int().nonnegative(),
  /** Of those that wait or are in review, what the next shift takes over; the others go back to their customers by themselves. */
  toHandOn: z.number().int().nonnegative(),
  /** The sum of the discounts that were given without a reply and are not decided yet. */
  honouredFen: Fen.optional(),
  /** How many cannot be read, because the keychain does not have their key now; they stay in the file. */
  unreadable: z.number().int().nonnegative(),
  paused: z.boolean(),
  /** How many of a long queue have been sent since it began to be sent. */
  progress: z
    .object({ done: z.number().int().nonnegative(), total: z.number().int().positive() })
    .nullish(),
})
export type Queue = z.infer<typeof Queue>

const Count = z.number().int().nonnegative()

/**
 * What became of coupons that waited for a reply while nobody looked at them, until a person has read it: as far as it
 * still holds, and once none waits any more. What a waiting customer has to be told comes at once.
 */
export const SettledLater = z.object({
  /** When the oldest of them was scanned. */
  since: Instant,
  /** Redeemed, and the customer had or has the discount. */
  redeemed: Count,
  /** Redeemed, and the customer got no discount: to be given or returned. */
  notGiven: Count,
  /** Redeemed, and returned because the customer kept the coupon. */
  returned: Count,
  /** Refused, and the customer had kept the coupon and left. */
  refused: Count,
  /** Refused while the coupon was held for its customer, who may still wait: last characters of the codes, oldest first. */
  refusedHeld: z.array(z.string()),
  /** In review, and the discount was given: refused, or without a result. */
  refusedGiven: Count,
  /** In review, and no discount was given. */
  review: Count,
})
export type SettledLater = z.infer<typeof SettledLater>

/** The state of connection and queue in one word, from bad to good; of several that apply, the first is shown. */
export const badgeStates = [
  /** A fault in the settings stopped the queue, which only the manager can repair. */
  'blocked',
  /** Some entries cannot be read with this till's key. */
  'unreadable',
  /** A person has to decide. */
  'review',
  'offline',
  'unsteady',
  'paused',
  'waiting',
  /** WeChat Pay was not contacted yet, so nothing is known. */
  'untried',
  /** It was, but not since the till was opened. */
  'unchecked',
  'good',
] as const
export const BadgeState = z.enum(badgeStates)
export type BadgeState = z.infer<typeof BadgeState>

/** What main/redemption shows to the page. */
export const TillState = z.object({
  connection: Connection,
  queue: Queue,
  badge: BadgeState,
  settledLater: SettledLater.nullable(),
  recent: z.array(RedemptionView),
  counter: CounterView,
  /**
   * The number of audit rows, which grows with every change of a redemption; a screen with records then reads them
   * again.
   */
  recordsRevision: z.number().int().nonnegative(),
})
export type TillState = z.infer<typeof TillState>

/** The state that the page shows. Only the main process changes it, and sends all of it after each change. */
export const AppSnapshot = TillState.extend(Preferences.shape).extend({
  /** Grows with every change, so that the page ignores a snapshot that arrives late. */
  revision: z.number().int().nonnegative(),
  mode: z.enum(['training', 'live']),
  /** `memory`: the system has no keychain, so that training keeps its keys in memory. */
  keyStorage: z.enum(['keychain', 'memory']),
  scannerState: AttachedState,
  backup: BackupState,
  updates: UpdateState,
  updateProgress: UpdateProgress,
  runtime: z.object({
    version: z.string(),
    electron: z.string(),
    development: z.boolean(),
    /** This is the practice window beside a live till. */
    practice: z.boolean(),
    /**
     * The keys that bring the till to the front from any program, e.g. `Ctrl+Alt+H`; `null` when none was available.
     */
    shortcut: z.string().nullable(),
  }),
  /** `broken`: something other than the till changed the audit trail. `unchecked` until the check has ended. */
  audit: z.enum(['unchecked', 'intact', 'broken']),
  /** How much this computer's clock differs from WeChat Pay's; `null` while the till is not open. */
  clock: z
    .object({
      /** Milliseconds to add to this computer's clock to get WeChat Pay's. */
      offsetMs: z.number().int(),
      level: z.enum(['small', 'shown', 'explained']),
    })
    .nullable(),
  /** What was saved when the till's file was found damaged; `null` when it was undamaged. */
  rescue: z
    .object({
      keptAs: z.string(),
      saved: z.number().int().nonnegative(),
      savedPending: z.number().int().nonnegative(),
      /** How many redemptions were lost; `null` when the newest are missing and their number is not known. */
      lost: z.number().int().nonnegative().nullable(),
    })
    .nullable(),
  session: Session,
  shift: ShiftState,
  /** What of the counter goes into the clipboard; `null` for nothing. */
  discountCopy: DiscountCopyView.nullable(),
  training: z.object({ network: z.enum(['up', 'cut']) }).nullable(),
  /** Why the till is not open; `null` when it is. */
  obstacle: Obstacle.nullable(),
  /** `null` in training. */
  certificate: CertificateNotice.nullable(),
  /** The servers, other than WeChat Pay's own, that a live till sends coupons to: a chain's gateway, say. */
  foreignHosts: z.array(z.string()),
  /** How this till stands with the others of its shop; `null` on a till alone, and while none is open. */
  chain: ChainView.nullable(),
  /** How long a coupon's code can be here, so that one that was typed incompletely is noticed. Shortest first. */
  codeLengths: z.array(z.number().int().positive()),
})
export type AppSnapshot = z.infer<typeof AppSnapshot>

export const sampleKinds = [
  'valid',
  'used',
  'expired',
  'not-yet-valid',
  'unknown',
  'other-merchant',
  'slow-network',
  'no-network',
] as const

/** A coupon for training, to be typed or scanned from the screen. */
export const SampleCoupon = z.object({
  kind: z.enum(sampleKinds),
  code: z.string().min(1).max(32),
  stock: StockView.nullable(),
  /** It was redeemed while practising, and is not what its kind says any more. */
  isSpent: z.boolean(),
})
export type SampleCoupon = z.infer<typeof SampleCoupon>
