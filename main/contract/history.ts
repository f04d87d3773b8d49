import { z } from 'zod'
import { Verdict } from './counter.ts'
import { MoneyKind, MoneyRow, ShiftPlace } from './money.ts'
import { RedemptionState, RedemptionView } from './redemption-view.ts'
import { ApiReply } from './snapshot.ts'

const Instant = z.number().int().nonnegative()

/**
 * What to search for. The form of `text` decides what it is: four characters are the end of a code, the beginning of a
 * request number is recognised as one, and everything else is a whole code.
 */
export const HistoryQuery = z.strictObject({
  text: z.string().trim().max(256),
  states: z.array(RedemptionState).max(8),
  /** Only redemptions whose return WeChat Pay refused. */
  isReturnRefused: z.boolean().default(false),
  /** `''`: those without a batch, or without a cashier. */
  stockId: z.string().max(20).nullable(),
  cashier: z.string().max(20).nullable(),
  /** Time range of the recording, both ends included; `null` for no limit. */
  from: Instant.nullable(),
  until: Instant.nullable(),
  /** The hour of Beijing's day in which it was recorded. */
  hour: z.number().int().min(0).max(23).nullable().default(null),
  place: ShiftPlace.default('all'),
  /** Only redemptions that count as such money. */
  money: MoneyKind.nullable().default(null),
  /**
   * `booked-here`: range and place are those of late changes, and the coupons were recorded elsewhere. `booked-elsewhere`: those of
   * the coupons, which changed later.
   */
  about: z.enum(['recorded', 'booked-here', 'booked-elsewhere']).default('recorded'),
  /** The cursor of the previous page; `null` for the first page. */
  cursor: z.number().int().positive().nullable(),
})
export type HistoryQuery = z.infer<typeof HistoryQuery>

/** Finds everything. */
export const everyRedemption: HistoryQuery = {
  text: '',
  states: [],
  isReturnRefused: false,
  stockId: null,
  cashier: null,
  from: null,
  until: null,
  hour: null,
  place: 'all',
  money: null,
  about: 'recorded',
  cursor: null,
}

export const HistoryPage = z.object({
  /** Newest first. */
  entries: z.array(RedemptionView),
  /** For the next page; `null` at the end. A page may be short, or empty, and still not be the last. */
  cursor: z.number().int().positive().nullable(),
})
export type HistoryPage = z.infer<typeof HistoryPage>

/** All redemptions that a query finds, whatever its cursor, as they are now. */
export const HistorySums = z.object({ count: z.number().int().nonnegative(), money: MoneyRow })
export type HistorySums = z.infer<typeof HistorySums>

/** What the till concluded by itself, as an explanation for people who look at it later. */
export const remarks = [
  /** Closed as refused, although an earlier attempt without a reply may have redeemed the coupon. */
  'perhaps-redeemed',
  /**
   * Replies have shown that WeChat Pay returns the first result for a repeated request: so no earlier attempt redeemed
   * it.
   */
  'not-ours',
] as const
export const Remark = z.enum(remarks)
export type Remark = z.infer<typeof Remark>

/** One audit row of a redemption, with WeChat Pay's reply where there was one. */
export const TimelineStep = ApiReply.extend({
  at: Instant,
  event: z.string(),
  by: z.string().nullable(),
  /** What was decided: a `NoteKind` of the domain; older rows may hold others. */
  how: z.string().nullable(),
  why: z.string().nullable(),
  /** The coupon's state by a query, the request number that redeemed it, and the one that returned it. */
  couponState: z.string().nullable(),
  heldBy: z.string().nullable(),
  returnedBy: z.string().nullable(),
  remark: Remark.nullable(),
  /** The verdict that a cashier was shown. */
  told: Verdict.pick({ instruction: true, reason: true, deductFen: true }).nullable(),
})
export type TimelineStep = z.infer<typeof TimelineStep>

export const HistoryDetail = z.object({
  redemption: RedemptionView,
  totalFen: z.number().int().nonnegative().nullable(),
  returnRequestNo: z.string().nullable(),
  /** In the order they happened. */
  timeline: z.array(TimelineStep),
})
export type HistoryDetail = z.infer<typeof HistoryDetail>
