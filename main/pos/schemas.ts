import { z } from 'zod'
import { maxTotalFen } from '../contract/max-total.ts'
import { maxPayloadLength } from '../contract/payload-length.ts'
import { reasons } from '../contract/reason.ts'
import { RedemptionState } from '../contract/redemption-view.ts'
import { Connection } from '../contract/snapshot.ts'
import { problemCodes } from './problem-codes.ts'

/*
 * What a POS and the till say to each other. The requests are checked by these schemas, and the document that a POS
 * program is written by is made of them (docs/pos/openapi.yaml; test/unit/pos/document.test.ts holds the two together).
 */

/** Epoch milliseconds. */
const Instant = z.int().min(0).describe('Milliseconds since 1970-01-01T00:00:00Z.')
const Fen = z.int().min(0).describe('Money in fen: 1 is CNY 0.01.')
/** Visible ASCII, so that it can stand in an address. */
export const OrderId = z
  .string()
  .regex(/^[0-9A-Za-z._~-]{1,64}$/)
  .describe("The POS's own number of the order.")
  .meta({ example: '20261126-0042' })
export const CouponNo = z
  .string()
  .regex(/^[0-9A-Za-z_-]{6,32}$/)
  .describe(
    "The coupon's number at this till and at WeChat Pay (`use_request_no`). Book what is deducted under it, once.",
  )
  .meta({ example: 'T01-20261126104512-7K2M9QXA' })

/**
 * No control characters: it is printed and shown. Its length is in the pattern, where it counts what JSON Schema counts, and
 * spaces around it count too.
 */
const Name = (max: number) =>
  z
    .string()
    .regex(new RegExp(`^[^\\p{Cc}\\p{Cf}]{1,${max}}$`, 'u'))
    .regex(/\S/)
    .trim()
/** The forms that WeChat Pay allows. */
const OutTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*@]{1,32}$/)
const TransactionId = z.string().regex(/^[0-9A-Za-z]{1,32}$/)
const MchId = z.string().regex(/^\d{1,32}$/)

export const PairRequest = z
  .strictObject({
    code: z
      .string()
      .regex(/^\d{6}$/)
      .describe('The six digits that the till shows for two minutes.'),
    name: Name(20).describe('What this POS is called in the settings and records of the till.'),
  })
  .meta({ id: 'PairRequest', example: { code: '483920', name: '收银台 1' } })

export const Paired = z
  .object({
    token: z
      .string()
      .describe('For `Authorization: Bearer …`. It is said once; the till keeps a digest alone.'),
    name: z.string(),
  })
  .meta({ id: 'Paired' })

export const OpenOrder = z
  .strictObject({
    orderId: OrderId,
    totalFen: z
      .int()
      .min(1)
      .max(maxTotalFen)
      .describe('What the order comes to before its coupons, in fen.'),
    cashier: Name(20).nullish().describe('Who stands at the POS. It is kept in the records.'),
    items: z
      .array(z.strictObject({ name: Name(100), quantity: z.number().positive(), totalFen: Fen }))
      .max(500)
      .nullish()
      .describe('What is sold. The till checks it and keeps nothing of it.'),
    outTradeNo: OutTradeNo.nullish().describe(
      'The merchant order number at WeChat Pay (`out_trade_no`). It is sent with each coupon that is redeemed from now on.',
    ),
    transactionId: TransactionId.nullish().describe("WeChat Pay's number of the payment."),
    mchId: MchId.nullish().describe('The merchant number under which the payment is made.'),
  })
  .meta({
    id: 'OpenOrder',
    example: {
      orderId: '20261126-0042',
      totalFen: 6800,
      cashier: '小陈',
      outTradeNo: 'POS20261126-0042',
    },
  })

export const AddCoupon = z
  .union([
    z.strictObject({
      code: z
        .string()
        .min(1)
        .max(maxPayloadLength)
        .describe(
          'What the scanner of the POS read. A payment code is refused, and nothing of it is kept.',
        ),
    }),
    z.strictObject({
      offered: CouponNo.describe(
        'One of `offered`, which was scanned before the order was opened.',
      ),
    }),
  ])
  .meta({ id: 'AddCoupon', example: { code: '1201059453000000000042' } })

export const Empty = z.strictObject({}).meta({ id: 'Empty', example: {} })

const Instruction = z
  .enum(['give', 'not-yet', 'do-not-give', 'already-given'])
  .describe(
    '`give`: deduct `deductFen`, once for this `no`. `not-yet`: deduct nothing; ask again, or hear of it. `do-not-give`: deduct nothing. ' +
      '`already-given`: it was deducted before under this `no`; deduct nothing more.',
  )

export const Coupon = z
  .object({
    no: CouponNo.nullable().describe(
      "The coupon's number. `null` where nothing was recorded for this order; then nothing is to be deducted.",
    ),
    codeTail: z.string().max(4).describe('The last characters of the code.'),
    batch: z.object({ id: z.string(), name: z.string() }).nullable(),
    instruction: Instruction,
    deductFen: Fen.nullable().describe(
      'What this coupon takes off the order, in all. 0 unless the discount is given. `null`: it is given, and the till does not know the sum: ' +
        'it is the first coupon of its batch. Read the order a moment later; if it stays so, the cashier reads it on the phone.',
    ),
    state: RedemptionState,
    reason: z.enum(reasons),
    title: z.string().describe('What happened, in the language asked for.'),
    advice: z.string().describe('What the cashier is to do, in the language asked for.'),
    isFinal: z
      .boolean()
      .describe(
        'Nothing but a request of the POS, or a person at the till, changes the instruction any more.',
      ),
    recordedAt: Instant.nullable(),
  })
  .meta({ id: 'Coupon' })
export type Coupon = z.infer<typeof Coupon>

const Mode = z
  .enum(['training', 'live'])
  .describe('In training no coupon is a real one, and nothing may be deducted for one.')

export const Order = z
  .object({
    orderId: OrderId,
    mode: Mode,
    totalFen: Fen,
    coupons: z.array(Coupon).describe('In the order in which they are applied.'),
    deductFen: Fen.describe(
      'What all coupons take off. It is never more than `totalFen`; a coupon whose sum the till does not know counts 0.',
    ),
    payFen: Fen.describe('What is left to pay; never below 0.'),
    isEnded: z.boolean().describe('The POS has ended it.'),
    isAtCounter: z.boolean().describe('A coupon that is scanned at the till now belongs to it.'),
    offered: z
      .array(Coupon)
      .describe(
        'Coupons that were scanned at the till before this order was opened. They may be of this customer: take one in with `offered`.',
      ),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof Order>

export const CouponInOrder = z
  .object({ coupon: Coupon, order: Order })
  .meta({ id: 'CouponInOrder' })
export type CouponInOrder = z.infer<typeof CouponInOrder>

export const Status = z
  .object({
    mode: Mode,
    tillId: z.string(),
    connection: Connection.shape.state,
    waiting: z.int().min(0).describe('Redemptions that wait to be sent.'),
    review: z.int().min(0).describe('Redemptions that wait for a person.'),
    orderId: OrderId.nullable().describe(
      'The order to which a coupon belongs that is scanned now; `null` for none.',
    ),
    pos: z.string().describe('What the till calls this POS.'),
  })
  .meta({ id: 'Status' })
export type Status = z.infer<typeof Status>

export const Problem = z
  .object({
    type: z.string().describe('`urn:hexiao-till:problem:` and the code.'),
    title: z.string().describe('What is wrong, in the language asked for.'),
    status: z.int(),
    detail: z.string().describe('What to do, in the language asked for.'),
    code: z.enum(problemCodes),
    fields: z.array(z.string()).optional().describe('The fields that do not fit.'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
