import type { Permission } from '../../main/contract/permission.ts'
import { mayDo } from '../../main/contract/roles.ts'
import type { Session } from '../../main/contract/staff.ts'

/** Returns what the main process's router would decide. On a till without staff everybody may do everything. */
export function may({ required, person }: Session, permission: Permission): boolean {
  if (!required) return true
  return person !== null && mayDo(person.role, permission)
}
