import { z } from 'zod'
import { Permission, Role } from './permission.ts'

/** Four to eight digits; the schema of the door. Whether it is too easy to guess is the roster's business. */
export const Pin = z.string().regex(/^\d{4,8}$/)

export const StaffName = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .regex(/^[^\p{C}]*$/u)

/** A member of the staff as a screen may see it. */
export const StaffView = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** Epoch milliseconds until which no PIN is tried; `null` when there is no lockout. */
  lockedUntil: z.number().int().nonnegative().nullable(),
})
export type StaffView = z.infer<typeof StaffView>

export const Person = StaffView.pick({ id: true, name: true, role: true })
export type Person = z.infer<typeof Person>

export const Session = z.object({
  /** Whether there is staff at all: without, nobody signs in. */
  required: z.boolean(),
  person: Person.nullable(),
  /** Everybody who can sign in. */
  staff: z.array(StaffView),
})
export type Session = z.infer<typeof Session>

/** Why a PIN opened nothing. */
export const PinFault = z.discriminatedUnion('code', [
  z.object({ code: z.literal('wrong-pin'), triesLeft: z.number().int().nonnegative() }),
  z.object({ code: z.literal('locked-out'), until: z.number().int() }),
  z.object({ code: z.literal('not-found') }),
  /** The PIN was right, and its owner may not do that either. */
  z.object({ code: z.literal('role-too-low') }),
])
export type PinFault = z.infer<typeof PinFault>

export const staffFaults = [
  'name-taken',
  'pin-too-easy',
  /** The first one must be able to add others. */
  'first-is-owner',
  /** Nobody would be left to manage the till. */
  'last-owner',
  'not-found',
] as const
export const StaffFault = z.enum(staffFaults)
export type StaffFault = z.infer<typeof StaffFault>

/** `id: null` adds a member; `pin: null` leaves a member's PIN as it is. */
export const StaffForm = z.strictObject({
  id: z.string().nullable(),
  name: StaffName,
  role: Role,
  pin: Pin.nullable(),
})
export type StaffForm = z.infer<typeof StaffForm>

export const Approval = z.strictObject({ id: z.string(), pin: Pin, permission: Permission })
