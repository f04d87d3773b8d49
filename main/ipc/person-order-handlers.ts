import type { personOrderRequests } from '../contract/person-order-requests.ts'
import { orderOnTill } from './order-on-till.ts'
import { withPart, done } from './replies.ts'
import type { Handlers } from './serve-request.ts'
import type { Application } from '../app/ports.ts'
import type { Till } from '../redemption/till.ts'

/** Handles a person's decisions about redemptions. */
export function personOrderHandlers(
  application: Pick<Application, 'till' | 'records'>,
): Pick<Handlers, keyof typeof personOrderRequests> {
  const order = (work: Parameters<typeof orderOnTill>[1]) => orderOnTill(application, work)

  return {
    'redemption.return': ({ useRequestNo, why, stockId }, { name: by }) =>
      order((till) => till.returnCoupon(useRequestNo, { by, why, stockId })),
    'redemption.cancel': ({ useRequestNo, why }, { name: by }) =>
      order((till) => till.cancel(useRequestNo, { by, why })),
    'redemption.sendAgain': ({ useRequestNo, why }, { name: by }) =>
      order((till) => till.sendAgain(useRequestNo, { by, why })),
    'redemption.resolve': ({ useRequestNo, why, how }, { name: by }) =>
      order((till) => till.resolve(useRequestNo, how, { by, why })),
    'redemption.lookUp': ({ useRequestNo }, { name: by }) =>
      order((till) => till.lookUp(useRequestNo, { by })),
    'redemption.honour': ({ useRequestNo, why, worthFen }, { name: by, person }) =>
      order((till) => till.honour(useRequestNo, { by, why, worthFen }, person?.name ?? null)),
    'review.list': () =>
      withPart(application.till(), (till) => {
        const entries = till.review()
        return application.records()?.withLastSaid(entries) ?? entries
      }),
    'review.decideAll': ({ useRequestNos, action, why, stockId, worthFen }, { name: by }) =>
      withPart(application.till(), (till) => {
        const decided = till.decideAll(useRequestNos, action, { by, why, stockId, worthFen })
        const failed = decided.failed.map(({ useRequestNo, fault }) => ({
          useRequestNo,
          fault: { code: fault.code },
        }))
        return { done: decided.done, failed }
      }),
    'outbox.syncNow': () => withPart(application.till(), syncNow),
    'outbox.settledRead': () => {
      application.till()?.settledRead()
      return done()
    },
    'outbox.setPaused': ({ paused }) => {
      const till = application.till()
      if (paused) till?.pause()
      else till?.resume()
      return done()
    },
  }
}

function syncNow(till: Pick<Till, 'state' | 'syncNow' | 'probe'>) {
  const { queue, connection } = till.state()
  const { waiting, paused } = queue
  till.syncNow()
  if (paused) return { began: 'paused', waiting, connection } as const
  if (waiting > 0) return { began: 'sending', waiting, connection } as const
  // It never rejects, and the page sees from the connection what it found.
  void till.probe()
  return { began: 'asking', waiting, connection } as const
}
