import { z } from 'zod'
import { Verdict } from './counter.ts'
import { RedemptionState, RedemptionView } from './redemption-view.ts'
import { Said } from './snapshot.ts'

const Instant = z.number().int().nonnegative()

/**
 * What to look for. `text` is told by its form: four characters are the end of a code, the beginning of a request number
 * looks like one, everything else is a whole code.
 */
export const HistoryQuery = z.strictObject({
  text: z.string().trim().max(256),
  states: z.array(RedemptionState).max(8),
  /** Only what WeChat Pay refused to take back. */
  isReturnRefused: z.boolean().default(false),
  stockId: z.string().max(20).nullable(),
  cashier: z.string().max(20).nullable(),
  /** Of the recording, both ends included. */
  from: Instant.nullable(),
  until: Instant.nullable(),
  /** From the page before; `null` begins with the newest. */
  cursor: z.number().int().positive().nullable(),
})
export type HistoryQuery = z.infer<typeof HistoryQuery>

export const HistoryPage = z.object({
  /** Newest first. */
  entries: z.array(RedemptionView),
  /** For the next page; `null` at the end. A page may be short, or empty, and still not be the last. */
  cursor: z.number().int().positive().nullable(),
})
export type HistoryPage = z.infer<typeof HistoryPage>

/** What the till concluded by itself, for people who wonder later. */
export const remarks = [
  /** Closed as refused; an earlier attempt, which nobody answered, may have redeemed the coupon all the same. */
  'perhaps-redeemed',
  /** WeChat Pay answers a replay with its first result, as replies have proven: what it refused was not ours. */
  'not-ours',
] as const
export const Remark = z.enum(remarks)
export type Remark = z.infer<typeof Remark>

/** One step in the life of a redemption, as the audit trail has it; with WeChat Pay's own words where it said some. */
export const TimelineStep = Said.extend({
  at: Instant,
  event: z.string(),
  by: z.string().nullable(),
  /** What was decided: a `NoteKind` of the domain; older rows may hold others. */
  how: z.string().nullable(),
  why: z.string().nullable(),
  /** What a query said of the coupon: its state, the request number that redeemed it, the one that gave it back. */
  couponState: z.string().nullable(),
  heldBy: z.string().nullable(),
  returnedBy: z.string().nullable(),
  remark: Remark.nullable(),
  /** What a cashier was told. */
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
