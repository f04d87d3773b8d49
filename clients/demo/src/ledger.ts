import { z } from 'zod'
import type { AddCoupon, Order } from '../../typescript/src/index.ts'

const Item = z.object({ name: z.string(), fen: z.int().positive() })
export type Item = z.infer<typeof Item>

/** A coupon that the till is asked for. It is written down before, so that after a crash it is asked under the same key. */
const Ask = z.object({
  key: z.string(),
  coupon: z.union([z.object({ code: z.string() }), z.object({ offered: z.string() })]),
})

const Sale = z.object({
  orderId: z.string(),
  items: z.array(Item),
  /** `paying` and `cancelling`: decided here, and the till has not been told everything yet. */
  state: z.enum(['open', 'paying', 'paid', 'cancelling', 'cancelled']),
  /** Grows whenever the till is to hear the total; part of the key. `told`: the last that it has heard. */
  revision: z.int(),
  told: z.int(),
  asks: z.array(Ask),
  /** What coupons took off, in fen, by their numbers. It is what the till said last, as a whole. */
  booked: z.record(z.string(), z.int()),
  /** What the cashier read on the phone where the till does not know the sum, in fen, by the coupon's number. */
  entered: z.record(z.string(), z.int().min(0)),
  /** What the customer paid; `null` before. */
  takenFen: z.int().nullable(),
  /** Nothing about it changes any more. */
  isSettled: z.boolean(),
})
export type Sale = z.infer<typeof Sale>

const Kept = z.object({
  /** Where the till is, and the token of the pairing. */
  till: z.object({ origin: z.string(), token: z.string() }).nullable(),
  /** Newest first; the first one is at the register. */
  sales: z.array(Sale),
})
export type Kept = z.infer<typeof Kept>

const place = 'hexiao-till-demonstration-pos'
const mostSales = 50

/** The register's own books. Everything is written before anybody is asked or told. */
export class Ledger {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly #kept: Kept

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage
    const text = storage.getItem(place)
    // What cannot be read is not overwritten: its sales may be open at the till.
    this.#kept = text === null ? { till: null, sales: [] } : Kept.parse(JSON.parse(text))
  }

  get till(): Kept['till'] {
    return this.#kept.till
  }

  get sales(): readonly Sale[] {
    return this.#kept.sales
  }

  pairWith(till: Kept['till']): void {
    this.#kept.till = till
    this.#write()
  }

  begin(orderId: string): Sale {
    const sale: Sale = {
      orderId,
      items: [],
      state: 'open',
      revision: 0,
      told: 0,
      asks: [],
      booked: {},
      entered: {},
      takenFen: null,
      isSettled: false,
    }
    const older = this.#kept.sales.filter((each, at) => at < mostSales || !each.isSettled)
    this.#kept.sales = [sale, ...older]
    this.#write()
    return sale
  }

  /** Changes a sale and writes it. */
  change(sale: Sale, part: Partial<Sale>): void {
    Object.assign(sale, part)
    this.#write()
  }

  ask(sale: Sale, key: string, coupon: AddCoupon): void {
    this.change(sale, { asks: [...sale.asks, { key, coupon }] })
  }

  /** Makes the books equal to what the till says of the order. */
  book(sale: Sale, order: Order): void {
    // What is entered takes off no more than is left, as with every other coupon.
    let left = order.payFen
    const sums = order.coupons.flatMap(({ no, deductFen }) => {
      if (no === null) return []
      const fen = deductFen ?? Math.min(sale.entered[no] ?? 0, left)
      if (deductFen === null) left -= fen
      return fen === 0 ? [] : [[no, fen] as const]
    })
    this.change(sale, { booked: Object.fromEntries(sums) })
  }

  #write(): void {
    this.#storage.setItem(place, JSON.stringify(this.#kept))
  }
}

/** The coupons whose sum somebody still has to read on the phone. */
export function unreadIn({ entered }: Sale, order: Order): Order['coupons'] {
  return order.coupons.filter(
    ({ no, deductFen }) => no !== null && deductFen === null && entered[no] === undefined,
  )
}

export function totalOf({ items }: Sale): number {
  return items.reduce((sum, { fen }) => sum + fen, 0)
}

export function deductedOf({ booked }: Sale): number {
  return Object.values(booked).reduce((sum, fen) => sum + fen, 0)
}

/** What the customer is owed (above 0) or owes (below 0), because something changed after they had paid. */
export function differenceOf(sale: Sale): number {
  return sale.takenFen === null ? 0 : sale.takenFen - (totalOf(sale) - deductedOf(sale))
}
