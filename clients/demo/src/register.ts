import { NoReply, type Order, type Status, TillProblem } from '../../typescript/src/index.ts'
import type { TillClient } from '../../typescript/src/till-client.ts'
import { deductedOf, type Item, type Ledger, type Sale, totalOf, unreadIn } from './ledger.ts'

/** What the cashier is to know; words for it are in words.ts, or come from the till. */
export type Notice =
  | 'sum-changed'
  | 'sum-unknown'
  | 'no-till'
  | 'live'
  | 'failed'
  | { readonly title: string; readonly detail: string }

export interface RegisterView {
  readonly sale: Sale
  /** What the till said of it last; `null` before. */
  readonly order: Order | null
  readonly status: Status | null
  readonly isConnected: boolean
  readonly notice: Notice | null
}

type Till = Pick<
  TillClient,
  'openOrder' | 'readOrder' | 'addCoupon' | 'returnCoupon' | 'endOrder' | 'events'
>

interface RegisterParts {
  readonly till: Till
  readonly ledger: Ledger
  /** A new number for an order. */
  readonly orderId: () => string
  readonly onChange: () => void
  readonly onFault: (cause: unknown) => void
}

/**
 * A register that rings up one sale after another. It books nothing of what single replies say: whatever happens, it asks for
 * the order, and makes its ledger equal to that. Replies that arrive late or twice cannot harm it.
 */
export class Register {
  readonly #parts: RegisterParts
  #sale: Sale
  #order: Order | null = null
  #status: Status | null = null
  #isConnected = false
  #notice: Notice | null = null
  #working: Promise<void> | null = null
  #isDirty = false

  constructor(parts: RegisterParts) {
    this.#parts = parts
    const [last] = parts.ledger.sales
    const isOpen = last !== undefined && last.state !== 'paid' && last.state !== 'cancelled'
    this.#sale = isOpen ? last : parts.ledger.begin(parts.orderId())
  }

  view(): RegisterView {
    return {
      sale: this.#sale,
      order: this.#order,
      status: this.#status,
      isConnected: this.#isConnected,
      notice: this.#notice,
    }
  }

  /** Hears the till until `signal` ends it. Rejects where the till refuses this POS. */
  async listen(signal: AbortSignal): Promise<void> {
    for await (const event of this.#parts.till.events(signal)) {
      if (event.kind === 'status') this.#status = event.status
      if (event.kind === 'lost' || event.kind === 'connected')
        this.#isConnected = event.kind === 'connected'
      // The till may have been started again, and the order is not at its counter then.
      if (event.kind === 'connected') this.putAtTill()
      if (event.kind === 'order' || event.kind === 'connected') void this.settle()
      this.#parts.onChange()
    }
  }

  add(item: Item): void {
    const sale = this.#sale
    if (sale.state !== 'open') return
    const { ledger } = this.#parts
    this.#notice = null
    ledger.change(sale, { items: [...sale.items, item], revision: sale.revision + 1 })
    void this.settle()
  }

  /** Tells the till the order once more, so that a coupon scanned there belongs to it. */
  putAtTill(): void {
    const sale = this.#sale
    if (sale.state !== 'open' || sale.items.length === 0) return
    this.#parts.ledger.change(sale, { revision: sale.revision + 1 })
    void this.settle()
  }

  /** Asks the till for a code that this register's own scanner read. */
  scan(code: string): void {
    const { orderId, asks, state } = this.#sale
    if (state !== 'open') return
    this.#notice = null
    // Scanned again it is asked for again, by a new key: the till knows that it is the same coupon.
    const key = `${orderId}-code-${asks.length}-${crypto.randomUUID()}`
    this.#parts.ledger.ask(this.#sale, key, { code })
    void this.settle()
  }

  /** Takes in a coupon that was scanned at the till before the order was begun. */
  takeIn(no: string): void {
    if (this.#sale.state !== 'open') return
    this.#parts.ledger.ask(this.#sale, `${this.#sale.orderId}-offered-${no}`, { offered: no })
    void this.settle()
  }

  /** What the cashier read on the customer's phone, for a coupon whose sum the till does not know. */
  enter(no: string, fen: number): void {
    const sale = this.#sale
    if (sale.state !== 'open') return
    this.#notice = null
    this.#parts.ledger.change(sale, { entered: { ...sale.entered, [no]: fen } })
    void this.settle()
  }

  /**
   * Takes the money: `shownFen` is what the customer was told, and must still be right. `isWithoutTill`: also where the till
   * cannot be asked. What it gave meanwhile is found out later, and is then owed to the customer (`differenceOf`).
   */
  async pay(shownFen: number, isWithoutTill = false): Promise<void> {
    const sale = this.#sale
    if (sale.state !== 'open' || sale.items.length === 0) return
    this.#notice = null
    await this.settle()
    // Somebody else may have pressed meanwhile.
    if (sale.state !== 'open') return
    if (this.#notice !== null && !(isWithoutTill && this.#notice === 'no-till')) return
    if (totalOf(sale) - deductedOf(sale) !== shownFen) return this.#say('sum-changed')
    if (this.#order !== null && unreadIn(sale, this.#order).length > 0)
      return this.#say('sum-unknown')
    this.#parts.ledger.change(sale, { state: 'paying', takenFen: shownFen })
    await this.settle()
  }

  async cancel(): Promise<void> {
    if (this.#sale.state !== 'open') return
    this.#notice = null
    this.#parts.ledger.change(this.#sale, { state: 'cancelling' })
    await this.settle()
  }

  /** Begins the next sale. What is still to be settled of the last one goes on by itself. */
  next(): void {
    if (this.#sale.state === 'open') return
    this.#sale = this.#parts.ledger.begin(this.#parts.orderId())
    this.#order = null
    this.#notice = null
    this.#parts.onChange()
  }

  /** Brings every sale to where it should be, and the ledger to what the till says. One at a time. */
  settle(): Promise<void> {
    this.#isDirty = true
    this.#working ??= this.#work().finally(() => {
      this.#working = null
    })
    return this.#working
  }

  async #work(): Promise<void> {
    while (this.#isDirty) {
      this.#isDirty = false
      let isReached = true
      for (const sale of this.#parts.ledger.sales.toReversed())
        if (!sale.isSettled)
          await this.#bringOn(sale).catch((cause: unknown) => {
            isReached = false
            this.#fail(cause)
          })
      if (isReached && (this.#notice === 'no-till' || this.#notice === 'failed'))
        this.#notice = null
      this.#parts.onChange()
    }
  }

  async #bringOn(sale: Sale): Promise<void> {
    const { ledger, till } = this.#parts
    const { orderId, revision } = sale
    // Also where the money is taken: by a total that the till heard before, a coupon could fall below its threshold. Not once the
    // next customer is served, because it would put the order at the till's counter.
    const isCounted = sale.state === 'open' || (sale.state === 'paying' && sale === this.#sale)
    if (isCounted && sale.told !== revision) {
      const order = { orderId, totalFen: totalOf(sale), items: itemsOf(sale) }
      await till.openOrder(`${orderId}-total-${revision}`, order)
      ledger.change(sale, { told: revision })
    }
    if (revision === 0) return this.#endUntold(sale)
    // In a sale that is decided nothing new is redeemed. What was asked for, and perhaps happened, is in the order.
    if (sale.state === 'open') for (const ask of sale.asks) await this.#askFor(sale, ask)
    const order = await till.readOrder(orderId).catch((cause: unknown) => {
      if (sale.state !== 'open' && sale.told === 0 && isNotFound(cause)) return null
      throw cause
    })
    if (order === null) return this.#endUntold(sale)
    this.#take(sale, order)
    if (order.mode === 'live') return this.#say('live')
    if (sale.state === 'cancelling') await this.#giveBack(sale, order)
    if (sale.state === 'paying' || sale.state === 'cancelling') {
      this.#take(sale, await till.endOrder(orderId))
      ledger.change(sale, { state: sale.state === 'paying' ? 'paid' : 'cancelled' })
      // The next time around it is asked whether anything can still change.
      this.#isDirty = true
    } else if (sale.state !== 'open' && order.coupons.every(({ isFinal }) => isFinal))
      ledger.change(sale, { isSettled: true })
  }

  /** The till has never heard of it. */
  #endUntold(sale: Sale): void {
    if (sale.state === 'paying' || sale.state === 'cancelling')
      this.#parts.ledger.change(sale, {
        state: sale.state === 'paying' ? 'paid' : 'cancelled',
        isSettled: true,
      })
  }

  async #askFor(sale: Sale, ask: Sale['asks'][number]): Promise<void> {
    const { ledger, till } = this.#parts
    try {
      const { coupon } = await till.addCoupon(ask.key, sale.orderId, ask.coupon)
      if (coupon.no === null) this.#say({ title: coupon.title, detail: coupon.advice })
    } catch (cause) {
      if (!(cause instanceof TillProblem)) throw cause
      this.#say(cause.problem)
    }
    ledger.change(sale, { asks: sale.asks.filter(({ key }) => key !== ask.key) })
  }

  async #giveBack(sale: Sale, { coupons }: Order): Promise<void> {
    for (const { no, state } of coupons) {
      const isThere = state === 'pending' || state === 'redeemed' || state === 'review'
      if (no !== null && isThere)
        await this.#parts.till.returnCoupon(`${sale.orderId}-return-${no}`, sale.orderId, no)
    }
  }

  #take(sale: Sale, order: Order): void {
    if (order.mode === 'training') this.#parts.ledger.book(sale, order)
    if (sale === this.#sale) this.#order = order
  }

  #fail(cause: unknown): void {
    if (isNoTill(cause)) this.#say('no-till')
    else if (cause instanceof TillProblem) this.#say(cause.problem)
    else {
      this.#parts.onFault(cause)
      this.#say('failed')
    }
  }

  #say(notice: Notice): void {
    this.#notice = notice
    this.#parts.onChange()
  }
}

/** It is not there, or it cannot do anything now. */
function isNoTill(cause: unknown): boolean {
  if (!(cause instanceof TillProblem)) return cause instanceof NoReply
  return cause.problem.status === 429 || cause.problem.status === 503
}

function isNotFound(cause: unknown): boolean {
  return cause instanceof TillProblem && cause.problem.code === 'order-not-found'
}

function itemsOf({ items }: Sale) {
  return items.map(({ name, fen }) => ({ name, quantity: 1, totalFen: fen }))
}
