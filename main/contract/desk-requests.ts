import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'
import { RedemptionView } from './redemption-view.ts'
import { ReviewEntry } from './snapshot.ts'

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
] as const
/** Why a person's order about a redemption was not carried out. */
export const DeskFault = z.enum(deskFaults)
export type DeskFault = z.infer<typeof DeskFault>

const order = z.strictObject({
  useRequestNo: z.string().min(1).max(64),
  /** In the person's own words, for the audit row. */
  why: z.string().trim().min(1).max(200),
})
const done = outcome(RedemptionView, DeskFault)

/** How what waited for a person was ended; the audit row says it before the person's own words. */
export const resolutions = ['confirmed', 'loss'] as const

/** What a person orders about one redemption. Each is one transaction with an audit row that names him. */
export const deskRequests = {
  'redemption.giveBack': { input: order, output: done, needs: 'give-back' },
  'redemption.cancel': { input: order, output: done, needs: 'decide-review' },
  'redemption.sendAgain': { input: order, output: done, needs: 'decide-review' },
  'redemption.resolve': {
    input: order.extend({ how: z.enum(resolutions) }),
    output: done,
    needs: 'decide-review',
  },
  /** Gives the goods without an answer, against the offline policy. */
  'redemption.honour': { input: order, output: done, needs: 'honour-anyway' },
  /** Everything that waits for a person, dearest and oldest first. */
  'review.list': { input: nothing, output: z.array(ReviewEntry), needs: 'read-history' },
  'outbox.setPaused': {
    input: z.strictObject({ paused: z.boolean() }),
    output: z.null(),
    needs: 'pause-queue',
  },
} as const satisfies Record<string, RequestKind>
