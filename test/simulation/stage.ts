import type { ShopServer } from './chain/shop-server.ts'
import type { EventQueue } from './event-queue.ts'
import type { HandOvers } from './hand-overs.ts'
import type { History } from './history.ts'
import type { Line } from './line.ts'
import type { ModelGateway } from './model-gateway.ts'
import type { Counters } from './counters.ts'
import type { Decisions } from './decisions.ts'
import type { Plan } from './plan.ts'
import type { Screen } from './screen.ts'
import type { SimulatedTill } from './simulated-till.ts'

/** Where an event is played: its till, and everything that it can affect. */
export interface Stage {
  readonly plan: Plan
  readonly till: SimulatedTill
  readonly tills: readonly SimulatedTill[]
  readonly counters: Counters
  readonly decisions: Decisions
  readonly honouredByHand: Set<string>
  readonly handOvers: HandOvers
  readonly line: Line
  readonly shopServer: ShopServer | null
  readonly queue: EventQueue
  readonly gateway: ModelGateway
  readonly screen: Screen
  readonly history: History
  readonly onUnhandled: (reason: unknown) => void
}
