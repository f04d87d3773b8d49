import type { RequestError } from '../contract/requests.ts'
import type { OrderFault } from '../contract/person-order-requests.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Done } from '../redemption/carry-out-order.ts'
import type { Till } from '../redemption/till.ts'
import { notAvailable } from './replies.ts'
import type { Application } from '../app/ports.ts'

/**
 * Carries out a person's order about one redemption and returns the redemption afterwards, or the fault of the order.
 * Fails with `not-available` while no till is open.
 */
export async function orderOnTill(
  application: Pick<Application, 'till'>,
  work: (till: Till) => Done | Promise<Done>,
): Promise<Result<Result<RedemptionView, OrderFault>, RequestError>> {
  const till = application.till()
  if (!till) return notAvailable()
  const changed = await work(till)
  if (!changed.ok) return ok(err({ code: changed.error.code }))
  const shown = till.show(changed.value.useRequestNo)
  return shown === null ? ok(err({ code: 'not-found' })) : ok(ok(shown))
}
