import { z } from 'zod'
import { Role } from './permission.ts'
import { pinPattern } from './pin.ts'

export const Pin = z.string().regex(pinPattern)

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
})
export type StaffView = z.infer<typeof StaffView>

/** The member of the staff who is signed in. */
export const Person = StaffView.pick({ id: true, name: true, role: true })
export type Person = z.infer<typeof Person>

/** A person of the practice alone, with whose PIN a cashier practises what needs a supervisor. Everybody may read the PIN. */
export const PracticeSupervisor = z.object({ id: z.string(), name: z.string(), pin: z.string() })
export type PracticeSupervisor = z.infer<typeof PracticeSupervisor>

export const practiceSupervisor: PracticeSupervisor = {
  id: 'practice-supervisor',
  name: '练习店长',
  pin: '2468',
}

export const Session = z.object({
  /** Whether people have to sign in, which they do once there is staff. */
  required: z.boolean(),
  person: Person.nullable(),
  /** Everybody who can sign in. */
  staff: z.array(StaffView),
  /** How many records of staff cannot be read, because something other than the till changed them. */
  unreadable: z.number().int().nonnegative(),
  /** `null` on a live till. */
  practice: PracticeSupervisor.nullable(),
  recovery: z.object({
    /** Whether there is a recovery code with which an owner can set a new PIN. */
    exists: z.boolean(),
    /** Whether the person signed in is an owner who should write one down now, because there is none. */
    isDue: z.boolean(),
  }),
})
export type Session = z.infer<typeof Session>

/** Why a PIN was not accepted. */
export const PinFault = z.discriminatedUnion('code', [
  z.object({ code: z.literal('wrong-pin'), triesLeft: z.number().int().nonnegative() }),
  /** The practice supervisor's, whose PIN stands on the screen: no number of wrong ones locks anybody out. */
  z.object({ code: z.literal('wrong-practice-pin') }),
  /** For so many milliseconds more. */
  z.object({ code: z.literal('locked-out'), waitMs: z.number().int().positive() }),
  z.object({ code: z.literal('not-found') }),
  /** The till was opened anew during the check. */
  z.object({ code: z.literal('reopened') }),
  /** The PIN was right, but that person lacks the permission as well. */
  z.object({ code: z.literal('role-too-low') }),
])
export type PinFault = z.infer<typeof PinFault>

/** The PIN that a person has, and the one that they want. */
export const PinChange = z.strictObject({ pin: Pin, next: Pin })
export type PinChange = z.infer<typeof PinChange>

/** Why a person's PIN stayed as it was. */
export const PinChangeFault = z.discriminatedUnion('code', [
  ...PinFault.options,
  z.object({ code: z.literal('pin-too-easy') }),
])
export type PinChangeFault = z.infer<typeof PinChangeFault>

export const staffFaults = [
  'name-taken',
  'pin-too-easy',
  /** The first member must be an owner, to be able to add others. */
  'first-is-owner',
  /** Nobody would be left to manage the till. */
  'last-owner',
  'not-found',
  /** The till was opened anew while the PIN was hashed. */
  'reopened',
] as const
export const StaffFault = z.object({ code: z.enum(staffFaults) })
export type StaffFault = z.infer<typeof StaffFault>

/** `id: null` adds a member; `pin: null` leaves a member's PIN as it is. */
export const StaffForm = z.strictObject({
  id: z.string().nullable(),
  name: StaffName,
  role: Role,
  pin: Pin.nullable(),
})
export type StaffForm = z.infer<typeof StaffForm>

/** A new PIN for an owner, on the recovery code. */
export const RecoveryForm = z.strictObject({
  /** `null` adds an owner, which is possible only where no record of an owner can be read. */
  id: z.string().nullable(),
  /** The added owner's. */
  name: StaffName.nullable(),
  code: z.string().max(64),
  pin: Pin,
})
export type RecoveryForm = z.infer<typeof RecoveryForm>

export const recoveryFaults = [
  'wrong-code',
  /** The keychain did not keep the code. */
  'not-kept',
  /** No code was offered to this person. */
  'not-offered',
  ...staffFaults,
] as const
export const RecoveryFault = z.object({ code: z.enum(recoveryFaults) })
export type RecoveryFault = z.infer<typeof RecoveryFault>

/** A second person's PIN, and the one request that it approves: its name and exactly its input. */
export const Approval = z.strictObject({
  id: z.string(),
  pin: Pin,
  request: z.string().max(64),
  input: z.unknown(),
})
