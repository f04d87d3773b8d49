import type { trainingRequests } from '../contract/training-requests.ts'
import type { Application } from '../app/ports.ts'
import { ask } from './replies.ts'
import type { Handlers } from './router.ts'

/** Practice. */
export function trainingHandlers(
  application: Pick<Application, 'training'>,
): Pick<Handlers, keyof typeof trainingRequests> {
  return {
    'training.samples': () => ask(application.training(), (training) => training.samples()),
    'training.renewSamples': () =>
      ask(application.training(), (training) => training.renewSamples()),
    'training.setNetwork': ({ network }) =>
      ask(application.training(), async (training) => {
        await training.setNetwork(network)
        return null
      }),
  }
}
