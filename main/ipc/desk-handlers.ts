import type { RequestErrorCode } from '../contract/channels.ts'
import type { DeskFault, deskRequests } from '../contract/desk-requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { RedemptionView } from '../contract/snapshot.ts'
import type { Done } from '../redemption/desk-orders.ts'
import type { Till } from '../redemption/till.ts'
import type { Application } from './served-application.ts'
import { done, notAvailable } from './replies.ts'
import type { Handlers } from './router.ts'

type Answer = Promise<Result<Result<RedemptionView, DeskFault>, { code: RequestErrorCode }>>

/** What a person orders about one redemption. */
export function deskHandlers(
  application: Pick<Application, 'till' | 'records'>,
): Pick<Handlers, keyof typeof deskRequests> {
  async function order(work: (till: Till) => Done | Promise<Done>): Answer {
    const till = application.till()
    if (!till) return notAvailable()
    const changed = await work(till)
    if (!changed.ok) return ok(err(changed.error.code))
    const shown = till.show(changed.value.useRequestNo)
    return shown === null ? ok(err('not-found')) : ok(ok(shown))
  }

  return {
    'redemption.giveBack': ({ useRequestNo, why, stockId }, { name: by }) =>
      order((till) => till.giveBack(useRequestNo, { by, why, stockId })),
    'redemption.cancel': ({ useRequestNo, why }, { name: by }) =>
      order((till) => till.cancel(useRequestNo, { by, why })),
    'redemption.sendAgain': ({ useRequestNo, why }, { name: by }) =>
      order((till) => till.sendAgain(useRequestNo, { by, why })),
    'redemption.resolve': ({ useRequestNo, why, how }, { name: by }) =>
      order((till) => till.resolve(useRequestNo, how, { by, why })),
    'redemption.lookUp': ({ useRequestNo }, { name: by }) =>
      order((till) => till.lookUp(useRequestNo, { by })),
    'redemption.honour': ({ useRequestNo, why }, { name: by }) =>
      order((till) => {
        const stakeFen = till.show(useRequestNo)?.stock?.discountFen ?? null
        return till.honour(useRequestNo, { by, why, stakeFen })
      }),
    'review.list': async () => {
      const [till, records] = [application.till(), application.records()]
      if (!till) return notAvailable()
      const said = (useRequestNo: string) => records?.lastSaid(useRequestNo) ?? null
      return ok(
        till.review().map((entry) => ({ ...entry, said: said(entry.redemption.useRequestNo) })),
      )
    },
    'review.decideAll': async ({ useRequestNos, action, why, stockId }, { name: by }) => {
      const till = application.till()
      if (!till) return notAvailable()
      const { done: count, failed } = till.decideAll(useRequestNos, action, {
        by,
        why,
        stockId,
      })
      return ok({ done: count, failed: [...failed] })
    },
    'outbox.setPaused': ({ paused }) => {
      const till = application.till()
      if (paused) till?.pause()
      else till?.resume()
      return done()
    },
  }
}
