import { ok } from '../contract/result.ts'
import type { updateRequests } from '../contract/update-requests.ts'
import type { Application } from '../app/ports.ts'
import { done } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles looking for newer versions, fetching and installing them. */
export function updateHandlers({
  updates,
}: Pick<Application, 'updates'>): Pick<Handlers, keyof typeof updateRequests> {
  return {
    'updates.setAddress': ({ address }) => {
      updates.setAddress(address)
      return done()
    },
    'updates.check': async () => ok(await updates.check()),
    'updates.setAutomatic': (chosen) => {
      updates.setAutomatic(chosen)
      return done()
    },
    'updates.download': () => {
      updates.download()
      return done()
    },
    'updates.install': async () => ok(updates.install()),
  }
}
