import { z } from 'zod'
import { Shift } from './shift.ts'

const Instant = z.number().int().nonnegative()
const Count = z.number().int().nonnegative()

/** Less than 0 where a late change takes back what an earlier shift counted. */
const Figure = z.number().int()

/** Money given away: what is known of it in fen, and how many discounts are of unknown value. Unknown is never 0. */
const Given = z.object({ fen: Figure, unknown: Figure })
export type Given = z.infer<typeof Given>
const Sum = Given.extend({ count: Figure })

/** Redemptions by their outcome, and the discounts that were given for the redeemed ones. */
const Tally = Given.extend({
  redeemed: Figure,
  returned: Figure,
  refused: Figure,
  open: Figure,
})
export type Tally = z.infer<typeof Tally>

/** Whether the row says anything. A loss is in no row: it has a line of its own, and a row for it would say that 0 was given. */
export function isCounted({ redeemed, returned, refused, open, fen, unknown }: Tally): boolean {
  return [redeemed, returned, refused, open, fen, unknown].some((figure) => figure !== 0)
}

/** The figures of one stretch of the records. */
export const ShiftFigures = z.object({
  stocks: z.array(Tally.extend({ stockId: z.string(), name: z.string().nullable() })),
  /** By who scanned the coupons; `null`: nobody was signed in. */
  cashiers: z.array(Tally.extend({ name: z.string().nullable() })),
  /** Discounts given without a reply, whatever their result was. */
  honoured: Sum,
  /** Those of them that are not decided yet. */
  honouredOpen: Sum,
  /** Honoured and then refused, or booked as a loss by a person. */
  losses: Sum,
  /** Coupons whose customers got no discount for them. */
  ungiven: z.object({
    /** Redeemed, but nobody was told to give the discount: it has to be given, or the coupon returned. */
    notGiven: Figure,
    /** Kept by their customers: cancelled, or returned after they had turned out to be redeemed. */
    released: Figure,
    /** Still redeemed, because their return was refused. */
    returnRefused: Figure,
  }),
})
export type ShiftFigures = z.infer<typeof ShiftFigures>

/** What is kept of a shift when it is closed. */
export const KeptFigures = z.object({
  /** What was recorded in the shift. */
  figures: ShiftFigures,
  /**
   * What was recorded between the end of the shift before it and its beginning, and so is in no shift; `null` for more than
   * can be counted while people wait, as on a till that had no shifts for years.
   */
  outside: ShiftFigures.nullable(),
  /**
   * What changed about coupons of closed shifts and of what lay before those, booked when it changed: while this shift was open,
   * and in the stretch outside of shifts before it. `null` in what earlier versions kept, which booked nothing.
   */
  booked: z.object({ inShift: ShiftFigures, outside: ShiftFigures }).nullable().default(null),
})
export type KeptFigures = z.infer<typeof KeptFigures>

/** Something that happened to a redemption of a shift after the shift was closed. */
export const LaterChange = z.object({
  at: Instant,
  codeTail: z.string(),
  /** An audit event of the domain. */
  event: z.string(),
  by: z.string().nullable(),
})
export type LaterChange = z.infer<typeof LaterChange>

/** A shift and its figures: as they were when it was closed, or up to now while it is open. */
export const ShiftReport = KeptFigures.extend({
  shift: Shift,
  /** When the report was made. */
  at: Instant,
  /** When the shift before it ended; `null` where there was none. */
  outsideSince: Instant.nullable(),
  /**
   * `growing`: the shift is open. `kept`: as at its closing, whatever happened since. `not-kept`: an earlier version closed
   * it, or its figures can no longer be read; these are of now.
   */
  basis: z.enum(['growing', 'kept', 'not-kept']),
  /** What changed since the closing; `null` unless the figures are `kept`. */
  since: z
    .object({
      /** The first ones, in order. */
      changes: z.array(LaterChange),
      /** How many there are besides. */
      more: Count,
      /** As they would be now; `null` when they are as they were. */
      now: KeptFigures.nullable(),
    })
    .nullable(),
})
export type ShiftReport = z.infer<typeof ShiftReport>

/** Adds up rows of figures. */
export function totalOf(rows: readonly Tally[]): Tally {
  const sum = { redeemed: 0, returned: 0, refused: 0, open: 0, fen: 0, unknown: 0 }
  for (const row of rows) {
    sum.redeemed += row.redeemed
    sum.returned += row.returned
    sum.refused += row.refused
    sum.open += row.open
    sum.fen += row.fen
    sum.unknown += row.unknown
  }
  return sum
}
