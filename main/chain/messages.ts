import { z } from 'zod'

/*
 * What tills write for each other, sealed. A newer till may write more: what is not known here is passed over.
 */

/** Who holds a coupon. */
export const LockBody = z.object({
  tillId: z.string().max(200),
  useRequestNo: z.string().max(64),
  /** Epoch milliseconds, by the holder's clock. */
  at: z.int().nonnegative(),
})
export type LockBody = z.infer<typeof LockBody>

/** A record of the journal, with what it says to other tills: they need not know every kind of record. */
export const JournalBody = z.object({
  tillId: z.string().max(200),
  news: z.enum(['honoured', 'redeemed', 'returned']).nullable().catch(null),
  record: z.object({
    couponCode: z.string().max(200).nullable(),
    stockId: z.string().max(64).nullable(),
    useRequestNo: z.string().max(64),
    at: z.int().nonnegative(),
  }),
})
