import { setTimeout } from 'node:timers/promises'
import type { CouponInOrder, Order } from '../../main/pos/schemas.ts'
import { NoReply, type PosLine } from './pos-lines.ts'

interface Sale {
  /** By which the POS asks for it. */
  readonly line: PosLine
  readonly orderId: string
  readonly code: string
}

const totalFen = 12_800

/**
 * A POS program with a ledger of its own, which does what docs/pos/README.md says. What it writes down survives its crash:
 * that a sale began, under which keys it asks, and what it has booked.
 */
export class PosProgram {
  /** What was deducted, by the number of the coupon, in fen. */
  readonly booked = new Map<string, number>()
  /** Whatever should not have happened. */
  readonly violations: string[] = []
  #keys = 0

  /** Opens the order and asks for its coupon, once. Rejects where the till does not answer, or the POS ends. */
  async ask({ line, orderId, code }: Sale): Promise<void> {
    await this.#open(line, orderId)
    this.#book(await line.redeem(orderId, code, `${orderId}-coupon`))
  }

  /** Finds out what happened, and goes on until the coupon is decided: by its key again, or by reading the order. */
  async recover({ line, orderId, code }: Sale, isByKey: boolean): Promise<Order> {
    await this.#persist(() => this.#open(line, orderId))
    if (isByKey)
      this.#book(await this.#persist(() => line.redeem(orderId, code, `${orderId}-coupon`)))
    for (;;) {
      const order = await this.#persist(() => line.read(orderId))
      const [coupon] = order.coupons
      if (coupon !== undefined) this.#book({ coupon, order })
      if (coupon?.isFinal === true && coupon.deductFen !== null) return order
      if (coupon?.instruction === 'give') {
        await setTimeout(20)
        continue
      }
      // Not asked for yet, or not decided: its customer is still here.
      const key =
        coupon === undefined ? `${orderId}-coupon` : `${orderId}-again-${(this.#keys += 1)}`
      await setTimeout(20)
      const { coupon: asked } = await this.#persist(() => line.redeem(orderId, code, key))
      if (asked.no === null && asked.isFinal) return order
    }
  }

  end({ line, orderId }: Sale): Promise<Order> {
    return this.#persist(() => line.end(orderId))
  }

  #open(line: PosLine, orderId: string): Promise<Order> {
    return line.order({ orderId, totalFen, outTradeNo: `POS-${orderId}` }, `${orderId}-open`)
  }

  #book({ coupon, order }: CouponInOrder): void {
    const { no, instruction, deductFen } = coupon
    if (instruction !== 'give' || no === null) return
    // The batch's first coupon: the till asks what it is worth, and the order is read once more.
    if (deductFen === null) return
    const before = this.booked.get(no)
    if (before !== undefined && before !== deductFen)
      this.violations.push(`${no}: ${before} fen, and then ${deductFen}`)
    if (order.payFen < 0) this.violations.push(`${order.orderId}: ${order.payFen} fen to pay`)
    this.booked.set(no, deductFen)
  }

  /** Asks until there is a reply. */
  async #persist<T>(request: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await request()
      } catch (cause) {
        if (!(cause instanceof NoReply) || tries > 500) throw cause
        await setTimeout(20)
      }
    }
  }
}
