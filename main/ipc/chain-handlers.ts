import type { chainRequests } from '../contract/chain-requests.ts'
import { ok } from '../contract/result.ts'
import type { Application } from '../app/ports.ts'
import type { Handlers } from './serve-request.ts'

/** Handles the shop of tills: its server, and joining and leaving it. */
export function chainHandlers({
  chain,
}: Pick<Application, 'chain'>): Pick<Handlers, keyof typeof chainRequests> {
  return {
    'chain.read': async () => ok(chain.read()),
    'chain.findProgram': async () => ok(await chain.findProgram()),
    'chain.chooseProgram': async () => ok(await chain.chooseProgram()),
    'chain.chooseServerFolder': async () => ok(await chain.chooseServerFolder()),
    'chain.becomeServer': async (order, { name: by }) => ok(await chain.becomeServer(order, by)),
    'chain.stopServer': async (_, { name: by }) => ok(await chain.stopServer(by)),
    'chain.offerCode': async (_, { name: by }) => ok(await chain.offerCode(by)),
    'chain.withdrawCode': async () => ok(await chain.withdrawCode()),
    'chain.join': async (order, { name: by }) => ok(await chain.join(order, by)),
    'chain.setAddress': async ({ address }, { name: by }) =>
      ok(await chain.setAddress(address, by)),
    'chain.leave': async (_, { name: by }) => ok(await chain.leave(by)),
    'chain.removeTill': async ({ key }, { name: by }) => ok(await chain.removeTill(key, by)),
    'chain.openGate': async ({ shown }, { name: by }) => ok(await chain.openGate(shown, by)),
    'chain.changeKey': async (_, { name: by }) => ok(await chain.changeKey(by)),
  }
}
