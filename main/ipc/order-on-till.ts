import type { RequestErrorCode } from '../contract/channels.ts'
import type { DeskFault } from '../contract/desk-requests.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Done } from '../redemption/desk-orders.ts'
import type { Till } from '../redemption/till.ts'
import { notAvailable } from './replies.ts'
import type { Application } from './served-application.ts'

/** Carries out a person's order about one redemption, and shows what became of it. */
export async function orderOnTill(
  application: Pick<Application, 'till'>,
  work: (till: Till) => Done | Promise<Done>,
): Promise<Result<Result<RedemptionView, DeskFault>, { code: RequestErrorCode }>> {
  const till = application.till()
  if (!till) return notAvailable()
  const changed = await work(till)
  if (!changed.ok) return ok(err(changed.error.code))
  const shown = till.show(changed.value.useRequestNo)
  return shown === null ? ok(err('not-found')) : ok(ok(shown))
}
