import type { handOverRequests } from '../contract/hand-over-requests.ts'
import type { Application } from '../app/ports.ts'
import { withPart } from './replies.ts'
import type { Handlers } from './router.ts'

/** Handles moving undecided redemptions to another computer. */
export function handOverHandlers(
  application: Pick<Application, 'till' | 'handOvers'>,
): Pick<Handlers, keyof typeof handOverRequests> {
  const { till, handOvers } = application
  return {
    'handOver.export': ({ password, why }, { name: by }) =>
      withPart(till(), (open) => handOvers.exportOpen(open, password, { by, why })),
    'handOver.list': () => withPart(till(), (open) => open.handOvers()),
    'handOver.again': ({ id }) => withPart(till(), (open) => handOvers.exportAgain(open, id)),
    'handOver.import': ({ password, why }, { name: by }) =>
      withPart(till(), (open) => handOvers.importOpen(open, password, { by, why })),
  }
}
