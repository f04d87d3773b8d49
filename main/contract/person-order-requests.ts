import { z } from 'zod'
import { maxTotalFen } from './max-total.ts'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { RedemptionView, Resolution } from './redemption-view.ts'
import { Connection, ReviewAction, ReviewEntry } from './snapshot.ts'

export const orderFaults = [
  'not-found',
  'not-now',
  'may-have-been-sent',
  'stock-unknown',
  /** The discount was given for this coupon. */
  'given-already',
  /** The undecided honoured coupons would be worth more than the shop allows. */
  'over-limit',
  /** Another till of the shop has the coupon. */
  'at-other-till',
  /** The till's records could not be written. */
  'not-saved',
  'nothing-given',
  'was-given',
  'no-query',
  'no-answer',
  'undecided-there',
] as const
/** Why a person's order about a redemption was not carried out. */
export const OrderFault = z.object({ code: z.enum(orderFaults) })
export type OrderFault = z.infer<typeof OrderFault>

const UseRequestNo = z.string().min(1).max(64)
/** The reason in the person's own words, for the audit row. */
const Why = z.string().trim().min(1).max(200)
/** The batch for a return, where the till does not know it or has a wrong one. */
const StockId = z.string().trim().min(1).max(20).nullable().default(null)
/** What the person read off the coupon, in fen, where the till does not know what it takes off. */
const WorthFen = z.number().int().positive().max(maxTotalFen).nullable().default(null)
const order = z.strictObject({ useRequestNo: UseRequestNo, why: Why })
const done = outcome(RedemptionView, OrderFault)

/** One decision may be about so many entries at most, which is as many as the review lists. */
export const maxEntriesPerDecision = 200

/**
 * Requests by which a person decides about redemptions. Each is one transaction with an audit row that names the
 * person.
 */
export const personOrderRequests = {
  'redemption.return': {
    input: order.extend({ stockId: StockId }),
    output: done,
    needs: 'return',
  },
  'redemption.cancel': { input: order, output: done, needs: 'decide-review' },
  'redemption.sendAgain': { input: order, output: done, needs: 'decide-review' },
  'redemption.resolve': {
    input: order.extend({ how: Resolution }),
    output: done,
    needs: 'decide-review',
  },
  /** Queries the coupon at WeChat Pay and settles the redemption by the reply. This is no decision of a person. */
  'redemption.lookUp': {
    input: z.strictObject({ useRequestNo: UseRequestNo }),
    output: done,
    needs: 'redeem',
  },
  /** Gives the discount without a reply, against the offline policy. */
  'redemption.honour': {
    input: order.extend({ worthFen: WorthFen }),
    output: done,
    needs: 'honour-anyway',
  },
  /** Returns what waits for a person; the most valuable first, then the oldest. */
  'review.list': { input: nothing, output: z.array(ReviewEntry), needs: 'read-history' },
  /** One decision about several entries of the same kind, each with its own audit row. */
  'review.decideAll': {
    input: z.strictObject({
      useRequestNos: z.array(UseRequestNo).min(1).max(maxEntriesPerDecision),
      action: ReviewAction.exclude(['look-up']),
      why: Why,
      stockId: StockId,
      /** Of a loss that is booked. */
      worthFen: WorthFen,
    }),
    output: z.object({
      done: z.number().int().nonnegative(),
      failed: z.array(z.object({ useRequestNo: UseRequestNo, fault: OrderFault })),
    }),
    needs: 'decide-review',
  },
  /** Sends everything that waits in the queue now; with nothing waiting, asks whether WeChat Pay can be reached. */
  'outbox.syncNow': {
    input: nothing,
    /** What it began: `paused` is nothing, because a person has paused the queue. */
    output: z.object({
      began: z.enum(['sending', 'asking', 'paused']),
      /** How many coupons waited, and what was known of the line. */
      waiting: z.number().int().nonnegative(),
      connection: Connection,
    }),
    needs: 'redeem',
  },
  /** The person has read what became of the coupons that waited. */
  'outbox.settledRead': { input: nothing, output: z.null(), needs: 'redeem' },
  'outbox.setPaused': {
    input: z.strictObject({ paused: z.boolean() }),
    output: z.null(),
    needs: 'pause-queue',
    audited: ['paused'],
  },
} as const satisfies Record<string, RequestKind>
