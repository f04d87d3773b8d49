import { z } from 'zod'

const Instant = z.number().int().nonnegative()

/** What one shift left open for the next, and who took it. */
export const HandedOn = z.object({
  /** Redemptions not decided when the shift closed, and what they cost if they fail, in fen. */
  count: z.number().int().nonnegative(),
  fen: z.number().int().nonnegative(),
  /** By name; `null` where nobody was named, because nothing was open. */
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
  /** Who takes what is open; must be named when something is. */
  handTo: z.string().trim().min(1).max(20).nullable(),
  note: z.string().trim().max(200),
})
export type CloseShift = z.infer<typeof CloseShift>

export const shiftFaults = [
  'already-open',
  'none-open',
  /** Something is open, and nobody was named to take it. */
  'name-successor',
  /** What the last shift left open was not acknowledged yet. */
  'acknowledge-first',
] as const
export const ShiftFault = z.enum(shiftFaults)
export type ShiftFault = z.infer<typeof ShiftFault>

/** The shift of now, and the one before it where that left something to acknowledge. */
export const ShiftState = z.object({ current: Shift.nullable(), toAcknowledge: Shift.nullable() })
export type ShiftState = z.infer<typeof ShiftState>
