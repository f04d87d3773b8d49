import type { Language } from '../contract/language.ts'
import { type Asker, orderView, type PosTill, statusOf } from './desk.ts'

interface Hearer {
  readonly asker: Asker
  readonly send: (event: 'order' | 'status', data: string) => void
  readonly onEnd: () => void
  /** What it was sent last, by order, and of the status. */
  readonly sent: Map<string, string>
}

const mostOrders = 20
/** No order has this number. */
const statusPlace = ' status'

/** Sends orders and status to those who listen, each when it has changed. */
export class PosFeed {
  readonly #till: () => PosTill | null
  readonly #hearers = new Set<Hearer>()
  /** Orders that may still change, oldest first. */
  readonly #orders = new Set<string>()

  constructor(till: () => PosTill | null) {
    this.#till = till
  }

  get size(): number {
    return this.#hearers.size
  }

  /** From now on changes of this order are sent. */
  watch(orderId: string): void {
    this.#orders.delete(orderId)
    this.#orders.add(orderId)
    for (const oldest of this.#orders) {
      if (this.#orders.size <= mostOrders) break
      this.#orders.delete(oldest)
      for (const { sent } of this.#hearers) sent.delete(oldest)
    }
  }

  /** Returns a function that ends the listening. */
  hear(asker: Asker, send: Hearer['send'], onEnd: () => void): () => void {
    const hearer: Hearer = { asker, send, onEnd, sent: new Map() }
    this.#hearers.add(hearer)
    const last = this.#till()?.store.lastOrder() ?? null
    if (last !== null && last.endedAt === null) this.watch(last.orderId)
    this.#tell(hearer)
    return () => this.#hearers.delete(hearer)
  }

  /** Ends what this POS hears: it was revoked. */
  end(clientId: string): void {
    for (const hearer of this.#hearers)
      if (hearer.asker.client.id === clientId) {
        this.#hearers.delete(hearer)
        hearer.onEnd()
      }
  }

  /** Something has changed at the till. */
  changed(): void {
    for (const hearer of this.#hearers) this.#tell(hearer)
    this.#forgetDone()
  }

  /** Nothing changes any more of an order that was ended, and whose coupons are all decided. */
  #forgetDone(): void {
    const open = this.#till()
    if (open === null) return
    for (const orderId of this.#orders) {
      const order = open.store.order(orderId)
      if (order === null || order === 'unreadable' || order.endedAt === null) continue
      const { coupons } = orderView(open, order, 'en')
      if (!coupons.every(({ isFinal }) => isFinal)) continue
      this.#orders.delete(orderId)
      for (const { sent } of this.#hearers) sent.delete(orderId)
    }
  }

  #tell(hearer: Hearer): void {
    const open = this.#till()
    if (open === null) return
    for (const orderId of this.#orders) {
      const order = open.store.order(orderId)
      if (order === null || order === 'unreadable') continue
      this.#send(hearer, 'order', orderId, orderView(open, order, languageOf(hearer)))
    }
    this.#send(hearer, 'status', statusPlace, statusOf(open, hearer.asker))
  }

  #send(hearer: Hearer, event: 'order' | 'status', place: string, value: object): void {
    const data = JSON.stringify(value)
    if (hearer.sent.get(place) === data) return
    hearer.sent.set(place, data)
    hearer.send(event, data)
  }
}

function languageOf({ asker }: Hearer): Language {
  return asker.language
}
