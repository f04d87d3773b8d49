import type { needsOf } from '../contract/requests.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Actor, AdmitFault, Session } from '../shop/session.ts'

const anybody: Actor = { name: '-', person: null }

/**
 * Returns the person who makes a request, if they have all the permissions that it needs; fails where they lack one.
 * `session` is `null` where no till could be opened, so that there is no staff and everybody is admitted.
 */
export function admit(
  session: Pick<Session, 'admit'> | null,
  needs: ReturnType<typeof needsOf>,
): Result<Actor, AdmitFault> {
  let admitted: Result<Actor, AdmitFault> = ok(anybody)
  // Each permission is checked once, because the check uses up an approval.
  for (const need of new Set(needs)) {
    if (need !== null && session !== null) admitted = session.admit(need)
    if (!admitted.ok) return admitted
  }
  return admitted
}
