import { z } from 'zod'
import { reasons } from './reason.ts'
import {
  OfflineDecision,
  Payable,
  RedemptionView,
  ScanSource,
  StockView,
} from './redemption-view.ts'

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
/** Money in fen (0.01 CNY). */
const Fen = z.number().int().nonnegative()

/**
 * What the cashier is to do about the discount. The words, icons and sounds of a verdict all follow from it, so that no
 * screen can show two different ones at once.
 */
export const instructions = [
  /** Deduct it now. Each redemption shows this only once. */
  'give',
  /** Nothing is known yet: the customer waits, keeps the coupon, or a supervisor honours it. */
  'not-yet',
  'do-not-give',
  /** It was given earlier in this same presentation, and nothing that became known later changes that. */
  'already-given',
] as const
export const Instruction = z.enum(instructions)
export type Instruction = z.infer<typeof Instruction>

/** What the cashier can do now, each with one key. */
export const choices = [
  /** Serve the next customer. The coupon stays held, and a sound is played when its result is known. */
  'wait',
  /** The customer keeps the coupon: its redemption is cancelled, or returned if it turns out to be redeemed. */
  'keep',
  /** A supervisor gives the discount without a reply from WeChat Pay. */
  'honour',
  /** Give the discount now for a coupon that was redeemed without it. */
  'give',
  /** Return a redeemed coupon whose discount was not given. */
  'return',
  'choose-stock',
] as const
export const Choice = z.enum(choices)
export type Choice = z.infer<typeof Choice>

/** When a cashier was told to give the discount, and who it was. */
export const GivenView = z.object({
  at: Instant,
  by: z.string().nullable(),
  /** The discount; `null` where the till could not know it. */
  fen: Fen.nullable(),
})
export type GivenView = z.infer<typeof GivenView>

/** Why no code could be read from a scan (see renderer/scanner). Words: `scanner.json`. */
export const misreads = [
  'too-short',
  'too-long',
  'broken-off',
  'lost-key',
  'repeated-key',
  'mixed-with-typing',
  'modifier-held',
  'input-method',
  'layout-unclear',
  'unreadable-key',
  'prefix-missing',
  'suffix-missing',
  'no-terminator',
  'merged',
  'unsteady',
  'case-unclear',
  'remote-keys',
  'function-key',
  'two-sources',
  'all-at-once',
  'too-slow',
  'other-terminator',
] as const
export const Misread = z.enum(misreads)
export type Misread = z.infer<typeof Misread>

/**
 * The end of a batch's dates that a coupon lies beyond. It is said only where the till knows those dates: a coupon may be
 * refused by another of its rules.
 */
export const OutsideDates = z.object({
  /** `from`: it is not valid before `at`. `until`: it was not valid after `at`. */
  end: z.enum(['from', 'until']),
  at: Instant,
})
export type OutsideDates = z.infer<typeof OutsideDates>

/** How a coupon without a reply stands among the tills of the shop. */
export const ShopView = z.object({
  /**
   * `asking`: the shop's server has not answered yet. `held`: no other till of this shop has it. `unchecked`: the server did not
   * answer. `elsewhere`: another till has it.
   */
  kind: z.enum(['asking', 'held', 'unchecked', 'elsewhere']),
  /** The till that has it, and since when by its clock; `null` unless another till does. */
  tillId: z.string().nullable(),
  at: Instant.nullable(),
})
export type ShopView = z.infer<typeof ShopView>

/**
 * The result of a presentation. It is `green` only after WeChat Pay's verified reply 200, `red` after a refusal or for
 * something that is no coupon, and `amber` otherwise.
 */
export const Verdict = z.object({
  tone: z.enum(['green', 'amber', 'red']),
  reason: z.enum(reasons),
  instruction: Instruction,
  redemption: RedemptionView.nullable(),
  /** What to deduct; `null` where the cashier has to read it on the customer's phone, or where nothing is given. */
  deductFen: Fen.nullable(),
  /** What the customer pays; `null` unless the order's total is known and the discount can be computed from it. */
  payable: Payable.nullable(),
  /** How much the order's total is below the batch's threshold; `null` where it is not. */
  shortFen: Fen.nullable(),
  /** The earlier discount because of which the coupon gets none now; `null` where there was none. */
  given: GivenView.nullable(),
  /** The date because of which the coupon cannot be used now; `null` where that is not the reason, or not known to be. */
  outside: OutsideDates.nullable().default(null),
  /** The decision of the offline policy; `null` where it was not needed. */
  offline: OfflineDecision.nullable(),
  /** `null` for a till alone, and where WeChat Pay has replied. */
  shop: ShopView.nullable().default(null),
  /** The batches to choose from; empty where there is no choice. */
  stocks: z.array(StockView),
  /** Why a scan was misread; `null` where it was not. */
  misread: Misread.nullable(),
  /** The verdict is right but could not be recorded, because the disk is full or the file cannot be written. */
  isUnrecorded: z.boolean(),
  choices: z.array(Choice),
  at: Instant,
})
export type Verdict = z.infer<typeof Verdict>

/** One presentation of a coupon, or of something that is no coupon. */
export const PresentationView = z.object({
  presentationNo: z.string(),
  /** When it was scanned. */
  at: Instant,
  /** The last characters of the code; empty for what is no coupon. */
  codeTail: z.string().max(4),
  source: ScanSource,
  orderNo: z.string(),
  /** Who scanned it; `null` when nobody was signed in. */
  cashier: z.string().nullable(),
  /** How often its code was read: what is read again within seconds is the same scan. */
  reads: z.number().int().positive(),
  /** `null` while the till waits for the reply. */
  verdict: Verdict.nullable(),
  /** No longer new: the page shows it in short, as "last one: 6325, 2 min ago". */
  isAged: z.boolean(),
})
export type PresentationView = z.infer<typeof PresentationView>

/** One customer's order, as far as the till knows it. */
export const OrderView = z.object({
  orderNo: z.string(),
  /** As the cashier typed it; `null` while nobody has. */
  totalFen: Fen.nullable(),
  /** The sum of the discounts given in it. */
  deductedFen: Fen,
  /** How many coupons were presented in it. */
  coupons: z.number().int().nonnegative(),
  /** What the customer pays for the goods of the exchange coupons given in it, unless the total has them already. */
  exchangeFen: Fen,
})
export type OrderView = z.infer<typeof OrderView>

/** A coupon whose customer has not been told the result yet. */
export const OpenCoupon = z.object({
  /**
   * `held`: without a reply, and not honoured. `not-given`: redeemed, and nobody was told to give the discount.
   * `releasing`: the customer kept it, and it will be returned if it turns out to be redeemed.
   */
  kind: z.enum(['held', 'not-given', 'releasing']),
  redemption: RedemptionView,
  /** When the till releases it to the customer by itself. */
  heldUntil: Instant.nullable(),
  /** How much the order is below the batch's threshold, so that it cannot be given before a new total; `null` where it is not. */
  shortFen: Fen.nullable(),
  /** Other coupons have paid the whole order, so that it would be given for nothing. */
  isNothingLeft: z.boolean(),
})
export type OpenCoupon = z.infer<typeof OpenCoupon>

export const soundNames = ['give', 'not-yet', 'do-not-give', 'already-given', 'attention'] as const

/** What the counter shows now. The main process decides it; the page draws it. */
export const CounterView = z.object({
  /** Grows with every change. */
  revision: z.number().int().nonnegative(),
  shown: PresentationView.nullable(),
  /** Earlier presentations of the same order; newest first, at most 6. */
  others: z.array(PresentationView),
  /** Why something else that came with the scan of the shown coupon was ignored; `null` where there was nothing. */
  aside: z.enum(reasons).nullable(),
  order: OrderView.nullable(),
  /** Oldest first, at most 50. */
  open: z.array(OpenCoupon),
  /** The last sound to play; `count` grows with each. */
  sound: z.object({ count: z.number().int().nonnegative(), name: z.enum(soundNames) }),
})
export type CounterView = z.infer<typeof CounterView>

/** The counter before the first scan, or where no till is open. */
export const noCounter: CounterView = {
  revision: 0,
  shown: null,
  others: [],
  aside: null,
  order: null,
  open: [],
  sound: { count: 0, name: 'attention' },
}
