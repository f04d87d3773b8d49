import type { AuditEntry } from './audit-entry.ts'
import type { AuditTrail, Clocks, Random, Scheduler } from './ports.ts'
import type { Trade } from './trade.ts'
import { createRequestNumber } from './use-request.ts'

/** One customer at the counter: whatever is presented between one "next customer" and the next. */
export interface Order {
  readonly orderNo: string
  /** In fen; `null` until a total is typed. */
  totalFen: number | null
  /** Set where a POS opened the order; `null` where the till did. */
  trade: Trade | null
  /** What coupons took off it that the counter does not show any more, in fen. */
  deductedBefore: number
}

/** After this time without a scan or a total, the next scan belongs to another customer. */
export const orderRestMs = 120_000
/** The same for an order of a POS, which says itself when it ends: for a POS that was switched off in the middle. */
export const posOrderRestMs = 1_800_000

/**
 * The order at the counter. It ends by "next customer", by another order, or when nothing happens in it for two minutes;
 * one of a POS, for half an hour.
 */
export class Orders {
  readonly #parts: OrdersParts
  #current: Order | null = null
  #cancelRest: () => void = () => undefined
  /** When something last happened in the order, by `elapsed`. */
  #lastAt = 0

  constructor(parts: OrdersParts) {
    this.#parts = parts
  }

  get current(): Order | null {
    // The timer may be late, and must not give anybody another customer's total.
    const age = this.#parts.clocks.elapsed() - this.#lastAt
    if (age > this.#restMs) this.#rest()
    return this.#current
  }

  /** Returns the order at the counter, or a new one. */
  currentOrNew(): Order {
    return this.current ?? this.open(null)
  }

  /** Ends the order at the counter and begins a new one. */
  open(totalFen: number | null, of: Partial<Omit<Order, 'totalFen'>> = {}): Order {
    this.end()
    const { tillId, clocks, random } = this.#parts
    const orderNo = of.orderNo ?? createRequestNumber(tillId, clocks.now, random)
    const { trade = null, deductedBefore = 0 } = of
    return this.resume({ orderNo, totalFen, trade, deductedBefore })
  }

  /** Goes on with an order. `restedMs`: nothing has happened in it for this long. */
  resume(order: Order, restedMs = 0): Order {
    this.#current = order
    this.touch(restedMs)
    return order
  }

  /** Something happened in the order: it ends later. */
  touch(restedMs = 0): void {
    this.#lastAt = this.#parts.clocks.elapsed() - restedMs
    this.#cancelRest()
    this.#cancelRest = this.#parts.scheduler.after(this.#restMs - restedMs, () => this.#rest())
  }

  get #restMs(): number {
    return this.#current?.trade == null ? orderRestMs : posOrderRestMs
  }

  #rest(): void {
    const rested = this.#current
    if (rested === null) return
    this.end()
    this.note('order-rested', rested.orderNo)
  }

  /** Writes that the order is over, so that a restart does not use its total again. */
  note(event: 'order-ended' | 'order-rested', orderNo: string): void {
    this.#write({ event, evidence: { orderNo } })
  }

  /** Sets the total of the order at the counter, and writes it for a restart. */
  setTotal(order: Order, totalFen: number | null): void {
    order.totalFen = totalFen
    this.touch()
    this.#write({ event: 'order-total', evidence: { orderNo: order.orderNo, totalFen } })
  }

  #write(entry: Omit<AuditEntry, 'at'>): void {
    const { audit, clocks, onFault } = this.#parts
    const written = audit.note('', { at: clocks.now(), ...entry })
    if (!written.ok) onFault(written.error.cause)
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
