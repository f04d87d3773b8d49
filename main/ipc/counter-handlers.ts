import type { counterRequests } from '../contract/counter-requests.ts'
import type { Application } from '../app/ports.ts'
import { orderOnTill } from './order-on-till.ts'
import { withPart, done } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles what a cashier does at the counter. */
export function counterHandlers(
  application: Pick<
    Application,
    'till' | 'expectScan' | 'showsCounter' | 'scanned' | 'copyDiscount'
  >,
): Pick<Handlers, keyof typeof counterRequests> {
  return {
    'counter.redeem': (scan, { person }) => {
      application.scanned()
      return withPart(application.till(), (till) =>
        till.redeem({ ...scan, cashier: person?.name ?? null, totalFen: null, stockId: null }),
      )
    },
    'counter.setInFront': ({ isInFront }) => {
      application.showsCounter(isInFront)
      // What is shown is no longer new once it was not.
      if (!isInFront) application.till()?.ageVerdict()
      return done()
    },
    'counter.expectScan': () => {
      application.expectScan()
      return done()
    },
    'counter.misread': ({ misread }, { person }) => {
      application.till()?.misread(misread, person?.name ?? null)
      return done()
    },
    'counter.setTotal': ({ totalFen }) => {
      application.till()?.setTotal(totalFen)
      return done()
    },
    'counter.copyDiscount': () => {
      application.copyDiscount()
      return done()
    },
    'counter.nextCustomer': () => {
      application.till()?.nextCustomer()
      return done()
    },
    'counter.keep': ({ useRequestNo }, { person }) =>
      orderOnTill(application, (till) => till.keep(useRequestNo, person?.name ?? null)),
    'counter.give': ({ useRequestNo }, { person }) =>
      orderOnTill(application, (till) => till.give(useRequestNo, person?.name ?? null)),
    'counter.return': ({ useRequestNo }, { person }) =>
      orderOnTill(application, (till) => till.returnUngiven(useRequestNo, person?.name ?? null)),
    'counter.chooseStock': async ({ presentationNo, stockId }) => {
      await application.till()?.chooseStock(presentationNo, stockId)
      return done()
    },
  }
}
