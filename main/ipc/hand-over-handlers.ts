import type { handOverRequests } from '../contract/hand-over-requests.ts'
import type { Application } from '../app/ports.ts'
import { ask } from './replies.ts'
import type { Handlers } from './router.ts'

/** Moves what is open to another computer. */
export function handOverHandlers(
  application: Pick<Application, 'till' | 'handOvers'>,
): Pick<Handlers, keyof typeof handOverRequests> {
  const { till, handOvers } = application
  return {
    'handOver.export': ({ password, why }, { name: by }) =>
      ask(till(), (open) => handOvers.exportOpen(open, password, { by, why })),
    'handOver.list': () => ask(till(), (open) => open.handOvers()),
    'handOver.again': ({ id }) => ask(till(), (open) => handOvers.exportAgain(open, id)),
    'handOver.import': ({ password, why }, { name: by }) =>
      ask(till(), (open) => handOvers.importOpen(open, password, { by, why })),
  }
}
