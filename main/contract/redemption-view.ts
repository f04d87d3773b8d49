import { z } from 'zod'
import { reasons } from './reason.ts'

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
/** Money in fen (0.01 CNY). */
const Fen = z.number().int().nonnegative()

/**
 * How a code was entered: by a scanner that types, by hand, from the clipboard, by a HID-POS or by a serial scanner.
 */
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
 * How a review was ended, by a person or by a rule. `confirmed`: the coupon is redeemed. `loss`: the discount was given
 * and the coupon is not redeemed. `not-redeemed`: the coupon can be presented again.
 */
export const Resolution = z.enum(['confirmed', 'loss', 'not-redeemed'])
export type Resolution = z.infer<typeof Resolution>

/** What this till knows about a batch (批次; `stock` in the API). `kind` may be a value that WeChat Pay adds later. */
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

/** The offline policy's decision about one coupon. `hold`: it is recorded, and the discount is not given yet. */
export const OfflineDecision = z.object({
  mode: z.enum(['refuse', 'hold', 'honour']),
  limit: OfflineLimit.nullable(),
})
export type OfflineDecision = z.infer<typeof OfflineDecision>

/** One redemption as a screen may show it, with only the last four characters of the code. */
export const RedemptionView = z.object({
  useRequestNo: z.string(),
  codeTail: z.string().max(4),
  state: RedemptionState,
  /** The discount was given without a reply from WeChat Pay. */
  honoured: z.boolean(),
  reason: z.enum(reasons).nullable(),
  source: ScanSource,
  attempts: z.number().int().nonnegative(),
  recordedAt: Instant,
  settledAt: Instant.nullable(),
  stock: StockView.nullable(),
  /** Who scanned the coupon. */
  cashier: z.string().nullish(),
  /** What the customer pays, where the order's total and the batch are known. */
  payable: Payable.nullish(),
  /** The order's total is below the batch's threshold, which became known only after the coupon was sent. */
  isBelowThreshold: z.boolean().optional(),
  /** What was given without a reply beyond what the coupon turned out to be worth; `null` where it was no more. */
  excessFen: Fen.nullish(),
  /** When a cashier was told to give the discount, who it was, and the discount; `null` while nobody was told. */
  given: z
    .object({ at: Instant, by: z.string().nullable(), fen: Fen.nullable() })
    .nullable()
    .default(null),
  /** The customer kept the coupon. */
  isReleased: z.boolean().default(false),
  /** The discount that was given without a reply, where it is known. */
  honouredValueFen: Fen.nullish(),
  /** The batch's id, also where nothing else is known about the batch. */
  stockId: z.string().nullish(),
  resolution: Resolution.nullish(),
  /** Why its last return was refused, so that the coupon is still redeemed; `null` where no return was refused. */
  returnRefused: z.enum(reasons).nullish(),
})
export type RedemptionView = z.infer<typeof RedemptionView>
