import { z } from 'zod'
import { officeRoles } from './office-roles.ts'
import { Pin, StaffName } from './staff.ts'

const Id = z.string().min(1).max(64)

export const OfficeRole = z.enum(officeRoles)
export type OfficeRole = z.infer<typeof OfficeRole>

/** Somebody who may look at the chain. They are not the staff of any till. */
export const OfficePerson = z.object({ id: Id, name: z.string(), role: OfficeRole })
export type OfficePerson = z.infer<typeof OfficePerson>

/** `id: null` adds somebody; `pin: null` leaves the PIN as it is. */
export const OfficePersonForm = z.strictObject({
  id: Id.nullable(),
  name: StaffName,
  role: OfficeRole,
  pin: Pin.nullable(),
})
export type OfficePersonForm = z.infer<typeof OfficePersonForm>

export const officePersonFaults = [
  'name-taken',
  'pin-too-easy',
  /** The first must be an owner, to be able to add others. */
  'first-is-owner',
  /** Nobody would be left to manage the office. */
  'last-owner',
  'not-found',
  'not-written',
] as const
export const OfficePersonFault = z.object({ code: z.enum(officePersonFaults) })
export type OfficePersonFault = z.infer<typeof OfficePersonFault>
