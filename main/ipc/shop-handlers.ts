import type { shopRequests } from '../contract/shop-requests.ts'
import type { Application } from '../app/ports.ts'
import { ask, done } from './replies.ts'
import type { Handlers } from './router.ts'

const shiftsOnPage = 50

/** Signing in, staff, shifts and settings. */
export function shopHandlers(
  application: Pick<Application, 'shop' | 'till' | 'saveSettings'>,
): Pick<Handlers, keyof typeof shopRequests> {
  return {
    'session.signIn': ({ id, pin }) =>
      ask(application.shop(), ({ session }) => session.signIn(id, pin)),
    'session.signOut': () =>
      ask(application.shop(), ({ session }) => {
        session.signOut()
        return null
      }),
    'session.approve': ({ id, pin, permission }) =>
      ask(application.shop(), ({ session }) => session.approve(id, pin, permission)),
    'session.touch': () =>
      ask(application.shop(), ({ session }) => {
        session.touch()
        return null
      }),
    'staff.save': (form) =>
      ask(application.shop(), async ({ roster, session }) => {
        const saved = await roster.save(form)
        session.refresh()
        return saved
      }),
    'staff.remove': ({ id }) =>
      ask(application.shop(), ({ roster, session }) => {
        const removed = roster.remove(id)
        session.refresh()
        return removed
      }),
    'shift.open': (_, { name }) => ask(application.shop(), ({ shifts }) => shifts.open(name)),
    'shift.close': (order, { name }) =>
      ask(application.shop(), ({ shifts }) => {
        const closed = shifts.close(name, order)
        // Nobody is left to wait: their coupons go back to the customers.
        if (closed.ok) application.till()?.releaseHeld(name)
        return closed
      }),
    'shift.acknowledge': (_, { name }) =>
      ask(application.shop(), ({ shifts }) => shifts.acknowledge(name)),
    'shift.list': ({ beforeId }) =>
      ask(application.shop(), ({ shifts }) => shifts.list(shiftsOnPage, beforeId)),
    'settings.read': () => ask(application.shop(), (shop) => shop.settings()),
    'settings.save': async (settings) => {
      await application.saveSettings(settings)
      return done()
    },
  }
}
