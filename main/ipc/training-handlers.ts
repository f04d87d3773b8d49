import type { trainingRequests } from '../contract/training-requests.ts'
import type { Application } from '../app/ports.ts'
import { withPart } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles requests for training. */
export function trainingHandlers(
  application: Pick<Application, 'training'>,
): Pick<Handlers, keyof typeof trainingRequests> {
  return {
    'training.samples': () => withPart(application.training(), (training) => training.samples()),
    'training.renewSamples': () =>
      withPart(application.training(), (training) => training.renewSamples()),
    'training.setNetwork': ({ network }) =>
      withPart(application.training(), async (training) => {
        await training.setNetwork(network)
        return null
      }),
  }
}
