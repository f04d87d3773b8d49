import { isMismatch } from '../contract/mismatch.ts'
import { ok } from '../contract/result.ts'
import type { OwnerCheck } from './live/owner-check.ts'
import type { MismatchDesk } from './live/mismatch-desk.ts'
import type { Application } from './ports.ts'
import type { TillHost } from './till-host.ts'

/** What people do at an obstacle: try again, and say that they are an owner. */
export function createObstacleOrders(
  host: Pick<TillHost, 'obstacle' | 'reopen'>,
  owners: Pick<OwnerCheck, 'confirm'> & Pick<MismatchDesk, 'take'>,
): Pick<Application, 'retry' | 'confirmOwner'> {
  return {
    // An open till stays as it is: anybody may ask for this, and it must neither sign a person out nor cut off their work.
    async retry() {
      if (host.obstacle() !== null) await host.reopen()
    },
    async confirmOwner(proof) {
      const shown = host.obstacle()
      const confirmed = await owners.confirm(proof)
      if (!confirmed.ok) return confirmed
      if (shown !== null && isMismatch(shown.code)) {
        owners.take(shown.code, confirmed.value)
        await host.reopen()
      }
      return ok(null)
    },
  }
}
