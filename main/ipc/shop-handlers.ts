import type { shopRequests } from '../contract/shop-requests.ts'
import { err } from '../contract/result.ts'
import type { Application } from '../app/ports.ts'
import { requestToApprove } from './person-request.ts'
import { withPart, done } from './replies.ts'
import type { Handlers } from './serve-request.ts'

const shiftsOnPage = 50

/** Handles signing in, staff, shifts and the shop's settings. */
export function shopHandlers(
  application: Pick<Application, 'shop' | 'saveSettings' | 'reports' | 'papers'>,
): Pick<Handlers, keyof typeof shopRequests> {
  return {
    'session.signIn': ({ id, pin }) =>
      withPart(application.shop(), ({ session }) => session.signIn(id, pin)),
    'session.signOut': () =>
      withPart(application.shop(), ({ session }) => {
        session.signOut()
        return null
      }),
    'session.recover': (form) =>
      withPart(application.shop(), ({ session }) => session.recover(form)),
    'session.approve': async ({ id, pin, request, input }) => {
      const toApprove = requestToApprove(request, input)
      if (toApprove === null) return err({ code: 'bad-request' })
      return withPart(application.shop(), ({ session }) => session.approve(id, pin, toApprove))
    },
    'session.changePin': (change, { person }) =>
      withPart(application.shop(), ({ session }) => session.changePin(person, change)),
    'session.touch': () =>
      withPart(application.shop(), ({ session }) => {
        session.touch()
        return null
      }),
    'staff.save': (form) => withPart(application.shop(), ({ staff }) => staff.save(form)),
    'staff.remove': ({ id }) => withPart(application.shop(), ({ staff }) => staff.remove(id)),
    'recovery.offer': (_, { person }) =>
      withPart(application.shop(), ({ recovery }) => recovery.offer(person)),
    'recovery.print': ({ paper }, { person }) =>
      withPart(application.shop(), () => {
        const document = application.papers.ofRecoveryCode(person, paper)
        return document === null ? null : application.reports.print(document)
      }),
    'recovery.confirm': (_, { person }) =>
      withPart(application.shop(), ({ recovery }) => recovery.confirm(person)),
    'shift.open': (_, { name }) => withPart(application.shop(), ({ shifts }) => shifts.open(name)),
    'shift.close': (order, { name }) =>
      withPart(application.shop(), ({ shifts }) => shifts.close(name, order)),
    'shift.acknowledge': (_, actor) =>
      withPart(application.shop(), ({ shifts }) => shifts.acknowledge(actor)),
    'shift.takeOver': (_, actor) =>
      withPart(application.shop(), ({ shifts }) => shifts.takeOver(actor)),
    'shift.list': ({ beforeId }) =>
      withPart(application.shop(), ({ shifts }) => shifts.list(shiftsOnPage, beforeId)),
    'settings.read': () => withPart(application.shop(), (shop) => shop.settings()),
    'settings.save': async (settings) => {
      await application.saveSettings(settings)
      return done()
    },
  }
}
