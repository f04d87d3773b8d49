import { z } from 'zod'
import { nothing, outcome, type RequestKind } from './requests.ts'

/** Far above any queue; a file that is larger is none of ours. */
export const largestHandOverBytes = 200 * 2 ** 20

export const handOverFaults = [
  'no-hand-over',
  'wrong-password',
  /** A later version of this program wrote it. */
  'newer-version',
  /** It opens, and what is in it is not what a till writes. */
  'unreadable',
  /** Its requests are another merchant's, or practice. */
  'other-merchant',
  'busy',
  'nothing-open',
  /** The file could not be read: the stick is gone, say. */
  'not-read',
  /** The file could not be written; what was sealed is kept here and can be written elsewhere. */
  'not-written',
  'nothing-kept',
] as const
export const HandOverFault = z.enum(handOverFaults)
export type HandOverFault = z.infer<typeof HandOverFault>

const Count = z.int().nonnegative()

/** What became of the entries of a file, counted. */
export const TakenOver = z.object({
  /** They go on here by themselves. */
  taken: Count,
  /** Here already, or decided or handed on since: nothing changed. */
  known: Count,
  /** Their coupons were redeemed or returned here under another number, and nothing hangs on them: ended, never sent. */
  closed: Count,
  /** They wait for a person here. */
  review: Count,
})
export type TakenOver = z.infer<typeof TakenOver>

/** An export of before, that can be written again. */
export const ExportedHandOver = z.object({
  id: z.int(),
  /** Epoch milliseconds. */
  at: z.int(),
  count: Count,
})
export type ExportedHandOver = z.infer<typeof ExportedHandOver>

const order = z.strictObject({
  /** Opens the file on the other computer, and nothing else does. */
  password: z.string().min(8).max(64),
  why: z.string().trim().min(1).max(200),
})
/** Where it was written; `null` when the dialog was cancelled. */
const written = outcome(z.string().nullable(), HandOverFault)
const needs = 'hand-over'

/** Everything open, sealed for another computer that goes on under the same numbers. */
export const handOverRequests = {
  'handOver.export': { input: order, output: written, needs },
  /** Every export there was, the newest first. */
  'handOver.list': { input: nothing, output: z.array(ExportedHandOver), needs },
  /** One of them again, for a file that was lost. */
  'handOver.again': { input: z.strictObject({ id: z.int() }), output: written, needs },
  /** `null` when the dialog was cancelled. */
  'handOver.import': { input: order, output: outcome(TakenOver.nullable(), HandOverFault), needs },
} as const satisfies Record<string, RequestKind>
