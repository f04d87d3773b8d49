import type { shopRequests } from '../contract/shop-requests.ts'
import type { RequestErrorCode } from '../contract/channels.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Shop } from '../shop/shop.ts'
import type { Application } from '../app/ports.ts'
import { done, notAvailable } from './replies.ts'
import type { Handlers } from './router.ts'

const shiftsOnPage = 50

/** Signing in, staff, shifts and settings. */
export function shopHandlers(
  application: Pick<Application, 'shop' | 'till' | 'saveSettings'>,
): Pick<Handlers, keyof typeof shopRequests> {
  async function inShop<T>(
    work: (shop: Shop) => T | Promise<T>,
  ): Promise<Result<T, { code: RequestErrorCode }>> {
    const shop = application.shop()
    return shop ? ok(await work(shop)) : notAvailable()
  }

  return {
    'session.signIn': ({ id, pin }) => inShop(({ session }) => session.signIn(id, pin)),
    'session.signOut': () =>
      inShop(({ session }) => {
        session.signOut()
        return null
      }),
    'session.approve': ({ id, pin, permission }) =>
      inShop(({ session }) => session.approve(id, pin, permission)),
    'session.touch': () =>
      inShop(({ session }) => {
        session.touch()
        return null
      }),
    'staff.save': (form) =>
      inShop(async ({ roster, session }) => {
        const saved = await roster.save(form)
        session.refresh()
        return saved
      }),
    'staff.remove': ({ id }) =>
      inShop(({ roster, session }) => {
        const removed = roster.remove(id)
        session.refresh()
        return removed
      }),
    'shift.open': (_, { name }) => inShop(({ shifts }) => shifts.open(name)),
    'shift.close': (order, { name }) =>
      inShop(({ shifts }) => {
        const closed = shifts.close(name, order)
        // Nobody is left to wait: their coupons go back to the customers.
        if (closed.ok) application.till()?.releaseHeld(name)
        return closed
      }),
    'shift.acknowledge': (_, { name }) => inShop(({ shifts }) => shifts.acknowledge(name)),
    'shift.list': ({ beforeId }) => inShop(({ shifts }) => shifts.list(shiftsOnPage, beforeId)),
    'settings.read': () => inShop((shop) => shop.settings()),
    'settings.save': async (settings) => {
      await application.saveSettings(settings)
      return done()
    },
  }
}
