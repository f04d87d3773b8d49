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
 * What the cashier is to do about the discount. Every word, icon and sound of a verdict follows from it, so that no
 * screen can say two of them at once.
 */
export const instructions = [
  /** Deduct it now. Told once for one redemption. */
  'give',
  /** Nothing is known yet: the customer waits, keeps the coupon, or a supervisor honours it. */
  'not-yet',
  'do-not-give',
  /** It was given before, for this very presentation; what became known later changes nothing about that. */
  'already-given',
] as const
export const Instruction = z.enum(instructions)
export type Instruction = z.infer<typeof Instruction>

/** What the cashier can do now, each one key. */
export const choices = [
  /** Serve the next customer; the coupon stays held and is heard when it is known. */
  'wait',
  /** The customer keeps the coupon: what is not redeemed is cancelled, what turns out redeemed is returned. */
  'keep',
  /** A supervisor honours it without an answer. */
  'honour',
  /** Give the discount for a coupon that was redeemed and not given. */
  'give',
  /** Return a coupon that was redeemed and not given. */
  'return',
  'choose-stock',
] as const
export const Choice = z.enum(choices)
export type Choice = z.infer<typeof Choice>

/** That the discount was told to be given, when and by whom. */
export const GivenView = z.object({
  at: Instant,
  by: z.string().nullable(),
  /** `null` where the till could not know the sum. */
  fen: Fen.nullable(),
})
export type GivenView = z.infer<typeof GivenView>

/** Why a scan was no code (see the renderer's decoder); words in `scanner.json`. */
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
] as const
export const Misread = z.enum(misreads)
export type Misread = z.infer<typeof Misread>

/**
 * What a presentation says. `green` is said after a verified 200 alone, `red` of a refusal or of something that is no
 * coupon, `amber` of everything else.
 */
export const Verdict = z.object({
  tone: z.enum(['green', 'amber', 'red']),
  reason: z.enum(reasons),
  instruction: Instruction,
  redemption: RedemptionView.nullable(),
  /** What to deduct; `null` where it has to be read off the customer's phone, or where nothing is given. */
  deductFen: Fen.nullable(),
  /** The sum, when the order's total is known and the batch's value can be computed from it. */
  payable: Payable.nullable(),
  /** How much the order lacks for the batch's threshold. */
  shortFen: Fen.nullable(),
  /** The earlier giving that a recalled coupon is refused for. */
  given: GivenView.nullable(),
  /** What the offline policy said; `null` where it was not asked. */
  offline: OfflineDecision.nullable(),
  /** The batches to choose from. */
  stocks: z.array(StockView),
  /** Why a scan was misread. */
  misread: Misread.nullable(),
  /** The verdict is true, and could not be written down: the records have no room or no writable file. */
  isUnrecorded: z.boolean(),
  choices: z.array(Choice),
  at: Instant,
})
export type Verdict = z.infer<typeof Verdict>

/** A coupon, or something else, presented once. */
export const PresentationView = z.object({
  presentationNo: z.string(),
  /** Of the scan. */
  at: Instant,
  /** The last characters of the code; empty for what is no coupon. */
  codeTail: z.string().max(4),
  source: ScanSource,
  orderNo: z.string(),
  /** `null` while it is being asked. */
  verdict: Verdict.nullable(),
  /** Not to be read as news any more: shrunk to "last one: 6325, 2 min ago". */
  isAged: z.boolean(),
})
export type PresentationView = z.infer<typeof PresentationView>

/** One customer's order, as far as the till knows it. */
export const OrderView = z.object({
  orderNo: z.string(),
  /** As the cashier typed it; `null` while nobody has. */
  totalFen: Fen.nullable(),
  /** What the coupons given in it took off. */
  deductedFen: Fen,
  /** Coupons presented in it. */
  coupons: z.number().int().nonnegative(),
})
export type OrderView = z.infer<typeof OrderView>

/** A coupon whose customer is still owed a word. */
export const OpenCoupon = z.object({
  /**
   * `held`: not answered for and not honoured. `not-given`: redeemed, and nobody was told to give the discount.
   * `releasing`: the customer kept it; it settles, and is returned if it turns out redeemed.
   */
  kind: z.enum(['held', 'not-given', 'releasing']),
  redemption: RedemptionView,
  /** When it goes back to the customer by itself. */
  heldUntil: Instant.nullable(),
})
export type OpenCoupon = z.infer<typeof OpenCoupon>

export const soundNames = ['give', 'not-yet', 'do-not-give', 'already-given', 'attention'] as const

/** What stands at the counter now. The main process holds it; the page draws it. */
export const CounterView = z.object({
  /** Grows with every change. */
  revision: z.number().int().nonnegative(),
  shown: PresentationView.nullable(),
  /** Of the same order, overtaken by later scans; newest first, at most 6. */
  others: z.array(PresentationView),
  /** Something beside the shown coupon came with the same burst of keys, and changes nothing about it. */
  aside: z.enum(reasons).nullable(),
  order: OrderView.nullable(),
  /** Oldest first, at most 50. */
  open: z.array(OpenCoupon),
  /** The last sound to be heard; `count` grows with each. */
  sound: z.object({ count: z.number().int().nonnegative(), name: z.enum(soundNames) }),
})
export type CounterView = z.infer<typeof CounterView>

export const noCounter: CounterView = {
  revision: 0,
  shown: null,
  others: [],
  aside: null,
  order: null,
  open: [],
  sound: { count: 0, name: 'attention' },
}
