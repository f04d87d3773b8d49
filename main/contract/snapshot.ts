import { z } from 'zod'
import { CertificateNotice, Obstacle } from './obstacle.ts'
import { UpdateState } from './updates.ts'
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

/** Why something waits for a person; each has its own question and its own ways out (`redemption/review-case.ts`). */
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

/** A way out of review. `look-up` asks WeChat Pay who holds the coupon; the others are a person's decision. */
export const ReviewAction = z.enum(['look-up', 'send-again', 'return', ...Resolution.options])
export type ReviewAction = z.infer<typeof ReviewAction>

/** WeChat Pay's own words, without the coupon's code or its owner's openid. */
export const Said = z.object({
  status: z.number().int().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** `detail` of the error, in JSON. */
  detail: z.string().nullable(),
  requestId: z.string().nullable(),
})
export type Said = z.infer<typeof Said>

/** What waits for a person, with the ways out that fit. */
export const ReviewEntry = z.object({
  redemption: RedemptionView,
  case: ReviewCase,
  /** The advised one first. */
  actions: z.array(ReviewAction),
  /** The customer got the discount. */
  wasGiven: z.boolean(),
  /** Of it, in fen; `null` where nothing was given or nobody knows how much. */
  givenFen: Fen.nullable(),
  /** An attempt of ours may have arrived without an answer. */
  uncertain: z.boolean(),
  /** The last thing that WeChat Pay said of it. */
  said: Said.nullish(),
})
export type ReviewEntry = z.infer<typeof ReviewEntry>

export const Connection = z.object({
  /** `untried` until the first contact; `blocked` when a settings fault stopped the queue. */
  state: z.enum(['untried', 'online', 'unsteady', 'offline', 'blocked']),
  since: Instant,
  lastContactAt: Instant.nullable(),
  nextProbeAt: Instant.nullable(),
  blockedBy: z.enum(reasons).nullable(),
})
export type Connection = z.infer<typeof Connection>

export const Queue = z.object({
  waiting: z.number().int().nonnegative(),
  oldestAt: Instant.nullable(),
  review: z.number().int().nonnegative(),
  /** What was given away without an answer and is not decided yet. */
  honouredFen: Fen.optional(),
  /** Kept, but sealed under a key that the keychain does not have now. */
  unreadable: z.number().int().nonnegative(),
  paused: z.boolean(),
  /** A long drain under way: how many are done of how many. */
  progress: z
    .object({ done: z.number().int().nonnegative(), total: z.number().int().positive() })
    .nullish(),
})
export type Queue = z.infer<typeof Queue>

/** One word for the line and the queue together, from bad to good: of all that is true at once, the first is shown. */
export const badgeStates = [
  /** The settings stopped the queue: nobody but the manager can help. */
  'blocked',
  /** Entries that no key here opens. */
  'unreadable',
  /** A person has to decide. */
  'review',
  'offline',
  'unsteady',
  'paused',
  'waiting',
  /** Not tried yet: nothing is known, which is not "good". */
  'untried',
  'good',
] as const
export const BadgeState = z.enum(badgeStates)
export type BadgeState = z.infer<typeof BadgeState>

/** What the domain shows of itself. */
export const TillState = z.object({
  connection: Connection,
  queue: Queue,
  badge: BadgeState,
  recent: z.array(RedemptionView),
  counter: CounterView,
  /** Rows of the audit trail: grows with whatever happens to a redemption. A screen that shows records reads them anew. */
  recordsRevision: z.number().int().nonnegative(),
})
export type TillState = z.infer<typeof TillState>

/** Everything the renderer mirrors. Main is the only writer; each change sends the whole. */
export const AppSnapshot = TillState.extend(Preferences.shape).extend({
  /** Grows with every change: a late answer never overwrites a newer snapshot. */
  revision: z.number().int().nonnegative(),
  mode: z.enum(['training', 'live']),
  /** `memory`: this desktop has no keychain and training keeps its practice keys in memory. */
  keyStorage: z.enum(['keychain', 'memory']),
  scannerState: AttachedState,
  backup: BackupState,
  updates: UpdateState,
  runtime: z.object({
    version: z.string(),
    electron: z.string(),
    development: z.boolean(),
    /** The keys that bring the till to the front from any program, e.g. `Ctrl+Alt+H`; `null` when all were taken. */
    shortcut: z.string().nullable(),
  }),
  /** `broken`: somebody else wrote to the audit trail. `unchecked` until the check is through. */
  audit: z.enum(['unchecked', 'intact', 'broken']),
  /** How far this computer's clock is from WeChat Pay's, as replies have shown; `null` behind an obstacle. */
  clock: z
    .object({
      /** Add to this computer's clock to get WeChat Pay's, in milliseconds. */
      offsetMs: z.number().int(),
      level: z.enum(['small', 'shown', 'explained']),
    })
    .nullable(),
  /** The till's file was damaged when it was opened, and what could be read went into a new one. */
  rescue: z
    .object({
      keptAs: z.string(),
      saved: z.number().int().nonnegative(),
      savedPending: z.number().int().nonnegative(),
      /** `null`: the newest commits are missing, and nothing tells how many. */
      lost: z.number().int().nonnegative().nullable(),
    })
    .nullable(),
  session: Session,
  shift: ShiftState,
  training: z.object({ network: z.enum(['up', 'cut']) }).nullable(),
  /** Shown in place of the till. */
  obstacle: Obstacle.nullable(),
  /** Of live mode. */
  certificate: CertificateNotice.nullable(),
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

/** A training coupon to type or to scan from the screen. */
export const SampleCoupon = z.object({
  kind: z.enum(sampleKinds),
  code: z.string().min(1).max(32),
  stock: StockView.nullable(),
})
export type SampleCoupon = z.infer<typeof SampleCoupon>
