import type { setupRequests } from '../contract/setup-requests.ts'
import { ok } from '../contract/result.ts'
import type { SetupControls } from '../app/live/setup.ts'
import { done } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles setting this computer up as a live till. */
export function setupHandlers(setup: SetupControls): Pick<Handlers, keyof typeof setupRequests> {
  return {
    'setup.state': async () => ok(await setup.state()),
    'setup.chooseFiles': async ({ purpose, merchantId }) =>
      ok(await setup.chooseFiles(purpose, merchantId)),
    'setup.takeFiles': async ({ purpose, merchantId, paths }) =>
      ok(await setup.takeFiles(purpose, merchantId, paths)),
    'setup.removeFile': async ({ purpose, merchantId, name }) =>
      ok(await setup.removeFile(purpose, merchantId, name)),
    'setup.check': ({ part, form }) => Promise.resolve(ok({ fault: setup.check(part, form) })),
    'setup.test': async (form) => ok(await setup.test(form)),
    'setup.apply': async (form) => ok(await setup.apply(form)),
    'setup.finished': () => Promise.resolve(ok(setup.finished())),
    'setup.acknowledge': () => {
      setup.acknowledge()
      return done()
    },
    'setup.deleteSources': async () => ok(await setup.deleteSources()),
    'setup.forget': () => {
      setup.forget()
      return done()
    },
  }
}
