import { z } from 'zod'
import type { Person, StaffView } from './staff.ts'

const Instant = z.number().int().nonnegative()

/** What one shift left undecided for the next, and who took charge of it. */
export const HandedOn = z.object({
  /** The redemptions that were undecided when the shift was closed, and the loss in fen if all of them fail. */
  count: z.number().int().nonnegative(),
  fen: z.number().int().nonnegative(),
  /** How many discounts of unknown value were given for them, which `fen` does not contain. */
  unknown: z.number().int().nonnegative().default(0),
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
  /** Somebody else was named to take charge of it. */
  'not-the-successor',
] as const
export const ShiftFault = z.object({ code: z.enum(shiftFaults) })
export type ShiftFault = z.infer<typeof ShiftFault>

/**
 * Whether a person may take charge of what was handed to `successor`: that person alone, or an owner once they have left.
 * `person` is `null` on a till without staff, where nobody is known and everybody may.
 */
export function mayAcknowledge(
  person: Person | null,
  successor: string | null,
  staff: readonly StaffView[],
): boolean {
  if (person === null || person.name === successor) return true
  return person.role === 'owner' && !staff.some(({ name }) => name === successor)
}

/** The open shift, and the last one if what it left undecided is still to be acknowledged. */
export const ShiftState = z.object({ current: Shift.nullable(), toAcknowledge: Shift.nullable() })
export type ShiftState = z.infer<typeof ShiftState>
