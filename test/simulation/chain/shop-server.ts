import type { Dice } from '../dice.ts'
import type { EventQueue } from '../event-queue.ts'
import type { History } from '../history.ts'
import type { PlannedChain } from '../plan/chain.ts'
import type { ChainEvent } from '../plan/chain-event.ts'
import { ModelServer } from './model-server.ts'
import { ServerLine } from './server-line.ts'
import { TillInShop } from './till-in-shop.ts'

interface ShopServerParts {
  readonly planned: PlannedChain
  readonly ids: readonly string[]
  readonly queue: EventQueue
  readonly dice: Dice
  readonly history: History
  readonly onFault: (cause: unknown) => void
}

/** The shop's server with its lines to the tills, and what happens to them. */
export class ShopServer {
  readonly server: ModelServer
  readonly places: readonly TillInShop[]
  readonly #lines: readonly ServerLine[]
  readonly #queue: EventQueue
  readonly #history: History

  constructor({ planned, ids, queue, dice, history, onFault }: ShopServerParts) {
    this.#queue = queue
    this.#history = history
    this.server = new ModelServer(ids, {
      now: () => queue.now,
      history,
      onPublished: () => queue.after(dice.between(5, 50), () => this.#wakeAll()),
    })
    const { faultRate } = planned
    this.#lines = ids.map(
      () => new ServerLine({ queue, dice: dice.fork(), server: this.server, history, faultRate }),
    )
    this.places = this.#lines.map((line, index) => {
      const id = ids[index] ?? ''
      return new TillInShop({ id, queue, line, history, onFault })
    })
  }

  play(event: ChainEvent, till: number): void {
    this.#history.count(event.kind)
    const line = this.#lines[till]
    switch (event.kind) {
      case 'chain-cut':
      case 'chain-other-server':
        if (line === undefined) return
        line.isCut = true
        this.#queue.after(event.ms, () => {
          line.isCut = false
          this.places[till]?.wake()
        })
        return
      case 'chain-disk-lost':
        this.server.loseDisk()
        this.#down(event.downMs)
        return
      case 'chain-killed':
        this.#down(event.downMs)
    }
  }

  /** All faults end. */
  mend(): void {
    this.server.isDown = false
    for (const line of this.#lines) Object.assign(line, { isPerfect: true, isCut: false })
    this.#wakeAll()
  }

  #down(ms: number): void {
    this.server.isDown = true
    this.#queue.after(ms, () => {
      this.server.isDown = false
      this.#wakeAll()
    })
  }

  #wakeAll(): void {
    for (const place of this.places) place.wake()
  }
}
