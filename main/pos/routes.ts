import type { z } from 'zod'
import type { ProblemCode } from './problem-codes.ts'
import { Command, CommandReply } from './command-schemas.ts'
import {
  AddCoupon,
  CouponInOrder,
  Empty,
  OpenOrder,
  Order,
  Paired,
  PairRequest,
  Status,
} from './schemas.ts'

export interface Route {
  readonly method: 'get' | 'post' | 'delete'
  /** In braces: what is part of the address. */
  readonly path: string
  readonly summary: string
  readonly description: string
  /** `null`: the request has none. */
  readonly body: z.ZodType | null
  /** `null`: a stream of events. */
  readonly reply: z.ZodType | null
  /** It has an effect, and so an `Idempotency-Key`. */
  readonly isKeyed: boolean
  /** Anybody may ask, and not only a POS that was paired. */
  readonly isOpen: boolean
  /** Those that it has beside what every request may meet. */
  readonly problems: readonly ProblemCode[]
}

/** What a POS can ask. Server and document are made of this list. */
export const routes = {
  pair: {
    method: 'post',
    path: '/v1/pairings',
    summary: 'Pair this POS with the till',
    description:
      'Exchanges the six digits that the till shows (Settings, POS) for a token. After five wrong guesses the code is no longer good. A POS ' +
      'that is paired again under its name takes the place of the one before.',
    body: PairRequest,
    reply: Paired,
    isKeyed: false,
    isOpen: true,
    problems: ['wrong-code'],
  },
  openOrder: {
    method: 'post',
    path: '/v1/orders',
    summary: 'Open an order, or tell its new total',
    description:
      "The order is then the one at the till's counter: a coupon that is scanned there belongs to it, until the POS ends it, opens another, or " +
      'nothing happens in it for half an hour. Whatever ended it but the POS, this request, or a coupon of it, puts it there again.',
    body: OpenOrder,
    reply: Order,
    isKeyed: true,
    isOpen: false,
    problems: ['order-ended'],
  },
  readOrder: {
    method: 'get',
    path: '/v1/orders/{orderId}',
    summary: 'Read an order with all its coupons',
    description:
      'What is true now, also after a crash of either side: what to deduct is the sum of `deductFen`, each booked once under its `no`.',
    body: null,
    reply: Order,
    isKeyed: false,
    isOpen: false,
    problems: ['order-not-found'],
  },
  endOrder: {
    method: 'delete',
    path: '/v1/orders/{orderId}',
    summary: 'End an order',
    description:
      'Paid or cancelled: its coupons stay as they are, and one that is not decided yet goes back to its customer. Return the coupons of a ' +
      'cancelled order before you end it. The order can be read afterwards, and not opened again.',
    body: null,
    reply: Order,
    isKeyed: false,
    isOpen: false,
    problems: ['order-not-found'],
  },
  addCoupon: {
    method: 'post',
    path: '/v1/orders/{orderId}/coupons',
    summary: 'Redeem a coupon that the POS scanned',
    description:
      'The same as a scan at the till, and answered when its verdict is on the screen there: after the reply of WeChat Pay, or when the patience ' +
      'of the settings has passed. `not-yet` is not an error: read the order, or hear its events.',
    body: AddCoupon,
    reply: CouponInOrder,
    isKeyed: true,
    isOpen: false,
    problems: [
      'order-not-found',
      'order-ended',
      'coupon-not-found',
      'payment-code',
      'not-a-coupon',
    ],
  },
  returnCoupon: {
    method: 'post',
    path: '/v1/orders/{orderId}/coupons/{no}/return',
    summary: 'Give a coupon back, because the order is cancelled',
    description:
      'For an order that is not ended: its discount was not taken. Later, a supervisor returns the coupon at the till. Asked again, nothing ' +
      'more happens.',
    body: Empty,
    reply: CouponInOrder,
    isKeyed: true,
    isOpen: false,
    problems: ['order-not-found', 'coupon-not-found', 'supervisor-needed', 'not-now'],
  },
  command: {
    method: 'post',
    path: '/v1/commands',
    summary: 'Carry out one request that is one JSON object',
    description:
      'For a POS that starts `hexiao-till pos` or writes files. The request that it stands for is carried out, under its own key; a problem of that one ' +
      'is in the reply.',
    body: Command,
    reply: CommandReply,
    isKeyed: false,
    isOpen: false,
    problems: [],
  },
  status: {
    method: 'get',
    path: '/v1/status',
    summary: 'Read the state of the till',
    description:
      'Whether it trains or redeems real coupons, whether WeChat Pay can be reached, and what waits.',
    body: null,
    reply: Status,
    isKeyed: false,
    isOpen: false,
    problems: [],
  },
  events: {
    method: 'get',
    path: '/v1/events',
    summary: 'Hear every change',
    description:
      'Server-Sent Events. `order`: an Order, when anything of it has changed; `status`: a Status. The order at the counter and the status are ' +
      'sent at once. Nothing is repeated after a break: read the order.',
    body: null,
    reply: null,
    isKeyed: false,
    isOpen: false,
    problems: [],
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof routes
