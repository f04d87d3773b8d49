import type { AuditTrail, Clocks, Random, Scheduler } from './ports.ts'
import { createRequestNumber } from './use-request.ts'

/** One customer at the counter: whatever is presented between one "next customer" and the next. */
export interface Order {
  readonly orderNo: string
  /** In fen; `null` while nobody typed one. */
  totalFen: number | null
}

/** Nobody stands at a counter for longer without a word: the next scan is another customer's. */
export const orderRestMs = 120_000

/** Whose turn it is. An order ends by "next customer", by another order, or after two minutes without a word. */
export class Orders {
  readonly #parts: OrdersParts
  #current: Order | null = null
  #cancelRest: () => void = () => undefined
  /** By `elapsed`. */
  #lastAt = 0

  constructor(parts: OrdersParts) {
    this.#parts = parts
  }

  get current(): Order | null {
    // Not by the timer alone: one that is late must give nobody another customer's total.
    const age = this.#parts.clocks.elapsed() - this.#lastAt
    if (age > orderRestMs) this.#rest()
    return this.#current
  }

  /** The order at hand, or a new one. */
  currentOrNew(): Order {
    return this.current ?? this.open(null)
  }

  /** Ends the one at hand. */
  open(totalFen: number | null): Order {
    this.end()
    const { tillId, clocks, random } = this.#parts
    return this.resume({ orderNo: createRequestNumber(tillId, clocks.now, random), totalFen })
  }

  /** `restedMs`: it rests for so long already. */
  resume(order: Order, restedMs = 0): Order {
    this.#current = order
    this.touch(restedMs)
    return order
  }

  /** Somebody did something for this customer. */
  touch(restedMs = 0): void {
    this.#lastAt = this.#parts.clocks.elapsed() - restedMs
    this.#cancelRest()
    this.#cancelRest = this.#parts.scheduler.after(orderRestMs - restedMs, () => this.#rest())
  }

  #rest(): void {
    const rested = this.#current
    if (rested === null) return
    this.end()
    this.note('order-rested', rested.orderNo)
  }

  /** Written down, so that a restart gives its total to nobody. */
  note(event: 'order-ended' | 'order-rested', orderNo: string): void {
    const { audit, clocks, onFault } = this.#parts
    const noted = audit.note('', { at: clocks.now(), event, evidence: { orderNo } })
    if (!noted.ok) onFault(noted.error.cause)
  }

  stop(): void {
    this.#cancelRest()
  }

  end(): void {
    this.#cancelRest()
    if (this.#current === null) return
    this.#current = null
    this.#parts.onEnded()
  }
}

interface OrdersParts {
  readonly tillId: string
  /** An order lasts by `elapsed`: the first reply may set `now` right in the middle of it. */
  readonly clocks: Clocks
  readonly random: Random
  readonly scheduler: Scheduler
  readonly onEnded: () => void
  readonly audit: Pick<AuditTrail, 'note'>
  readonly onFault: (cause: unknown) => void
}
