import { z } from 'zod'
import { Shift } from './shift.ts'

const Count = z.number().int().nonnegative()
const Sum = z.object({ count: Count, fen: Count })

/** The figures of one shift. Money is in fen; the value of a coupon is known only where its batch is. */
export const ShiftReport = z.object({
  shift: Shift,
  /** When the figures were computed; those of an open shift still grow. */
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
  /** Discounts given without a reply, whatever their result was. */
  honoured: Sum,
  /** Those of them that are not decided yet. */
  honouredOpen: Sum,
  /** Honoured and then refused, or booked as a loss by a person. */
  losses: Sum,
  /** Coupons whose customers got no discount for them. */
  ungiven: z.object({
    /** Redeemed, but nobody was told to give the discount: it has to be given, or the coupon returned. */
    notGiven: Count,
    /** Kept by their customers: cancelled, or returned after they had turned out to be redeemed. */
    released: Count,
    /** Still redeemed, because their return was refused. */
    returnRefused: Count,
  }),
})
export type ShiftReport = z.infer<typeof ShiftReport>
