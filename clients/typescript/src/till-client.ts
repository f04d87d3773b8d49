import {
  addCoupon,
  type AddCoupon,
  type CouponInOrder,
  endOrder,
  type OpenOrder,
  openOrder,
  type Order,
  pair,
  type Paired,
  type PairRequest,
  type Problem,
  readOrder,
  returnCoupon,
  type Status,
  status,
} from './generated.ts'
import { hear, type TillEvent } from './hear.ts'
import { NoReply, type TillConnection } from './send.ts'
import { TillProblem } from './till-problem.ts'
import { wait } from './wait.ts'

export interface TillClientOptions {
  /** Default: `http://127.0.0.1:9740`. */
  readonly origin?: string
  readonly token?: string | null
  readonly language?: 'zh-CN' | 'en'
  /** How long a request is repeated while there is no reply, in milliseconds. Default: a minute. */
  readonly patienceMs?: number
  /** How long one try may take, in milliseconds. Default: 40 seconds. */
  readonly tryMs?: number
  /** Between two tries, in milliseconds. Default: a second. */
  readonly pauseMs?: number
  /** Ends whatever is under way, such as when the POS closes. */
  readonly signal?: AbortSignal
}

type Reply<T> =
  | { readonly status: 200; readonly data: T }
  | { readonly status: number; readonly data: Problem }

/**
 * Asks a till. Each request is repeated, the same bytes under the same key, while there is no reply. Rejects with
 * `TillProblem` for what the till refuses, which had no effect, and with `NoReply` when the patience is over: then nobody
 * knows what happened, and `readOrder` tells once the till is there again.
 *
 * The keys are yours: write each down before you ask, so that after a crash you can ask again under it.
 */
export class TillClient {
  readonly #till: TillConnection
  readonly #patienceMs: number
  readonly #pauseMs: number

  constructor(options: TillClientOptions = {}) {
    const { origin, token = null, language = 'zh-CN', tryMs = 40_000, signal } = options
    this.#till = {
      origin: origin ?? 'http://127.0.0.1:9740',
      token,
      language,
      tryMs,
      ...(signal && { signal }),
    }
    this.#patienceMs = options.patienceMs ?? 60_000
    this.#pauseMs = options.pauseMs ?? 1000
  }

  /** Exchanges the six digits on the till's screen for a token. It is asked once: the digits are good for one pairing. */
  async pair(request: PairRequest): Promise<Paired> {
    return valueOf<Paired>(await pair(request, {}, { till: this.#till }))
  }

  status(): Promise<Status> {
    return this.#persist<Status>(() => status({}, { till: this.#till }))
  }

  /** Opens the order, or tells its new total. */
  openOrder(key: string, order: OpenOrder): Promise<Order> {
    const headers = { 'Idempotency-Key': key }
    return this.#persist<Order>(() => openOrder(order, headers, { till: this.#till }))
  }

  readOrder(orderId: string): Promise<Order> {
    return this.#persist<Order>(() => readOrder(orderId, {}, { till: this.#till }))
  }

  /** Redeems a code that the POS scanned, or takes in a coupon that was scanned before the order was opened. */
  addCoupon(key: string, orderId: string, coupon: AddCoupon): Promise<CouponInOrder> {
    const headers = { 'Idempotency-Key': key }
    return this.#persist<CouponInOrder>(() =>
      addCoupon(orderId, coupon, headers, { till: this.#till }),
    )
  }

  /** Gives a coupon of an order back that is not ended. */
  returnCoupon(key: string, orderId: string, no: string): Promise<CouponInOrder> {
    const headers = { 'Idempotency-Key': key }
    return this.#persist<CouponInOrder>(() =>
      returnCoupon(orderId, no, headers, {}, { till: this.#till }),
    )
  }

  /** Ends the order: paid, or cancelled. */
  endOrder(orderId: string): Promise<Order> {
    return this.#persist<Order>(() => endOrder(orderId, {}, { till: this.#till }))
  }

  /** Every change at the till, until `signal` ends it. See `TillEvent`. */
  events(signal: AbortSignal): AsyncGenerator<TillEvent, void, undefined> {
    return hear(this.#till, signal)
  }

  async #persist<T>(ask: () => Promise<Reply<T>>): Promise<T> {
    const until = performance.now() + this.#patienceMs
    for (;;) {
      const reply = await ask().catch((cause: unknown) => {
        if (cause instanceof NoReply) return cause
        throw cause
      })
      const isOver =
        performance.now() + this.#pauseMs > until || this.#till.signal?.aborted === true
      if (reply instanceof NoReply) {
        if (isOver) throw reply
      } else if ((reply.status !== 429 && reply.status !== 503) || isOver) return valueOf(reply)
      await wait(this.#pauseMs, this.#till.signal)
    }
  }
}

function valueOf<T>(reply: Reply<T>): T {
  if (isDone(reply)) return reply.data
  throw new TillProblem(reply.data)
}

function isDone<T>(reply: Reply<T>): reply is { readonly status: 200; readonly data: T } {
  return reply.status === 200
}
