import { z } from 'zod'
import { Misread, Verdict } from './counter.ts'
import { OrderFault } from './person-order-requests.ts'
import { RedemptionView, ScanSource } from './redemption-view.ts'
import { maxTotalFen } from './max-total.ts'
import { maxPayloadLength } from './payload-length.ts'
import { nothing, outcome, type RequestKind } from './requests.ts'

const coupon = z.strictObject({ useRequestNo: z.string().min(1).max(64) })
const done = outcome(RedemptionView, OrderFault)
const needs = 'redeem'

/** Requests for what a cashier does at the counter. */
export const counterRequests = {
  /** Redeems what was scanned, typed or pasted, and returns what the cashier is to do. */
  'counter.redeem': {
    input: z.strictObject({
      payload: z.string().min(1).max(maxPayloadLength),
      source: ScanSource,
    }),
    output: Verdict,
    needs,
  },
  /** Whether the page shows the counter: what comes while another screen is in front is told to nobody. */
  'counter.setInFront': {
    input: z.strictObject({ isInFront: z.boolean() }),
    output: z.null(),
    needs: null,
  },
  /** Keys began to come: WeChat Pay's line is made ready for what they may turn out to be. */
  'counter.expectScan': { input: nothing, output: z.null(), needs },
  /** Reports a scan from which no code could be read. */
  'counter.misread': { input: z.strictObject({ misread: Misread }), output: z.null(), needs },
  /** Sets the total of the current order, in fen; `null` removes it. */
  'counter.setTotal': {
    input: z.strictObject({ totalFen: z.number().int().positive().max(maxTotalFen).nullable() }),
    output: z.null(),
    needs,
  },
  /** Puts the discount that is shown into the clipboard, where the shop's settings allow that. */
  'counter.copyDiscount': { input: nothing, output: z.null(), needs },
  /** Ends the order, so that its total and verdicts do not affect the next customer. */
  'counter.nextCustomer': { input: nothing, output: z.null(), needs },
  /** Lets the customer keep a coupon that WeChat Pay has not replied to and that was not honoured. */
  'counter.keep': { input: coupon, output: done, needs },
  /** Records that the discount is given now, for a coupon that was redeemed without it. */
  'counter.give': { input: coupon, output: done, needs },
  /**
   * Returns a redeemed coupon whose discount was not given. If it was given, `redemption.return` does so, for a
   * supervisor.
   */
  'counter.return': { input: coupon, output: done, needs },
  /** Chooses the batch of a merchant's own code that fits several batches; the choice is remembered. */
  'counter.chooseStock': {
    input: z.strictObject({
      presentationNo: z.string().min(1).max(64),
      stockId: z.string().min(1).max(20),
    }),
    output: z.null(),
    needs,
  },
} as const satisfies Record<string, RequestKind>
