import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { RedemptionView, Resolution } from './redemption-view.ts'
import { ReviewAction, ReviewEntry } from './snapshot.ts'

export const deskFaults = [
  'not-found',
  'not-now',
  'may-have-been-sent',
  'stock-unknown',
  /** The discount was given for it. */
  'given-already',
  /** What is honoured and not decided would be more than the shop allows. */
  'over-limit',
  /** The till's records could not be written. */
  'not-saved',
  'nothing-given',
  'was-given',
  'no-query',
  'no-answer',
  'undecided-there',
] as const
/** Why a person's order about a redemption was not carried out. */
export const OrderFault = z.enum(deskFaults)
export type OrderFault = z.infer<typeof OrderFault>

const UseRequestNo = z.string().min(1).max(64)
/** In the person's own words, for the audit row. */
const Why = z.string().trim().min(1).max(200)
/** The batch that a return names, where the till does not know it or took it for a wrong one. */
const StockId = z.string().trim().min(1).max(20).nullable().default(null)
const order = z.strictObject({ useRequestNo: UseRequestNo, why: Why })
const done = outcome(RedemptionView, OrderFault)

/** Most entries that one decision may be about: what the review lists. */
export const mostAtOnce = 200

/** What a person orders about redemptions. Each order about one is one transaction with an audit row that names them. */
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
  /** Asks WeChat Pay who holds the coupon, and settles from the answer. Nobody decides anything by it. */
  'redemption.lookUp': {
    input: z.strictObject({ useRequestNo: UseRequestNo }),
    output: done,
    needs: 'redeem',
  },
  /** Gives the goods without an answer, against the offline policy. */
  'redemption.honour': { input: order, output: done, needs: 'honour-anyway' },
  /** Everything that waits for a person, dearest and oldest first. */
  'review.list': { input: nothing, output: z.array(ReviewEntry), needs: 'read-history' },
  /** One decision about several entries of the same kind, each with its own audit row. */
  'review.decideAll': {
    input: z.strictObject({
      useRequestNos: z.array(UseRequestNo).min(1).max(mostAtOnce),
      action: ReviewAction.exclude(['look-up']),
      why: Why,
      stockId: StockId,
    }),
    output: z.object({
      done: z.number().int().nonnegative(),
      failed: z.array(z.object({ useRequestNo: UseRequestNo, fault: OrderFault })),
    }),
    needs: 'decide-review',
  },
  /** Tries everything that waits at once. */
  'outbox.syncNow': { input: nothing, output: z.null(), needs: 'redeem' },
  'outbox.setPaused': {
    input: z.strictObject({ paused: z.boolean() }),
    output: z.null(),
    needs: 'pause-queue',
  },
} as const satisfies Record<string, RequestKind>
