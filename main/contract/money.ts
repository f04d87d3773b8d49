import { z } from 'zod'
import { dayOfDate } from './beijing-day.ts'
import { Shift } from './shift.ts'

const Instant = z.number().int().nonnegative()
const Whole = z.number().int()

/** Discounts: how many, what is known of their worth in fen, and how many are of unknown worth, which `fen` does not contain. */
export const MoneySum = z.object({ count: Whole, fen: Whole, unknown: Whole })
export type MoneySum = z.infer<typeof MoneySum>

/** Where the discounts that were given went. Negative where more was taken back than given, as after a late return. */
export const MoneyRow = z.object({
  /** What left the shop's purse: the next three together. */
  given: MoneySum,
  /** Redeemed at WeChat Pay, or confirmed by a person. */
  confirmed: MoneySum,
  /** Given without a reply, and not decided yet. */
  open: MoneySum,
  /** Given, and no coupon is redeemed for it. */
  lost: MoneySum,
  /** Given, and the coupon returned afterwards: no longer in the others. */
  returned: MoneySum,
})
export type MoneyRow = z.infer<typeof MoneyRow>

export const moneyKinds = ['confirmed', 'open', 'lost', 'returned'] as const
export const MoneyKind = z.enum(moneyKinds)
export type MoneyKind = z.infer<typeof MoneyKind>

/** Everything, what was recorded in shifts, what was in none, or one shift by its id. */
export const ShiftPlace = z.union([
  z.enum(['all', 'in-shifts', 'outside']),
  z.number().int().positive(),
])
export type ShiftPlace = z.infer<typeof ShiftPlace>

const Day = z.string().refine((date) => dayOfDate(date) !== null)

export const moneyPeriods = ['today', 'yesterday', 'week', 'month'] as const

/** A period up to today, weeks beginning on Monday, or two dates of Beijing's calendar, both included. */
export const MoneyRange = z.union([
  z.enum(moneyPeriods),
  z.strictObject({ from: Day, to: Day }).refine(({ from, to }) => from <= to),
])
export type MoneyRange = z.infer<typeof MoneyRange>

/** One shift is counted from its beginning to its end, whatever the range. */
export const MoneyQuery = z.strictObject({ range: MoneyRange, place: ShiftPlace })
export type MoneyQuery = z.infer<typeof MoneyQuery>

/** The money of a range. All rows of one kind add up to `total`. */
export const Money = z.object({
  /** When it was counted. */
  at: Instant,
  /** The first and the last day, `2026-11-23`, and their instants, the end not included; `null` for one shift. */
  days: z.object({ first: z.string(), last: z.string(), from: Instant, until: Instant }).nullable(),
  place: ShiftPlace,
  total: MoneyRow,
  cashiers: z.array(MoneyRow.extend({ name: z.string().nullable() })),
  stocks: z.array(MoneyRow.extend({ stockId: z.string(), name: z.string().nullable() })),
  /** Of Beijing's day, 0 to 23; those in which nothing was given are left out. */
  hours: z.array(MoneyRow.extend({ hour: z.number().int().min(0).max(23) })),
  /** What is booked in this range about coupons that were recorded outside of it; it is part of all rows. */
  earlier: z.object({ coupons: Whole, money: MoneyRow }),
  /**
   * Of what is confirmed: given without a reply as another batch than the coupon's, beyond what that is worth. It counts where the
   * coupon was scanned, by what is known of the batch now, and is part of the sums.
   */
  excess: z.object({ coupons: Whole, fen: Whole }),
  /** How many of the range's own coupons changed later, which is booked in the range in which they did. */
  later: Whole,
  /** The shifts that have rows in the range, newest first. */
  shifts: z.array(Shift.pick({ id: true, openedBy: true, openedAt: true, closedAt: true })),
})
export type Money = z.infer<typeof Money>
