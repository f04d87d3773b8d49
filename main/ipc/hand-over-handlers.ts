import type { handOverRequests } from '../contract/hand-over-requests.ts'
import type { Application } from '../app/ports.ts'
import { withPart } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles moving undecided redemptions to another computer. */
export function handOverHandlers(
  application: Pick<Application, 'handingTill' | 'handOvers'>,
): Pick<Handlers, keyof typeof handOverRequests> {
  const { handingTill, handOvers } = application
  return {
    'handOver.export': ({ password, why }, { name: by }) =>
      withPart(handingTill(), (open) => handOvers.exportOpen(open, password, { by, why })),
    'handOver.list': () => withPart(handingTill(), ({ till }) => till.handOvers()),
    'handOver.again': ({ id }) =>
      withPart(handingTill(), (open) => handOvers.exportAgain(open, id)),
    'handOver.import': ({ password, why }, { name: by }) =>
      withPart(handingTill(), (open) => handOvers.importOpen(open, password, { by, why })),
  }
}
