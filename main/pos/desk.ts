import type { z } from 'zod'
import type { Language } from '../contract/language.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'
import type { PosClient, PosStore, StoredOrder } from '../redemption/pos-store.ts'
import type { Redemption } from '../redemption/redemption.ts'
import type { Till } from '../redemption/till.ts'
import type { Trade } from '../redemption/trade.ts'
import type { ProblemCode } from './problem-codes.ts'
import type { AddCoupon, Coupon, CouponInOrder, OpenOrder, Order, Status } from './schemas.ts'
import { applied, couponOf, refusedCoupon, withWordsOf } from './views.ts'
import { whenPriced } from './when-priced.ts'

/** The open till, as far as a POS reaches it. */
export interface PosTill {
  readonly till: Till
  readonly store: PosStore
  readonly mode: AppSnapshot['mode']
  readonly tillId: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Who asks, and in which language. */
export interface Asker {
  readonly client: Pick<PosClient, 'id' | 'name'>
  readonly language: Language
}

type Reply<T> = Result<T, ProblemCode>

/** Under what it is in the records. No member of the staff can be called that. */
export function nameOf(client: Pick<PosClient, 'name'>, cashier: string | null): string {
  return cashier === null ? `POS ${client.name}` : `POS ${client.name}: ${cashier}`
}

export function statusOf(open: PosTill, { client }: Asker): Status {
  const { connection, queue } = open.till.state()
  const current = open.store.lastOrder()
  return {
    mode: open.mode,
    tillId: open.tillId,
    connection: connection.state,
    waiting: queue.waiting,
    review: queue.review,
    orderId: current !== null && isAtCounter(open, current) ? current.orderId : null,
    pos: client.name,
  }
}

/** Begins the order, or takes its new total. */
export function openOrder(
  open: PosTill,
  asker: Asker,
  wanted: z.output<typeof OpenOrder>,
): Reply<Order> {
  const { store } = open
  const before = store.order(wanted.orderId)
  if (before === 'unreadable') return err('key-unreadable')
  if (before !== null && before.endedAt !== null) return err('order-ended')
  const { totalFen, cashier = null } = wanted
  const order = {
    orderId: wanted.orderId,
    totalFen,
    trade: tradeOf(wanted, before?.trade),
    cashier: cashier ?? before?.cashier ?? null,
    openedAt: before?.openedAt ?? open.now(),
    endedAt: null,
  }
  const orderNo = open.till.pos.open({
    orderNo: before?.orderNo ?? null,
    totalFen,
    trade: order.trade,
  })
  const stored = { ...order, orderNo }
  try {
    store.saveOrder(stored)
  } catch (cause) {
    // After a restart nobody would know whose order it is.
    open.till.pos.end(orderNo)
    throw cause
  }
  return ok(orderView(open, stored, asker.language))
}

export function readOrder(open: PosTill, asker: Asker, orderId: string): Reply<Order> {
  const found = find(open, orderId)
  return found.ok ? ok(orderView(open, found.value, asker.language)) : found
}

/** Ends the order. What was given stays given; what was not is the customer's, and goes back to them. */
export function endOrder(open: PosTill, asker: Asker, orderId: string): Reply<Order> {
  const found = find(open, orderId)
  if (!found.ok) return found
  const ended = { ...found.value, endedAt: found.value.endedAt ?? open.now() }
  open.store.saveOrder(ended)
  open.till.pos.end(ended.orderNo)
  return ok(orderView(open, ended, asker.language))
}

/** Presents a coupon at the counter for the order, or takes in one that was scanned before. */
export async function addCoupon(
  open: PosTill,
  asker: Asker,
  orderId: string,
  wanted: z.output<typeof AddCoupon>,
  /** The request was begun before, and how it ended is not known. */
  isRepeated: boolean,
): Promise<Reply<CouponInOrder>> {
  const found = find(open, orderId)
  if (!found.ok) return found
  const order = found.value
  const cashier = nameOf(asker.client, order.cashier)
  if ('code' in wanted)
    return scan(open, asker, order, { payload: wanted.code, cashier, isRepeated })
  const isTaken = ofOrder(open, order, wanted.offered) !== null
  if (isTaken) return inOrder(open, asker, order, wanted.offered, !isRepeated)
  if (order.endedAt !== null) return err('order-ended')
  putAtCounter(open, order)
  const claimed = open.till.pos.claim(wanted.offered, cashier)
  if (!claimed.ok) return err(claimed.error.code === 'not-saved' ? 'not-saved' : 'coupon-not-found')
  return inOrder(open, asker, order, claimed.value.useRequestNo, false)
}

async function scan(
  open: PosTill,
  asker: Asker,
  order: StoredOrder,
  of: { readonly payload: string; readonly cashier: string; readonly isRepeated: boolean },
): Promise<Reply<CouponInOrder>> {
  const { till } = open
  const { payload, cashier } = of
  const kind = till.pos.kindOf(payload)
  if (kind === 'payment-code') return err('payment-code')
  if (kind !== 'coupon') return err('not-a-coupon')
  const before = till.pos.recorded(payload, order.orderNo)
  // The request is repeated because its reply was lost, or the POS asks once more. A coupon that went back to its customer is
  // redeemed anew by a new request alone.
  const isDone = before !== null && (of.isRepeated ? isDecided(before) : isGivenStill(before))
  if (before !== null && (isDone || order.endedAt !== null))
    return inOrder(open, asker, order, before.useRequestNo, !of.isRepeated)
  if (order.endedAt !== null) return err('order-ended')
  putAtCounter(open, order)
  const source = 'scanned'
  const verdict = await till.redeem({ payload, source, cashier, totalFen: null, stockId: null })
  await whenPriced(till, () => {
    const given = till.pos.recorded(payload, order.orderNo)?.given
    return given == null || given.fen !== null
  })
  const recorded = till.pos.recorded(payload, order.orderNo)
  if (recorded !== null) {
    const said = inOrder(open, asker, order, recorded.useRequestNo, false)
    if (!said.ok || said.value.coupon.instruction === 'give') return said
    const coupon = withWordsOf(said.value.coupon, verdict, asker.language)
    return ok({ ...said.value, coupon })
  }
  const coupon = refusedCoupon(verdict, payload.trim().slice(-4), asker.language)
  return ok({ coupon, order: orderView(open, order, asker.language) })
}

/** Gives a coupon of an order back that the POS has not ended. Later, only a supervisor may do that, at the till. */
export function giveBack(
  open: PosTill,
  asker: Asker,
  orderId: string,
  no: string,
): Reply<CouponInOrder> {
  const found = find(open, orderId)
  if (!found.ok) return found
  const order = found.value
  const redemption = ofOrder(open, order, no)
  if (redemption === null) return err('coupon-not-found')
  if (isOver(redemption)) return inOrder(open, asker, order, no, false)
  if (order.endedAt !== null) return err('supervisor-needed')
  const by = nameOf(asker.client, order.cashier)
  const done =
    redemption.given === null
      ? open.till.keep(no, by)
      : open.till.returnCoupon(no, { by, why: `order ${order.orderId}`, stockId: null })
  if (!done.ok) return err(done.error.code === 'not-saved' ? 'not-saved' : 'not-now')
  open.till.pos.returned(done.value)
  return inOrder(open, asker, order, no, false)
}

/** The order as the POS reads it now. */
export function orderView(open: PosTill, order: StoredOrder, language: Language): Order {
  const parts = viewParts(open, language)
  const coupons = open.till.pos.couponsOf(order.orderNo).map((each) => couponOf(each, parts))
  const atCounter = isAtCounter(open, order)
  const offered = atCounter ? open.till.pos.offered().map((each) => couponOf(each, parts)) : []
  return {
    orderId: order.orderId,
    mode: open.mode,
    totalFen: order.totalFen,
    ...applied(coupons, order.totalFen),
    isEnded: order.endedAt !== null,
    isAtCounter: atCounter,
    offered,
  }
}

function inOrder(
  open: PosTill,
  asker: Asker,
  order: StoredOrder,
  no: string,
  /** The POS asked for it under another key before. */
  isAsked: boolean,
): Reply<CouponInOrder> {
  const view = orderView(open, order, asker.language)
  const coupon = view.coupons.find((each) => each.no === no)
  return coupon === undefined
    ? err('coupon-not-found')
    : ok({ coupon: isAsked ? askedBefore(coupon) : coupon, order: view })
}

function askedBefore(coupon: Coupon): Coupon {
  return coupon.instruction === 'give' ? { ...coupon, instruction: 'already-given' } : coupon
}

/** Another order may be there since, or none after a restart. */
function putAtCounter({ till }: PosTill, { orderNo, totalFen, trade }: StoredOrder): void {
  till.pos.open({ orderNo, totalFen, trade })
}

function isAtCounter({ till }: PosTill, { orderNo, endedAt }: StoredOrder): boolean {
  return endedAt === null && till.pos.current() === orderNo
}

function find({ store }: PosTill, orderId: string): Reply<StoredOrder> {
  const order = store.order(orderId)
  if (order === 'unreadable') return err('key-unreadable')
  return order === null ? err('order-not-found') : ok(order)
}

function ofOrder({ till }: PosTill, { orderNo }: StoredOrder, no: string): Redemption | null {
  return till.pos.couponsOf(orderNo).find(({ useRequestNo }) => useRequestNo === no) ?? null
}

function isGivenStill(redemption: Redemption): boolean {
  return redemption.given !== null && !isOver(redemption)
}

function isDecided(redemption: Redemption): boolean {
  return redemption.given !== null || isOver(redemption)
}

/** It is the customer's again, or on its way to them. */
function isOver({ state, released }: Redemption): boolean {
  return released !== null || !(state === 'pending' || state === 'redeemed' || state === 'review')
}

function viewParts({ till }: PosTill, language: Language) {
  return {
    language,
    stockOf: ({ useRequestNo }: Redemption) => till.show(useRequestNo)?.stock ?? null,
  }
}

/** What the POS leaves out stays as it told it before. */
function tradeOf(
  { outTradeNo, transactionId, mchId }: z.output<typeof OpenOrder>,
  before: Trade | undefined,
): Trade {
  return {
    outTradeNo: outTradeNo ?? before?.outTradeNo ?? null,
    transactionId: transactionId ?? before?.transactionId ?? null,
    mchId: mchId ?? before?.mchId ?? null,
  }
}
