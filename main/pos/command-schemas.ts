import { z } from 'zod'
import { languages } from '../contract/language.ts'
import {
  AddCoupon,
  Coupon,
  CouponNo,
  OpenOrder,
  Order,
  OrderId,
  Problem,
  Status,
} from './schemas.ts'

/** Visible ASCII. */
export const Key = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/)
  .describe(
    'As `Idempotency-Key`: new for each request, and the same when it is repeated. Without one, a coupon that is asked for again is `already-given`.',
  )

const language = z
  .enum(languages)
  .optional()
  .describe('Of the words in the reply. First `Accept-Language`, and in a file `zh-CN`.')

/**
 * One request in one JSON object, for a POS that starts a program or writes a file. It is carried out as the request of the
 * same fields.
 */
export const Command = z
  .discriminatedUnion('do', [
    OpenOrder.extend({ do: z.literal('order'), key: Key.optional(), language }),
    z.strictObject({
      do: z.literal('redeem'),
      orderId: OrderId,
      code: AddCoupon.options[0].shape.code.optional(),
      offered: AddCoupon.options[1].shape.offered.optional(),
      key: Key.optional(),
      language,
    }),
    z.strictObject({ do: z.literal('read'), orderId: OrderId, language }),
    z.strictObject({
      do: z.literal('return'),
      orderId: OrderId,
      no: CouponNo,
      key: Key.optional(),
      language,
    }),
    z.strictObject({ do: z.literal('end'), orderId: OrderId, language }),
    z.strictObject({ do: z.literal('status'), language }),
  ])
  .meta({
    id: 'Command',
    example: {
      do: 'redeem',
      orderId: '20261126-0042',
      code: '1201059453000000000042',
      key: 'A1-1',
    },
  })
export type Command = z.output<typeof Command>

/**
 * What a program that was started for a command exits with, so that a batch file can branch. 2 to 4: nothing is known of an
 * effect, or there was none.
 */
export const exitCodes = {
  done: 0,
  refused: 1,
  'not-understood': 2,
  'no-reply': 3,
  'not-paired': 4,
  'not-yet': 10,
  'do-not-give': 11,
  'already-given': 12,
  practice: 13,
  'sum-unknown': 14,
} as const

export const CommandReply = z
  .object({
    ok: z.boolean().describe('The request was carried out. It says nothing of a coupon.'),
    exitCode: z
      .int()
      .describe(
        '0: done; for `redeem`: deduct. 1: refused, no effect. 2: the request does not fit. 3: no reply; repeat it with its key, or read the order. ' +
          '4: not paired. Of `redeem`: 10 not yet, 11 do not give, 12 already given, 13 given in training (deduct nothing from a real sale), 14 given, ' +
          'and the sum is not known.',
      ),
    coupon: Coupon.optional(),
    order: Order.optional(),
    status: Status.optional(),
    problem: Problem.optional(),
  })
  .meta({ id: 'CommandReply' })
export type CommandReply = z.infer<typeof CommandReply>
