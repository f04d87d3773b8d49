import { isWritable } from './json.ts'
import { z } from 'zod'
import { Role } from './permission.ts'

/** Four to eight digits. Whether a PIN is too easy to guess is checked in `shop/roster.ts`. */
export const Pin = z.string().regex(/^\d{4,8}$/)

export const StaffName = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .regex(/^[^\p{C}]*$/u)

/** A member of the staff as a screen may show them. */
export const StaffView = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** No PIN is accepted before this time, epoch milliseconds; `null` when there is no lockout. */
  lockedUntil: z.number().int().nonnegative().nullable(),
})
export type StaffView = z.infer<typeof StaffView>

export const Person = StaffView.pick({ id: true, name: true, role: true })
export type Person = z.infer<typeof Person>

export const Session = z.object({
  /** Whether people have to sign in, which they do once there is staff. */
  required: z.boolean(),
  person: Person.nullable(),
  /** Everybody who can sign in. */
  staff: z.array(StaffView),
})
export type Session = z.infer<typeof Session>

/** Why a PIN was not accepted. */
export const PinFault = z.discriminatedUnion('code', [
  z.object({ code: z.literal('wrong-pin'), triesLeft: z.number().int().nonnegative() }),
  z.object({ code: z.literal('locked-out'), until: z.number().int() }),
  z.object({ code: z.literal('not-found') }),
  /** The PIN was right, but that person lacks the permission as well. */
  z.object({ code: z.literal('role-too-low') }),
])
export type PinFault = z.infer<typeof PinFault>

export const staffFaults = [
  'name-taken',
  'pin-too-easy',
  /** The first member must be an owner, to be able to add others. */
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

/** A second person's PIN, and the one request that it approves: its name and exactly its input. */
export const Approval = z.strictObject({
  id: z.string(),
  pin: Pin,
  request: z.string().max(64),
  input: z.unknown().refine(isWritable),
})
