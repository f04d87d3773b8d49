import { z } from 'zod'
import { CopyDiscount } from './copy-discount.ts'
import { PosSettings } from './pos.ts'

const OfflineMode = z.enum(['refuse', 'hold', 'honour'])
export const maxShopName = 40
export const maxSupportContact = 80
const StockId = z.string().regex(/^[0-9A-Za-z]{1,20}$/)
const Fen = z.number().int().nonnegative().max(100_000_00)

/**
 * The form of a merchant's own codes: `#` stands for a digit, `@` for a letter, `?` for either, and every other
 * character for itself. Only characters that WeChat Pay accepts in a code are allowed.
 */
export const CodeTemplate = z.string().regex(/^[0-9A-Za-z\-_\\/=| #@?]{1,32}$/)

/** What the owner decides about the till. Training and live mode have separate settings. */
export const ShopSettings = z.strictObject({
  /** The name that papers begin with; empty for none. */
  shopName: z.string().trim().max(maxShopName).default(''),
  /** Whom the people at the till call for help, shown in About and Help; empty for nobody. */
  supportContact: z.string().trim().max(maxSupportContact).default(''),
  /** How long a cashier waits for a reply before the till shows "saved, will be settled". */
  patienceSeconds: z.number().int().min(1).max(20).default(5),
  /** How long a coupon without a reply is held for its customer before the till releases it to them. */
  holdMinutes: z.number().int().min(1).max(240).default(10),
  /** Idle time after which a person is signed out; `null` for never. */
  lockAfterMinutes: z.number().int().min(1).max(240).nullable().default(15),
  offline: z
    .strictObject({
      mode: OfflineMode.default('hold'),
      byStock: z.record(StockId, OfflineMode).default({}),
      /** Limits of what may be honoured without a reply: a count, sums in fen, and ages in minutes. */
      limits: z
        .strictObject({
          open: z.number().int().min(0).max(1000),
          openFen: Fen,
          singleFen: Fen,
          oldestMinutes: z.number().int().min(1).max(10_080),
          sinceContactMinutes: z.number().int().min(1).max(10_080),
        })
        .default({
          open: 20,
          openFen: 500_00,
          singleFen: 50_00,
          oldestMinutes: 240,
          sinceContactMinutes: 240,
        }),
    })
    .prefault({}),
  /** The shop's only batch; `null` when there may be several. */
  onlyStockId: StockId.nullable().default(null),
  /** What single batches are worth, by `stockId`, as the owner entered it: for as long as WeChat Pay has not described them. */
  stockTerms: z
    .record(StockId, z.strictObject({ discountFen: Fen.min(1), thresholdFen: Fen }))
    .default({}),
  merchantCodes: z
    .array(z.strictObject({ template: CodeTemplate, stockId: StockId }))
    .max(50)
    .default([]),
  /** Days after which codes, request bodies and openids of settled redemptions are erased. */
  retentionDays: z.number().int().min(30).max(3650).default(180),
  /** Whether the program of a POS on this computer may ask, and where. */
  pos: PosSettings.prefault({}),
  /** Whether a discount goes into the clipboard, and in which words. */
  copyDiscount: CopyDiscount.prefault({}),
})
export type ShopSettings = z.infer<typeof ShopSettings>
