import { z } from 'zod'
import { reasons } from './reason.ts'

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
/** Money in fen (0.01 CNY). */
const Fen = z.number().int().nonnegative()

/** How a code came in: wedge scanner, hand, clipboard, HID-POS or serial scanner. Kept with the redemption. */
export const ScanSource = z.enum(['scanned', 'typed', 'pasted', 'hid', 'serial'])
export type ScanSource = z.infer<typeof ScanSource>

export const RedemptionState = z.enum([
  'pending',
  'redeemed',
  'refused',
  'review',
  'returning',
  'returned',
  'cancelled',
  'resolved',
])
export type RedemptionState = z.infer<typeof RedemptionState>

/**
 * How a person, or a rule in their place, ended what waited in review: it is redeemed after all; the discount was given
 * and nothing is redeemed for it; it was not redeemed, and the coupon can be presented again.
 */
export const Resolution = z.enum(['confirmed', 'loss', 'not-redeemed'])
export type Resolution = z.infer<typeof Resolution>

/** What a batch (批次, stock) is worth, as far as this till knows. `kind` keeps values unknown today. */
export const StockView = z.object({
  stockId: z.string(),
  name: z.string(),
  kind: z.string(),
  discountFen: Fen.nullable(),
  thresholdFen: Fen.nullable(),
  /** 88 means the customer pays 88 %. */
  payPercent: z.number().nullable(),
  exchangePriceFen: Fen.nullable(),
  goodsName: z.string().nullable(),
})
export type StockView = z.infer<typeof StockView>

/** What the customer pays when the coupon is deducted from an order's total. */
export const Payable = z.object({ totalFen: Fen, payFen: Fen, deductFen: Fen })
export type Payable = z.infer<typeof Payable>

/** Which limit of the offline policy keeps a coupon from being honoured. */
export const OfflineLimit = z.enum([
  'stock-unknown',
  'value-unknown',
  'single-value',
  'open-count',
  'open-value',
  'open-age',
  'last-contact',
])
export type OfflineLimit = z.infer<typeof OfflineLimit>

/** What the offline policy says of one coupon: `hold` is recorded and not honoured. */
export const OfflineDecision = z.object({
  mode: z.enum(['refuse', 'hold', 'honour']),
  limit: OfflineLimit.nullable(),
})
export type OfflineDecision = z.infer<typeof OfflineDecision>

/** One redemption as a screen may see it: of the code only the last four characters. */
export const RedemptionView = z.object({
  useRequestNo: z.string(),
  codeTail: z.string().max(4),
  state: RedemptionState,
  /** The goods were given without an answer, under the offline policy. */
  honoured: z.boolean(),
  reason: z.enum(reasons).nullable(),
  source: ScanSource,
  attempts: z.number().int().nonnegative(),
  recordedAt: Instant,
  settledAt: Instant.nullable(),
  stock: StockView.nullable(),
  /** Who scanned it. */
  cashier: z.string().nullish(),
  /** When the order's total was given and the batch is known. */
  payable: Payable.nullish(),
  /** The order's total is below what the batch asks for; known only after it was sent. */
  isBelowThreshold: z.boolean().optional(),
  /** When, by whom and how much was told to be given; `null` while nobody was told. */
  given: z
    .object({ at: Instant, by: z.string().nullable(), fen: Fen.nullable() })
    .nullable()
    .default(null),
  /** The customer kept the coupon. */
  isReleased: z.boolean().default(false),
  /** What was given away for it without an answer, as far as known. */
  honouredValueFen: Fen.nullish(),
  /** The batch's number, also where nothing else is known of the batch. */
  stockId: z.string().nullish(),
  resolution: Resolution.nullish(),
  /** Why the last return of it was refused: the coupon is still redeemed. `null` when none was. */
  returnRefused: z.enum(reasons).nullish(),
})
export type RedemptionView = z.infer<typeof RedemptionView>
