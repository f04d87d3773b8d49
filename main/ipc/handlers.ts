import type { Application } from '../app/ports.ts'
import { appHandlers } from './app-handlers.ts'
import { chainHandlers } from './chain-handlers.ts'
import { counterHandlers } from './counter-handlers.ts'
import { handOverHandlers } from './hand-over-handlers.ts'
import { personOrderHandlers } from './person-order-handlers.ts'
import { posHandlers } from './pos-handlers.ts'
import { recordsHandlers } from './records-handlers.ts'
import type { Handlers } from './serve-request.ts'
import { setupHandlers } from './setup-handlers.ts'
import { shopHandlers } from './shop-handlers.ts'
import { trainingHandlers } from './training-handlers.ts'
import { updateHandlers } from './update-handlers.ts'
import { upkeepHandlers } from './upkeep-handlers.ts'

/** Returns the handlers of all requests; each calls the application. */
export function createHandlers(application: Application): Handlers {
  return {
    ...appHandlers(application),
    ...trainingHandlers(application),
    ...counterHandlers(application),
    ...setupHandlers(application.setup),
    ...upkeepHandlers(application),
    ...updateHandlers(application),
    ...shopHandlers(application),
    ...posHandlers(application),
    ...chainHandlers(application),
    ...personOrderHandlers(application),
    ...recordsHandlers(application),
    ...handOverHandlers(application),
  }
}
