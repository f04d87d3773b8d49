import { z } from 'zod'
import { Misread, Verdict } from './counter.ts'
import { OrderFault } from './person-order-requests.ts'
import { RedemptionView, ScanSource } from './redemption-view.ts'
import { nothing, outcome, type RequestKind } from './requests.ts'

/** Longest payload the scanner passes on; the domain decides what it is. */
export const maxPayloadLength = 256

/** Largest order total that a till takes, in fen: a slip of the finger is noticed before it counts. */
export const maxTotalFen = 1_000_000_00

const coupon = z.strictObject({ useRequestNo: z.string().min(1).max(64) })
const done = outcome(RedemptionView, OrderFault)
const needs = 'redeem'

/** What a cashier does at the counter. */
export const counterRequests = {
  /** What a scan or a hand has brought. */
  'counter.redeem': {
    input: z.strictObject({
      payload: z.string().min(1).max(maxPayloadLength),
      source: ScanSource,
    }),
    output: Verdict,
    needs,
  },
  /** A burst of keys that was a scan and gave no code. */
  'counter.misread': { input: z.strictObject({ misread: Misread }), output: z.null(), needs },
  /** The total of the order at hand, in fen; `null` takes it back. */
  'counter.setTotal': {
    input: z.strictObject({ totalFen: z.number().int().positive().max(maxTotalFen).nullable() }),
    output: z.null(),
    needs,
  },
  /** Ends the order: its total and its verdicts do not reach whoever comes next. */
  'counter.nextCustomer': { input: nothing, output: z.null(), needs },
  /** A scan went to another screen: nothing at the counter is news any more. */
  'counter.lookAway': { input: nothing, output: z.null(), needs },
  /** The customer keeps a coupon that was not answered for and not honoured. */
  'counter.keep': { input: coupon, output: done, needs },
  /** The discount is given now for a coupon that was redeemed and not given. */
  'counter.give': { input: coupon, output: done, needs },
  /** Returns a coupon that was redeemed and not given. One that was given needs a supervisor (`redemption.return`). */
  'counter.return': { input: coupon, output: done, needs },
  /** The batch of a merchant's own code that fits several; the choice is remembered. */
  'counter.chooseStock': {
    input: z.strictObject({
      presentationNo: z.string().min(1).max(64),
      stockId: z.string().min(1).max(20),
    }),
    output: z.null(),
    needs,
  },
} as const satisfies Record<string, RequestKind>
