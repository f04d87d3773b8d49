import type { posRequests } from '../contract/pos-requests.ts'
import { ok } from '../contract/result.ts'
import type { Application } from '../app/ports.ts'
import type { Handlers } from './serve-request.ts'

/** Handles which programs of a POS may ask. */
export function posHandlers({
  pos,
}: Pick<Application, 'pos'>): Pick<Handlers, keyof typeof posRequests> {
  return {
    'pos.read': async () => ok(pos.read()),
    'pos.offer': async () => ok(pos.offer()),
    'pos.withdraw': async () => ok(pos.withdraw()),
    'pos.revoke': async ({ id }) => ok(pos.revoke(id)),
  }
}
