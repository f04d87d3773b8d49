import { z } from 'zod'
import { Shift } from './shift.ts'

const Count = z.number().int().nonnegative()
const Sum = z.object({ count: Count, fen: Count })

/** What one shift did. Money in fen; what a coupon was worth is known where its batch is. */
export const ShiftReport = z.object({
  shift: Shift,
  /** When these figures were made: those of an open shift grow. */
  at: z.number().int().nonnegative(),
  stocks: z.array(
    z.object({
      stockId: z.string(),
      name: z.string().nullable(),
      redeemed: Count,
      returned: Count,
      refused: Count,
      open: Count,
      /** Discounts given; `null` where the batch's value depends on the order or is not known. */
      deductedFen: Count.nullable(),
    }),
  ),
  cashiers: z.array(z.object({ name: z.string().nullable(), redeemed: Count })),
  /** Honoured without an answer, whatever came of it. */
  honoured: Sum,
  /** Of those, what is not decided yet. */
  honouredOpen: Sum,
  /** Honoured and then refused, or booked as a loss by a person. */
  losses: Sum,
  /** Coupons whose customers had no discount for them. */
  ungiven: z.object({
    /** Redeemed, and nobody was told to give the discount: to be given or returned. */
    notGiven: Count,
    /** Kept by their customers: cancelled, or returned after it turned out that they were redeemed. */
    released: Count,
    /** Still redeemed, because their return was refused. */
    returnRefused: Count,
  }),
})
export type ShiftReport = z.infer<typeof ShiftReport>
