import { z } from 'zod'

const Count = z.number().int().nonnegative()
const Instant = z.number().int().nonnegative()

export const insightDays = [7, 30, 90, 365] as const

/** Upper limits, in milliseconds, of the spans by which the time to settle is counted; the last has none. */
export const settleSpansMs = [5000, 60_000, 600_000, 3_600_000, 86_400_000, null] as const

/** The owner's figures of the last days. Days and hours are in Beijing time. */
export const Insights = z.object({
  from: Instant,
  until: Instant,
  /** One entry for each day, oldest first, also for days without redemptions. */
  days: z.array(z.object({ at: Instant, redeemed: Count, refused: Count, open: Count })),
  /** How many were redeemed in each hour of the day, 0 to 23. */
  hours: z.array(Count).length(24),
  stocks: z.array(z.object({ stockId: z.string(), name: z.string().nullable(), redeemed: Count })),
  refusals: z.array(z.object({ reason: z.string(), count: Count })),
  /** How many were settled within each of `settleSpansMs`. */
  settled: z.array(Count).length(settleSpansMs.length),
  /** Newest first; `until` is `null` for one that has not ended. */
  outages: z.array(z.object({ from: Instant, until: Instant.nullable(), attempts: Count })),
})
export type Insights = z.infer<typeof Insights>
