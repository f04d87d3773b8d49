import type { trainingRequests } from '../contract/training-requests.ts'
import type { Application } from '../app/ports.ts'
import { done, withPart } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles requests for training. */
export function trainingHandlers(
  application: Pick<Application, 'training' | 'openPractice'>,
): Pick<Handlers, keyof typeof trainingRequests> {
  return {
    'practice.open': async () => {
      await application.openPractice()
      return done()
    },
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
