import { z } from 'zod'
import { Verdict } from './counter.ts'
import { RedemptionState, RedemptionView } from './redemption-view.ts'

const Instant = z.number().int().nonnegative()

/**
 * What to look for. `text` is told by its form: four characters are the end of a code, the beginning of a request number
 * looks like one, everything else is a whole code.
 */
export const HistoryQuery = z.strictObject({
  text: z.string().trim().max(256),
  states: z.array(RedemptionState).max(8),
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

/** One step in the life of a redemption, as the audit trail has it. */
export const LifeStep = z.object({
  at: Instant,
  event: z.string(),
  by: z.string().nullable(),
  why: z.string().nullable(),
  /** WeChat Pay's own words. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  status: z.number().int().nullable(),
  requestId: z.string().nullable(),
  /** What a cashier was told. */
  told: Verdict.pick({ instruction: true, reason: true, deductFen: true }).nullable(),
})
export type LifeStep = z.infer<typeof LifeStep>

export const HistoryDetail = z.object({
  redemption: RedemptionView,
  totalFen: z.number().int().nonnegative().nullable(),
  returnRequestNo: z.string().nullable(),
  /** In the order they happened. */
  life: z.array(LifeStep),
})
export type HistoryDetail = z.infer<typeof HistoryDetail>
