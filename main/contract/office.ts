import { z } from 'zod'
import { RedemptionState } from './redemption-view.ts'

/*
 * What the head office shows of its chain. It is read from the office's own copy of the journals (`OfficeReader`), never from a
 * till. No code of a coupon and no openid is in any of it: a coupon is known here by an opaque `couponId`. Days and hours are in
 * Beijing time.
 */

/** Epoch milliseconds. */
const Instant = z.number().int().nonnegative()
/** Money in fen (0.01 CNY). */
const Fen = z.number().int().nonnegative()
const Count = z.number().int().nonnegative()
const Id = z.string().min(1).max(200)
/** Where a list goes on; `null` at its beginning, or its end. */
export const OfficeCursor = z.string().max(200).nullable()

/** What is looked at: everything that was recorded in the time, at the shop, of the batch, in the hour of the day. */
export const OfficeFilter = z.strictObject({
  from: Instant,
  /** Not included. */
  until: Instant,
  /** `null`: all. */
  shopId: Id.nullable(),
  /** `null`: all; `''`: those without a batch. */
  stockId: z.string().max(64).nullable(),
  /** The hour of Beijing's day; `null`: all. */
  hour: z.number().int().min(0).max(23).nullable(),
})
export type OfficeFilter = z.infer<typeof OfficeFilter>

export const OfficeFigures = z.object({
  /** Redeemed at WeChat Pay, those that were returned later included. */
  redeemed: Count,
  refused: Count,
  /** The discounts that customers had, whether WeChat Pay has answered or not. */
  discountFen: Fen,
  /** Honoured without a reply, and still without one. */
  open: Count,
  openFen: Fen,
  /** Discounts that were given for coupons which turned out not to be redeemable. */
  losses: Count,
  lossFen: Fen,
  returned: Count,
})
export type OfficeFigures = z.infer<typeof OfficeFigures>

export const OfficeOverview = z.object({
  total: OfficeFigures,
  /** Each in the filter's scope, most redemptions first. A shop that was silent in the time has zeros. */
  shops: z.array(z.object({ shopId: Id, name: z.string(), tills: Count, figures: OfficeFigures })),
  stocks: z.array(
    z.object({
      /** `''`: without a batch. */
      stockId: z.string(),
      name: z.string().nullable(),
      figures: OfficeFigures,
    }),
  ),
  /** Hours of the day, 0 to 23. */
  hours: z.array(OfficeFigures).length(24),
  /** One for each day of the time, oldest first. */
  days: z.array(z.object({ at: Instant, figures: OfficeFigures })),
})
export type OfficeOverview = z.infer<typeof OfficeOverview>

/** What one can filter by: all shops and batches that the journals name. */
export const OfficeScope = z.object({
  shops: z.array(z.object({ shopId: Id, name: z.string() })),
  stocks: z.array(z.object({ stockId: Id, name: z.string().nullable() })),
})
export type OfficeScope = z.infer<typeof OfficeScope>

const Place = z.object({ shopId: Id, shopName: z.string(), tillId: Id, tillName: z.string() })

export const OfficeRedemption = Place.extend({
  /** Within the office; not the coupon's code. */
  id: Id,
  /** The same for the same coupon in every shop; `null` where the code had been erased before its journal was read. */
  couponId: Id.nullable(),
  useRequestNo: z.string(),
  stockId: z.string().nullable(),
  stockName: z.string().nullable(),
  recordedAt: Instant,
  settledAt: Instant.nullable(),
  /** A newer till may name one that is not known here: `null`. */
  state: RedemptionState.nullable(),
  /** A `Reason`; a newer till may name others. */
  reason: z.string().nullable(),
  /** The discount was given without a reply. */
  isHonoured: z.boolean(),
  /** What the customer had, where it is known. */
  discountFen: Fen.nullable(),
  totalFen: Fen.nullable(),
  /** What was lost with it. */
  lossFen: Fen,
  cashier: z.string().nullable(),
})
export type OfficeRedemption = z.infer<typeof OfficeRedemption>

export const officeKinds = ['redeemed', 'refused', 'open', 'loss', 'returned'] as const

export const OfficeListQuery = z.strictObject({
  filter: OfficeFilter,
  tillId: Id.nullable(),
  /** Only those that the figure of this name counts. */
  kind: z.enum(officeKinds).nullable(),
  /** The beginning of a request number; empty for all. */
  requestNo: z.string().trim().max(64),
  cursor: OfficeCursor,
})
export type OfficeListQuery = z.infer<typeof OfficeListQuery>

export const OfficeList = z.object({
  /** Newest first; 100 at most. */
  entries: z.array(OfficeRedemption),
  cursor: OfficeCursor,
})
export type OfficeList = z.infer<typeof OfficeList>

/** One event of a redemption, as its till's journal has it. */
export const OfficeStep = z.object({
  at: Instant,
  /** The name of an `AuditEvent`; a newer till may name others. */
  event: z.string(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  /** Of WeChat Pay's reply. */
  status: z.number().int().nullable(),
  apiCode: z.string().nullable(),
  /** What was decided about it (`NoteKind`), and why. */
  how: z.string().nullable(),
  why: z.string().nullable(),
})
export type OfficeStep = z.infer<typeof OfficeStep>

export const OfficeLife = z.object({
  redemption: OfficeRedemption,
  /** In the order they happened. */
  steps: z.array(OfficeStep),
  /** Other redemptions of the same coupon, in any shop. */
  others: z.array(OfficeRedemption),
})
export type OfficeLife = z.infer<typeof OfficeLife>

/** A coupon whose discount was given more than once. */
export const OfficeDouble = z.object({
  couponId: Id,
  stockId: z.string().nullable(),
  stockName: z.string().nullable(),
  /** In how many shops; 1 for two tills of one shop. */
  shops: Count,
  /** Each time that it was given, oldest first; at least two. */
  given: z.array(OfficeRedemption),
  /** What was given beyond the one discount that the coupon is worth. */
  lossFen: Fen,
})
export type OfficeDouble = z.infer<typeof OfficeDouble>

export const OfficeDoubles = z.object({
  /** Newest first; 100 at most. */
  entries: z.array(OfficeDouble),
  cursor: OfficeCursor,
  /** Of all that the filter finds. */
  count: Count,
  lossFen: Fen,
})
export type OfficeDoubles = z.infer<typeof OfficeDoubles>

/** `wechat-pay`: a till had no reply of WeChat Pay. `shop-server`: a till was without its shop. `hub`: a shop was without the head office. */
export const officeOutages = ['wechat-pay', 'shop-server', 'hub'] as const

export const OfficeOutage = z.object({
  kind: z.enum(officeOutages),
  shopId: Id,
  shopName: z.string(),
  /** `null`: the whole shop. */
  tillId: Id.nullable(),
  tillName: z.string().nullable(),
  from: Instant,
  /** `null`: it has not ended. */
  until: Instant.nullable(),
  /** Honoured without a reply meanwhile, and what was lost with those. */
  honoured: Count,
  honouredFen: Fen,
  lossFen: Fen,
})
export type OfficeOutage = z.infer<typeof OfficeOutage>

export const OfficeOutages = z.object({
  /** Newest first; 100 at most. */
  entries: z.array(OfficeOutage),
  cursor: OfficeCursor,
  count: Count,
})
export type OfficeOutages = z.infer<typeof OfficeOutages>
