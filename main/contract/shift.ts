import { z } from 'zod'

const Instant = z.number().int().nonnegative()

/** What one shift left undecided for the next, and who took charge of it. */
export const HandedOn = z.object({
  /** The redemptions that were undecided when the shift was closed, and the loss in fen if all of them fail. */
  count: z.number().int().nonnegative(),
  fen: z.number().int().nonnegative(),
  /** The successor's name; `null` where nothing was undecided. */
  to: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: Instant.nullable(),
})
export type HandedOn = z.infer<typeof HandedOn>

export const Shift = z.object({
  id: z.number().int().positive(),
  openedBy: z.string(),
  openedAt: Instant,
  closedBy: z.string().nullable(),
  closedAt: Instant.nullable(),
  note: z.string(),
  handedOn: HandedOn.nullable(),
})
export type Shift = z.infer<typeof Shift>

export const CloseShift = z.strictObject({
  /** The name of the successor; required when something is undecided. */
  handTo: z.string().trim().min(1).max(20).nullable(),
  note: z.string().trim().max(200),
})
export type CloseShift = z.infer<typeof CloseShift>

export const shiftFaults = [
  'already-open',
  'none-open',
  /** Something is undecided, and no successor was named. */
  'name-successor',
  /** What the last shift left undecided was not acknowledged yet. */
  'acknowledge-first',
] as const
export const ShiftFault = z.enum(shiftFaults)
export type ShiftFault = z.infer<typeof ShiftFault>

/** The open shift, and the last one if what it left undecided is still to be acknowledged. */
export const ShiftState = z.object({ current: Shift.nullable(), toAcknowledge: Shift.nullable() })
export type ShiftState = z.infer<typeof ShiftState>
