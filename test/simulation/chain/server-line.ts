import type { Dice } from '../dice.ts'
import type { EventQueue } from '../event-queue.ts'
import type { History } from '../history.ts'
import type { ModelServer } from './model-server.ts'

/** After so long a call counts as not answered. */
const deadlineMs = 600

interface ServerLineParts {
  readonly queue: EventQueue
  readonly dice: Dice
  readonly server: ModelServer
  readonly history: History
  readonly faultRate: number
}

/** One till's line to its shop's server: what is sent may be lost, its answer eaten, or it lands long after the till gave up. */
export class ServerLine {
  isPerfect = false
  /** Cut by a pulled cable, or connected to a second server, which the till notices and does not use. */
  isCut = false
  readonly #parts: ServerLineParts

  constructor(parts: ServerLineParts) {
    this.#parts = parts
  }

  get isUp(): boolean {
    return !this.isCut && !this.#parts.server.isDown
  }

  /** Does something at the server. Resolves with its result, or with `null` when none came in time. */
  call<T>(work: (server: ModelServer) => T): Promise<T | null> {
    const { queue, dice, history, server, faultRate } = this.#parts
    const { promise, resolve } = Promise.withResolvers<T | null>()
    const there = dice.between(1, 15)
    const back = dice.between(1, 15)
    const fate =
      this.isPerfect || !dice.chance(faultRate) ? 'ok' : dice.pick(['lost', 'eaten', 'late'])
    history.count(`chain: ${this.isUp ? fate : 'no server'}`)
    // Whoever knows that there is no connection says so at once; a server that dies under way does not.
    queue.after(this.isUp ? deadlineMs : dice.pick([0, 0, deadlineMs]), () => resolve(null))
    if (!this.isUp || fate === 'lost') return promise
    const landsAfter = fate === 'late' ? dice.between(deadlineMs, dice.pick([2000, 30_000])) : there
    queue.after(landsAfter, () => {
      if (!this.isUp) return
      const result = work(server)
      if (fate === 'ok')
        queue.after(back, () => {
          if (this.isUp) resolve(result)
        })
    })
    return promise
  }
}
