import type { ChainFault } from '../../contract/chain.ts'
import { err, type Result } from '../../contract/result.ts'
import { type ChainDesk, notLiveYet } from './chain-desk.ts'

/** In a practice window. */
export function createNoChainDesk(): ChainDesk {
  return {
    read: () => notLiveYet,
    findProgram: async () => [],
    chooseProgram: async () => null,
    chooseServerFolder: notLive,
    becomeServer: notLive,
    stopServer: notLive,
    offerCode: notLive,
    withdrawCode: notLive,
    join: notLive,
    setAddress: notLive,
    leave: notLive,
    removeTill: notLive,
    openGate: notLive,
    changeKey: notLive,
    glance: () => null,
    sync: () => undefined,
    subscribe: () => () => undefined,
    close: async () => undefined,
  }
}

async function notLive(): Promise<Result<never, ChainFault>> {
  return err({ code: 'not-live' })
}
