import { ok, type Result } from '../contract/result.ts'
import type { Actor, AdmitFault, PersonRequest, Session } from '../shop/session.ts'

const anybody: Actor = { name: '-', person: null }

/**
 * Returns the person who makes a request, if they have all the permissions that it needs; fails where they lack one.
 * `session` is `null` where no till could be opened, so that there is no staff and everybody is admitted.
 */
export function admit(
  session: Pick<Session, 'admit'> | null,
  request: PersonRequest,
): Result<Actor, AdmitFault> {
  return session === null || request.needs.length === 0 ? ok(anybody) : session.admit(request)
}
