import type { needsOf } from '../contract/requests.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Actor, AdmitFault, Session } from '../shop/session.ts'

const anybody: Actor = { name: '-', person: null }

/**
 * Asks the session of the till that stands here for everything that is needed; `null` where no till could be opened: there is
 * no staff to ask for.
 */
export function admit(
  session: Pick<Session, 'admit'> | null,
  needs: ReturnType<typeof needsOf>,
): Result<Actor, AdmitFault> {
  let admitted: Result<Actor, AdmitFault> = ok(anybody)
  // Once for each: an approval is used up by it.
  for (const need of new Set(needs)) {
    if (need !== null && session !== null) admitted = session.admit(need)
    if (!admitted.ok) return admitted
  }
  return admitted
}
