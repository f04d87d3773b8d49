import { z } from 'zod'

const Count = z.number().int().nonnegative()
const Instant = z.number().int().nonnegative()

export const insightDays = [7, 30, 90, 365] as const

/** Upper ends of the spans that the time to settle is counted in, in milliseconds; the last has no end. */
export const settleSpansMs = [5000, 60_000, 600_000, 3_600_000, 86_400_000, null] as const

/** What the owner wants to know of the last days. Days and hours are Beijing's. */
export const Insights = z.object({
  from: Instant,
  until: Instant,
  /** One a day, in order, days without anything included. */
  days: z.array(z.object({ at: Instant, redeemed: Count, refused: Count, open: Count })),
  /** Redeemed, of hour 0 to 23. */
  hours: z.array(Count).length(24),
  stocks: z.array(z.object({ stockId: z.string(), name: z.string().nullable(), redeemed: Count })),
  refusals: z.array(z.object({ reason: z.string(), count: Count })),
  /** Of the spans of `settleSpansMs`, how many were settled in each. */
  settled: z.array(Count).length(settleSpansMs.length),
  /** Newest first; `until: null` for one that lasts. */
  outages: z.array(z.object({ from: Instant, until: Instant.nullable(), attempts: Count })),
})
export type Insights = z.infer<typeof Insights>
