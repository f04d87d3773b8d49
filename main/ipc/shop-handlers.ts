import type { shopRequests } from '../contract/shop-requests.ts'
import type { Application } from '../app/ports.ts'
import { ask, done } from './replies.ts'
import type { Handlers } from './router.ts'

const shiftsOnPage = 50

/** Signing in, staff, shifts and settings. */
export function shopHandlers(
  application: Pick<Application, 'shop' | 'saveSettings'>,
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
    'staff.save': (form) => ask(application.shop(), ({ staff }) => staff.save(form)),
    'staff.remove': ({ id }) => ask(application.shop(), ({ staff }) => staff.remove(id)),
    'shift.open': (_, { name }) => ask(application.shop(), ({ shifts }) => shifts.open(name)),
    'shift.close': (order, { name }) =>
      ask(application.shop(), ({ shifts }) => shifts.close(name, order)),
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
