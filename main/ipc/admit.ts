import type { Permission } from '../contract/permission.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Actor, NotAdmitted } from '../shop/session.ts'
import type { Application } from '../app/ports.ts'

const anybody: Actor = { name: '-', person: null }

/** Asks the session of the till that stands here. Where none could be opened there is no staff to ask for. */
export function admit(
  application: Pick<Application, 'shop'>,
  needs: Permission | null,
): Result<Actor, NotAdmitted> {
  const shop = application.shop()
  return needs === null || shop === null ? ok(anybody) : shop.session.admit(needs)
}
