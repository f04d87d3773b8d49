import type { ChainFault, ChainSetup, CopiedServer, ServerProgram } from '../../contract/chain.ts'
import type { Result } from '../../contract/result.ts'

type Carried = Promise<Result<ChainSetup, ChainFault>>

/** What an owner orders about the shop of tills; see `chain-requests.ts`. `by`: their name. */
export interface ChainOrders {
  read(): ChainSetup
  findProgram(): Promise<ServerProgram[]>
  chooseProgram(): Promise<ServerProgram | null>
  chooseServerFolder(): Promise<Result<CopiedServer | null, ChainFault>>
  becomeServer(order: ServerOrder, by: string): Carried
  stopServer(by: string): Carried
  offerCode(by: string): Carried
  withdrawCode(): Carried
  join(order: JoinOrder, by: string): Carried
  setAddress(address: string, by: string): Carried
  leave(by: string): Carried
  removeTill(key: string, by: string): Carried
  openGate(shown: readonly string[], by: string): Carried
  changeKey(by: string): Carried
}

export interface ServerOrder {
  readonly program: string
  readonly port: number
  readonly folder: string | null
}

export interface JoinOrder {
  readonly address: string
  readonly code: string
}
